"""Questions about sessions of officials. Answers are plain values."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from xaso.apps.people.actions.sessions import KEPT
from xaso.apps.people.desk_queries import colleagues_on
from xaso.apps.people.models import SignIn


@dataclass(frozen=True)
class SessionLine:
    """One browser in which an official is signed in."""

    id: UUID
    device: str
    address: str
    began_at: datetime
    last_seen_at: datetime
    is_this: bool
    is_locked: bool
    colleagues: tuple[str, ...]


def list_sessions(account_id: UUID, own_id: UUID | None, now: datetime) -> list[SessionLine]:
    """Return the account's sessions, the one in use first, then those seen last, and who shares the computer. Two queries."""
    rows = list(SignIn.objects.filter(account_id=account_id, last_seen_at__gte=now - KEPT).order_by("-last_seen_at", "id"))
    colleagues = colleagues_on([row.computer_id for row in rows if row.computer_id], but=account_id)
    lines = [_line(row, own_id, tuple(colleagues.get(row.computer_id, ()) if row.computer_id else ())) for row in rows]
    return sorted(lines, key=lambda line: not line.is_this)


def _line(row: SignIn, own_id: UUID | None, colleagues: tuple[str, ...]) -> SessionLine:
    is_locked = row.locked_at is not None
    return SessionLine(row.id, row.device, row.address, row.began_at, row.last_seen_at, row.id == own_id, is_locked, colleagues)
