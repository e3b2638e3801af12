"""Gives programs tokens for the API and withdraws them; each act is in the audit record, the token itself nowhere."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction

from xaso.apps.audit import facade as audit
from xaso.apps.webhooks import access, token_scopes
from xaso.kernel.errors import Refusal
from xaso.kernel.text import tidy_name
from xaso.kernel.worktime import VN
from xaso.platform import tokens
from xaso.platform.actor import Actor
from xaso.platform.models import ApiToken


@transaction.atomic
def make_token(actor: Actor, name: str, scopes: Iterable[str], *, last_day: date | None, now: datetime) -> tuple[UUID, str]:
    """Make a token, good to the end of its last day, and return its id and the token: this is the only time it can be seen.

    Raises Refusal `tokens.scope_unknown`, `.scope_missing`, `.day_is_past`, `.name_missing`, `webhooks.not_found`.
    """
    commune_id = access.commune_of(actor)
    if not (known_as := tidy_name(name)[:120]):
        raise Refusal("tokens.name_missing")
    wanted = _known(scopes)
    expires_at = None if last_day is None else datetime.combine(last_day + timedelta(days=1), time(), tzinfo=VN).astimezone(UTC)
    if expires_at is not None and expires_at <= now:
        raise Refusal("tokens.day_is_past", day=f"{last_day:%d/%m/%Y}")
    clear = tokens.create(commune_id, known_as, wanted, now=now, expires_at=expires_at)
    row = tokens.token_for(clear, now=now)
    _trace(actor, "create", row, now, scopes=wanted, last_day=str(last_day or ""))
    return row.id, clear


@transaction.atomic
def withdraw_token(actor: Actor, token_id: UUID, *, now: datetime) -> ApiToken:
    """Withdraw a token for good; withdrawing again changes nothing. Raises Refusal `tokens.not_found`."""
    row = access.locked_token(actor, token_id)
    if row.revoked_at is None:
        row.revoked_at = now
        row.save(update_fields=["revoked_at"])
        _trace(actor, "revoke", row, now)
    return row


def _known(scopes: Iterable[str]) -> list[str]:
    wanted, known = sorted(set(scopes)), token_scopes.known()
    if not wanted:
        raise Refusal("tokens.scope_missing")
    unknown = [scope for scope in wanted if scope not in known]
    if unknown:
        raise Refusal("tokens.scope_unknown", unknown=", ".join(unknown), known=", ".join(known))
    return wanted


def _trace(actor: Actor, verb: str, row: ApiToken, now: datetime, **detail: object) -> None:
    audit.record(actor, f"tokens.{verb}", f"token:{row.id}", {"name": row.name, **detail}, now=now)
