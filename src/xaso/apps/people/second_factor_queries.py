"""Questions about second factors and about requests to start anew. Answers are plain values."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from xaso.apps.people import totp
from xaso.apps.people.models import DeskPin, Passkey, RecoveryCode, RecoveryRequest, TotpKey
from xaso.apps.people.rules import RECOVERY_STAYS_OPEN
from xaso.platform.sealing import Unreadable, unseal

PURPOSE = "second factor"


@dataclass(frozen=True)
class Protection:
    """What an official signs in with beside the password."""

    totp_since: datetime | None
    recovery_codes_left: int
    passkeys: int
    has_pin: bool


@dataclass(frozen=True)
class PasskeyLine:
    """A passkey as its owner knows it."""

    id: UUID
    label: str
    site: str
    added_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True)
class RecoveryLine:
    """A request that waits to be confirmed."""

    id: UUID
    account_id: UUID
    name: str
    reason: str
    asked_by_id: UUID
    asked_by: str
    asked_at: datetime


def usable_keys() -> "QuerySet[TotpKey]":
    """Return the keys that count: those of the demo, whose codes everybody is shown, only in the demo."""
    return TotpKey.objects.all() if settings.XASO_MODE == "demo" else TotpKey.objects.filter(is_shown=False)


def has_second_factor(account_id: UUID) -> bool:
    """Tell whether the account has something to be asked for in the second step. At most two queries."""
    return usable_keys().filter(account_id=account_id).exists() or Passkey.objects.filter(account_id=account_id).exists()


def protection_of(account_id: UUID) -> Protection:
    """Return what the account is protected by. Four queries."""
    since = usable_keys().filter(account_id=account_id).values_list("confirmed_at", flat=True).first()
    codes = RecoveryCode.objects.filter(account_id=account_id, used_at=None).count()
    passkeys, has_pin = Passkey.objects.filter(account_id=account_id).count(), DeskPin.objects.filter(account_id=account_id).exists()
    return Protection(since, codes, passkeys, has_pin)


def list_passkeys(account_id: UUID) -> list[PasskeyLine]:
    """Return the account's passkeys, the oldest first. One query."""
    rows = Passkey.objects.filter(account_id=account_id).order_by("added_at", "id")
    return [PasskeyLine(row.id, row.label, row.site, row.added_at, row.last_used_at) for row in rows]


def credentials_at(account_id: UUID, site: str) -> list[bytes]:
    """Return the public halves of the account's passkeys that work at the host name. One query."""
    return [bytes(one) for one in Passkey.objects.filter(account_id=account_id, site=site).values_list("credential", flat=True)]


def shown_code(account_id: UUID, now: datetime) -> str:
    """Return the code that the demo shows at sign-in; empty outside the demo, and for a key that is hers or another secret's."""
    if settings.XASO_MODE != "demo":
        return ""
    key = TotpKey.objects.filter(account_id=account_id, is_shown=True).first()
    if key is None:
        return ""
    try:
        return totp.code_of(unseal(key.sealed_secret, PURPOSE), totp.step_of(now))
    except Unreadable:
        return ""


def open_recoveries(commune_id: UUID, now: datetime) -> list[RecoveryLine]:
    """Return the requests that may still be confirmed, the oldest first. One query."""
    rows = RecoveryRequest.objects.filter(commune_id=commune_id, state="asked", asked_at__gt=now - RECOVERY_STAYS_OPEN)
    return [
        RecoveryLine(row.id, row.account_id, row.account.full_name, row.reason, row.asked_by_id, row.asked_by.full_name, row.asked_at)
        for row in rows.select_related("account", "asked_by").order_by("asked_at", "id")
    ]
