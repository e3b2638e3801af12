"""`xaso token`: tokens of other software, made, listed and withdrawn by the operator as an administrator does it on her page."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from xaso.apps.webhooks import facade as webhooks
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN
from xaso.platform.actor import Actor
from xaso.platform.models import ApiToken
from xaso.site import api  # noqa: F401  its endpoints say which scopes there are

WHO = "xaso token"
known_scopes = webhooks.known_scopes


def create(commune_id: UUID, name: str, scopes: Iterable[str], *, last_day: date | None, now: datetime) -> str:
    """Make a token, good to the end of its last day; return it in clear. Raises Refusal `tokens.scope_unknown`, `tokens.day_is_past`."""
    return webhooks.make_token(_operator(commune_id), name, scopes, last_day=last_day, now=now)[1]


def revoke(token_id: UUID, *, now: datetime) -> ApiToken:
    """Withdraw a token for good; withdrawing again changes nothing. Raises Refusal `tokens.not_found`."""
    row = ApiToken.objects.filter(pk=token_id).first()
    if row is None:
        raise Refusal("tokens.not_found")
    return webhooks.withdraw_token(_operator(row.commune_id), token_id, now=now)


def listing(*, now: datetime) -> list[str]:
    """Return a line for each token, oldest first: its id, how it stands, its name and what it may do. Never the token itself."""
    rows = ApiToken.objects.order_by("created_at", "id")
    return [f"{row.id}  {_standing(row, now)}  {_used(row)}  {row.name}  {' '.join(row.scopes)}" for row in rows]


def _standing(row: ApiToken, now: datetime) -> str:
    if row.revoked_at:
        return f"đã thu hồi {row.revoked_at.astimezone(VN):%d/%m/%Y} (revoked)"
    last_day = webhooks.last_day_of(row.expires_at)
    if last_day is None:
        return "còn hiệu lực (valid)"
    is_over = webhooks.token_standing(row.expires_at, None, now) == "expired"
    return f"hết hạn {last_day:%d/%m/%Y} (expired)" if is_over else f"đến hết {last_day:%d/%m/%Y} (valid until)"


def _used(row: ApiToken) -> str:
    return f"dùng {row.last_used_at.astimezone(VN):%d/%m/%Y} (used)" if row.last_used_at else "chưa dùng (never used)"


def _operator(commune_id: UUID) -> Actor:
    return Actor.system(commune_id, WHO, channel="console")
