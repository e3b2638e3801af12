"""Builds the actor of a request or a job from an account: what it may do follows from the posts that stand on that day."""

from datetime import date
from uuid import UUID

from django.db.models import Case, CharField, F, Q, Value, When

from xaso.apps.people import models
from xaso.apps.people.queries import in_force
from xaso.platform.actor import Actor


def actor_of(account: models.Account, commune_id: UUID, *, on: date, address: str = "", channel: str = "page") -> Actor:
    """Return who the account is in the commune on the day. One query.

    Officials have a user name, citizens none. An account without post and without citizen is nobody there.
    """
    return _official(account, commune_id, on, address, channel) if account.username else _citizen(account, commune_id, address, channel)


def _official(account: models.Account, commune_id: UUID, on: date, address: str, channel: str) -> Actor:
    stands_in = Q(deputies__account=account, deputies__from_on__lte=on, deputies__until_on__gte=on)
    held = Case(When(account=account, then=Value("own")), default=Value("deputy"), output_field=CharField())
    rows = list(
        models.Post.objects.filter(in_force(on), Q(account=account) | stands_in, commune_id=commune_id)
        .annotate(held=held)
        .order_by(F("held").desc(), "order", "id")
        .values_list("id", "title", "roles", "held")
        .distinct()
    )
    if not rows:
        return Actor(
            kind="anonymous", commune_id=commune_id, name=account.full_name, account_id=account.id, address=address, channel=channel
        )
    own = [row for row in rows if row[3] == "own"]
    own_roles = {role for row in own for role in row[2]}
    deputised = {role: row[1] for row in reversed(rows) if row[3] == "deputy" for role in row[2] if role not in own_roles}
    return Actor(
        kind="staff",
        commune_id=commune_id,
        name=account.full_name,
        account_id=account.id,
        post_id=(own or rows)[0][0],
        post_title=own[0][1] if own else "",
        deputising_for=", ".join(row[1] for row in rows if row[3] == "deputy"),
        roles=frozenset(role for row in rows for role in row[2]),
        address=address,
        channel=channel,
        deputised=tuple(sorted(deputised.items())),
    )


def _citizen(account: models.Account, commune_id: UUID, address: str, channel: str) -> Actor:
    row = models.Citizen.objects.filter(account=account, commune_id=commune_id).values_list("id", "full_name").first()
    return Actor(
        kind="citizen" if row else "anonymous",
        commune_id=commune_id,
        name=row[1] if row else account.full_name,
        account_id=account.id,
        citizen_id=row[0] if row else None,
        address=address,
        channel=channel,
    )
