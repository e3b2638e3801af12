"""The second factor of an official: a secret shared with an app, codes on paper, and starting anew when all is lost."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.crypto import salted_hmac

from xaso.apps.audit import facade as audit
from xaso.apps.people import totp
from xaso.apps.people.models import Account, DeskPin, Passkey, RecoveryCode, TotpKey
from xaso.apps.people.second_factor_queries import PURPOSE, usable_keys
from xaso.kernel.errors import Refusal
from xaso.platform.actor import Actor
from xaso.platform.sealing import Unreadable, seal, unseal

CODES = 10
CODE_LETTERS = 8
LETTERS = "abcdefghkmnpqrstuvwxyz23456789"


@transaction.atomic
def set_totp_key(actor: Actor, secret: str, code: str, *, now: datetime) -> list[str]:
    """Take the secret for the actor's account once a code proves that the phone holds it; returns new recovery codes, shown this once.

    A key and codes from before end. Raises Refusal `people.second_code_wrong`.
    """
    assert actor.account_id is not None
    Account.objects.select_for_update().get(pk=actor.account_id)
    step = totp.step_with(secret, "".join(filter(str.isdecimal, code)), now)
    if step is None:
        raise Refusal("people.second_code_wrong")
    facts = {"sealed_secret": seal(secret, PURPOSE), "confirmed_at": now, "last_step": step, "is_shown": False}
    TotpKey.objects.update_or_create(account_id=actor.account_id, defaults=facts)
    audit.record(actor, "people.second_factor_set", _subject(actor.account_id), {"kind": "totp"}, now=now)
    return _new_codes(actor.account_id)


@transaction.atomic
def make_recovery_codes(actor: Actor, *, now: datetime) -> list[str]:
    """Return new recovery codes for the actor's account, shown this once; those from before end."""
    assert actor.account_id is not None
    Account.objects.select_for_update().get(pk=actor.account_id)
    audit.record(actor, "people.recovery_codes_made", _subject(actor.account_id), now=now)
    return _new_codes(actor.account_id)


@transaction.atomic
def use_totp_code(account_id: UUID, code: str, *, now: datetime) -> bool:
    """Tell whether the code is the app's, and use it up: neither it nor an older one counts again."""
    key = usable_keys().select_for_update().filter(account_id=account_id).first()
    if key is None:
        return False
    try:
        step = totp.step_with(unseal(key.sealed_secret, PURPOSE), code, now)
    except Unreadable:
        return False
    if step is None or (step <= key.last_step and not key.is_shown):
        return False
    key.last_step = step
    key.save(update_fields=["last_step"])
    return True


@transaction.atomic
def use_recovery_code(actor: Actor, plain: str, *, now: datetime) -> bool:
    """Tell whether the letters are a recovery code of the actor's account that was not used yet, and use it up."""
    assert actor.account_id is not None
    found = RecoveryCode.objects.filter(account_id=actor.account_id, digest=_digest(plain), used_at=None)
    if found.update(used_at=now) != 1:
        return False
    audit.record(actor, "people.recovery_code_used", f"account:{actor.account_id}", now=now)
    return True


def forget_second_factor(account_ids: Iterable[UUID]) -> None:
    """Delete all that the accounts sign in with beside the password, PINs too, in the caller's transaction."""
    wanted = list(account_ids)
    TotpKey.objects.filter(account__in=wanted).delete()
    Passkey.objects.filter(account__in=wanted).delete()
    RecoveryCode.objects.filter(account__in=wanted).delete()
    DeskPin.objects.filter(account__in=wanted).delete()


def _new_codes(account_id: UUID) -> list[str]:
    RecoveryCode.objects.filter(account_id=account_id).delete()
    plain = ["".join(secrets.choice(LETTERS) for _ in range(CODE_LETTERS)) for _ in range(CODES)]
    RecoveryCode.objects.bulk_create(RecoveryCode(account_id=account_id, digest=_digest(one)) for one in plain)
    return [f"{one[:4]}-{one[4:]}" for one in plain]


def _digest(plain: str) -> str:
    return salted_hmac("xaso recovery codes", plain, algorithm="sha256").hexdigest()


def _subject(account_id: UUID) -> str:
    return f"account:{account_id}"
