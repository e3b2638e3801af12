"""Passkeys of an official: added, used, removed."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from xaso.apps.audit import facade as audit
from xaso.apps.people.limits import within
from xaso.apps.people.models import Account, Passkey
from xaso.apps.people.rules import needs_second_factor
from xaso.apps.people.second_factor_queries import usable_keys
from xaso.kernel.errors import Refusal
from xaso.kernel.text import tidy_name
from xaso.platform.actor import Actor

MOST_PASSKEYS = 10
LABEL_LETTERS_AT_MOST = 60


@transaction.atomic
def add_passkey(actor: Actor, site: str, credential: bytes, uses: int, label: str, *, now: datetime) -> UUID:
    """Keep a passkey of the actor's. Raises Refusal `people.name_needed`, `people.too_many_passkeys`, `people.text_too_long`."""
    assert actor.account_id is not None
    Account.objects.select_for_update().get(pk=actor.account_id)
    named = within(tidy_name(label), LABEL_LETTERS_AT_MOST)
    if not named:
        raise Refusal("people.name_needed")
    if Passkey.objects.filter(account_id=actor.account_id).count() >= MOST_PASSKEYS:
        raise Refusal("people.too_many_passkeys", limit=MOST_PASSKEYS)
    facts = {"label": named, "site": site, "credential": credential, "uses_counted": uses, "added_at": now}
    passkey = Passkey.objects.create(account_id=actor.account_id, **facts)
    audit.record(actor, "people.passkey_added", f"account:{actor.account_id}", {"name": named}, now=now)
    return passkey.id


@transaction.atomic
def remove_passkey(actor: Actor, passkey_id: UUID, *, now: datetime) -> None:
    """Remove one of the actor's passkeys; the last factor of who needs one stays.

    Raises Refusal `people.last_factor` or `people.not_found`.
    """
    assert actor.account_id is not None
    Account.objects.select_for_update().get(pk=actor.account_id)
    own = Passkey.objects.filter(account_id=actor.account_id)
    passkey = own.filter(pk=passkey_id).first()
    if passkey is None:
        raise Refusal("people.not_found")
    has_other = own.exclude(pk=passkey_id).exists() or usable_keys().filter(account_id=actor.account_id).exists()
    if not has_other and needs_second_factor(actor.roles):
        raise Refusal("people.last_factor")
    passkey.delete()
    audit.record(actor, "people.passkey_removed", f"account:{actor.account_id}", {"name": passkey.label}, now=now)


@transaction.atomic
def use_passkey(account_id: UUID, credential: bytes, uses: int, *, now: datetime) -> bool:
    """Note the use; false for a key whose counter went back, which a copy of it would do. Source: WebAuthn level 2, 7.2, step 21."""
    own = Passkey.objects.select_for_update().filter(account_id=account_id)
    passkey = next((one for one in own if bytes(one.credential) == credential), None)
    if passkey is None or (max(uses, passkey.uses_counted) > 0 and uses <= passkey.uses_counted):
        return False
    passkey.uses_counted, passkey.last_used_at = uses, now
    passkey.save(update_fields=["uses_counted", "last_used_at"])
    return True
