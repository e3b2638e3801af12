"""Citizens as their electronic identity vouches for them at sign-in."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction

from xaso.apps.audit import facade as audit
from xaso.apps.people.models import Account, Citizen, Village
from xaso.apps.people.queries import match_citizen
from xaso.apps.people.shapes import CitizenFacts
from xaso.kernel.errors import Refusal
from xaso.kernel.text import fold, tidy_name
from xaso.platform.actor import Actor


@transaction.atomic
def recognise_citizen(actor: Actor, account_id: UUID, facts: CitizenFacts, identity_level: int, *, now: datetime) -> UUID:
    """Tie an account that the electronic identity vouches for to its citizen in the commune; what it says replaces what was there.

    A citizen without account is taken over only when number and name both agree; otherwise a new one is made, so that a number
    mistyped at the desk gives nobody another's cases.
    """
    commune_id = _commune(actor)
    row = Citizen.objects.filter(commune_id=commune_id, account_id=account_id).first()
    if row is None:
        known = match_citizen(commune_id, facts.personal_number, facts.full_name)
        row = known if known and known.account_id is None else Citizen(commune_id=commune_id)
        row.account_id = account_id
    changed = _fill(row, facts)
    row.identity_level, row.identified_at = identity_level, now
    row.save()
    account = Account.objects.get(pk=account_id)
    account.full_name, account.phone, account.email = row.full_name, row.phone, row.email
    account.save(update_fields=["full_name", "phone", "email"])
    audit.record(actor, "people.citizen_recognised", f"citizen:{row.id}", {"fields": changed, "level": identity_level}, now=now)
    return row.id


def _fill(row: Citizen, facts: CitizenFacts) -> list[str]:
    """Put known facts into the row; returns the names of the fields that changed."""
    wanted = {name: value for name, value in asdict(facts).items() if value}
    wanted["full_name"] = tidy_name(facts.full_name)
    if not wanted["full_name"]:
        raise Refusal("people.name_needed")
    if facts.village_id and not Village.objects.filter(pk=facts.village_id, commune_id=row.commune_id).exists():
        raise Refusal("people.not_found")
    changed = [name for name, value in wanted.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, wanted[name])
    row.name_folded = fold(row.full_name)
    return changed


def _commune(actor: Actor) -> UUID:
    if actor.commune_id is None:
        raise Refusal("people.not_found")
    return actor.commune_id
