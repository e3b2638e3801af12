"""Builds the actor of a request or a job from an account: what it may do follows from the posts that stand on that day."""

from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from xaso.apps.people import models
from xaso.apps.people.queries import in_force
from xaso.platform.actor import Actor
from xaso.platform.kept_questions import KeptQuestion


def actor_of(account: models.Account, commune_id: UUID, *, on: date, address: str = "", channel: str = "page") -> Actor:
    """Return who the account is in the commune on the day. One query.

    Officials have a user name, citizens none. An account without post and without citizen is nobody there.
    """
    return _official(account, commune_id, on, address, channel) if account.username else _citizen(account, commune_id, address, channel)


def find_official(account_id: UUID, commune_id: UUID, *, on: date, channel: str) -> Actor | None:
    """Return who an official is in the commune on the day, for work that goes on without her; None once she may not act. Two queries."""
    account = models.Account.objects.filter(pk=account_id, username__isnull=False, is_active=True).first()
    actor = _official(account, commune_id, on, "", channel) if account else None
    return actor if actor is not None and actor.kind == "staff" else None


def _official(account: models.Account, commune_id: UUID, on: date, address: str, channel: str) -> Actor:
    found = (_Standing(*row) for row in _POSTS.ask(account_id=account.id, commune_id=commune_id, on=on))
    posts = {post.id: post for post in found}
    ranked = sorted(posts.values(), key=attrgetter("order", "id"))
    if not ranked:
        return Actor(
            kind="anonymous", commune_id=commune_id, name=account.full_name, account_id=account.id, address=address, channel=channel
        )
    own = [post for post in ranked if post.account_id == account.id]
    for_others = [post for post in ranked if post.account_id != account.id]
    own_roles = {role for post in own for role in post.roles}
    deputised = {role: post.title for post in reversed(for_others) for role in post.roles if role not in own_roles}
    return Actor(
        kind="staff",
        commune_id=commune_id,
        name=account.full_name,
        account_id=account.id,
        post_id=(own or for_others)[0].id,
        post_title=own[0].title if own else "",
        deputising_for=", ".join(post.title for post in for_others),
        roles=frozenset(own_roles | deputised.keys()),
        address=address,
        channel=channel,
        deputised=tuple(sorted(deputised.items())),
    )


class _Standing(NamedTuple):
    """A post that the account holds on the day, by itself or in place of another."""

    id: UUID
    order: int
    title: str
    roles: list[str]
    account_id: UUID | None


def _posts(account_id: UUID, commune_id: UUID, on: date) -> QuerySet[models.Post, tuple[Any, ...]]:
    stands_in = Q(deputies__account_id=account_id, deputies__from_on__lte=on, deputies__until_on__gte=on)
    found = models.Post.objects.filter(in_force(on), Q(account_id=account_id) | stands_in, commune_id=commune_id)
    return found.values_list(*_Standing._fields)


_POSTS = KeptQuestion(_posts, account_id=UUID, commune_id=UUID, on=date)


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
