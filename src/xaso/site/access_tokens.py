"""`xaso token`: tokens of other software, made, listed and withdrawn by the operator; each act is in the audit record."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction

from xaso.apps.audit import facade as audit
from xaso.apps.people import facade as people
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN
from xaso.platform import tokens
from xaso.platform.actor import Actor
from xaso.platform.api import NEVER_A_TOKENS, ROLE_SCOPE, scopes_asked_for
from xaso.platform.errors import declare_words
from xaso.platform.models import ApiToken
from xaso.site import api  # noqa: F401  its endpoints say which scopes there are

WHO = "xaso token"

declare_words(
    {
        "tokens.scope_unknown": "Không có quyền này (unknown scope): %(unknown)s. Có (there are): %(known)s",
        "tokens.day_is_past": "Ngày %(day)s đã qua (this day is past)",
        "tokens.not_found": "Không có mã truy cập nào mang số hiệu này; xem xaso token list (no such token)",
    }
)


def known_scopes() -> list[str]:
    """Return every scope that the API asks for, and every role that a token may act with."""
    return [*sorted(scopes_asked_for), *(f"{ROLE_SCOPE}{role}" for role in people.Role if role not in NEVER_A_TOKENS)]


@transaction.atomic
def create(commune_id: UUID, name: str, scopes: Iterable[str], *, last_day: date | None, now: datetime) -> str:
    """Make a token, good to the end of its last day, and return it in clear.

    Raises Refusal `tokens.scope_unknown`, `tokens.day_is_past`.
    """
    wanted = sorted(set(scopes))
    known = known_scopes()
    unknown = [scope for scope in wanted if scope not in known]
    if unknown:
        raise Refusal("tokens.scope_unknown", unknown=", ".join(unknown), known=", ".join(known))
    expires_at = None if last_day is None else datetime.combine(last_day + timedelta(days=1), time(), tzinfo=VN).astimezone(UTC)
    if expires_at is not None and expires_at <= now:
        raise Refusal("tokens.day_is_past", day=f"{last_day:%d/%m/%Y}")
    clear = tokens.create(commune_id, name, wanted, now=now, expires_at=expires_at)
    row = tokens.token_for(clear, now=now)
    _record("tokens.create", row, {"name": name, "scopes": wanted, "last_day": str(last_day or "")}, now=now)
    return clear


@transaction.atomic
def revoke(token_id: UUID, *, now: datetime) -> ApiToken:
    """Withdraw a token for good; withdrawing again changes nothing. Raises Refusal `tokens.not_found`."""
    row = ApiToken.objects.select_for_update().filter(pk=token_id).first()
    if row is None:
        raise Refusal("tokens.not_found")
    if row.revoked_at is None:
        row.revoked_at = now
        row.save(update_fields=["revoked_at"])
        _record("tokens.revoke", row, {"name": row.name}, now=now)
    return row


def listing(*, now: datetime) -> list[str]:
    """Return a line for each token, oldest first: its id, how it stands, its name and what it may do. Never the token itself."""
    rows = ApiToken.objects.order_by("created_at", "id")
    return [f"{row.id}  {_standing(row, now)}  {row.name}  {' '.join(row.scopes)}" for row in rows]


def _standing(row: ApiToken, now: datetime) -> str:
    if row.revoked_at:
        return f"đã thu hồi {row.revoked_at.astimezone(VN):%d/%m/%Y} (revoked)"
    if row.expires_at is None:
        return "còn hiệu lực (valid)"
    last_day = (row.expires_at - timedelta(seconds=1)).astimezone(VN)
    return f"hết hạn {last_day:%d/%m/%Y} (expired)" if row.expires_at <= now else f"đến hết {last_day:%d/%m/%Y} (valid until)"


def _record(verb: str, row: ApiToken, detail: dict[str, object], *, now: datetime) -> None:
    audit.record(Actor.system(row.commune_id, WHO, channel="console"), verb, f"token:{row.id}", detail, now=now)
