"""Questions about shared computers: whose sessions rest there, and who has a PIN. Answers are plain values."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from xaso.apps.people.actions.known_browsers import KNOWN_DAYS, digest_of
from xaso.apps.people.models import Account, Computer, DeskPin, KnownBrowser, SignIn, TypedPage
from xaso.apps.people.options import PIN_DAYS
from xaso.apps.people.rules import may_open_by_pin

TOKEN_LETTERS_AT_MOST = 100


@dataclass(frozen=True)
class LockedFor:
    """The official whose session rests since a computer was locked."""

    account_id: UUID
    name: str
    session_key: str


@dataclass(frozen=True)
class Resting:
    """An official's session that rests on a computer; `opens_by_pin` tells whether her PIN opens it."""

    sign_in_id: UUID
    account_id: UUID
    name: str
    session_key: str
    locked_at: datetime | None
    opens_by_pin: bool


def find_computer(token: str) -> UUID | None:
    """Return the computer that carries the token; None for a token that is not ours. One query, none without a token."""
    if not token or len(token) > TOKEN_LETTERS_AT_MOST:
        return None
    return Computer.objects.filter(digest=digest_of(token)).values_list("id", flat=True).first()


def find_known_browser(username: str, tokens: Iterable[str], *, now: datetime) -> int | None:
    """Return the browser that carries one of the tokens, if the official is known in it. One query."""
    known = KnownBrowser.objects.filter(account__username=username, digest__in=[digest_of(token) for token in tokens])
    return known.filter(known_at__gt=now - timedelta(days=KNOWN_DAYS)).values_list("pk", flat=True).first()


def resting_on(computer_id: UUID, now: datetime) -> list[Resting]:
    """Return the sessions that rest on the computer, the one locked last first. One query."""
    rows = SignIn.objects.filter(computer_id=computer_id, locked_at__isnull=False, account__is_active=True)
    found = rows.select_related("account", "account__desk_pin").order_by("-locked_at", "id")
    return [_resting(row, now) for row in found]


def sessions_on(computer_id: UUID, account_id: UUID) -> list[tuple[UUID, str]]:
    """Return id and key of the account's sessions on the computer. One query."""
    return list(SignIn.objects.filter(computer_id=computer_id, account_id=account_id).values_list("id", "session_key"))


def has_pin(account_id: UUID) -> bool:
    """Tell whether the account has a PIN. One query."""
    return DeskPin.objects.filter(account_id=account_id).exists()


def find_locked_for(sign_in_id: UUID) -> LockedFor | None:
    """Return whose session rests under the sign-in; None when it has ended. One query."""
    found = SignIn.objects.filter(pk=sign_in_id, locked_at__isnull=False).values_list("account_id", "account__full_name", "session_key")
    row = found.first()
    return LockedFor(*row) if row else None


def addresses_typed_on(computer_id: UUID, account_id: UUID) -> list[str]:
    """Return the pages on which something of the official's stood typed when the computer was locked. One query."""
    return list(TypedPage.objects.filter(computer_id=computer_id, account_id=account_id).values_list("address", flat=True))


def colleagues_on(computer_ids: Iterable[UUID], but: UUID) -> dict[UUID, list[str]]:
    """Return who else is signed in on each of the computers. One query."""
    names: dict[UUID, list[str]] = defaultdict(list)
    others = Account.objects.exclude(pk=but).filter(sign_ins__computer_id__in=list(computer_ids)).order_by("full_name", "id")
    for computer_id, name in others.values_list("sign_ins__computer_id", "full_name").distinct():
        names[computer_id].append(name)
    return names


def _resting(row: SignIn, now: datetime) -> Resting:
    opens = hasattr(row.account, "desk_pin") and may_open_by_pin(row.began_at, row.pin_misses, days=PIN_DAYS.value(), now=now)
    return Resting(row.id, row.account_id, row.account.full_name, row.session_key, row.locked_at, opens)
