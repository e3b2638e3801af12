"""Bearer tokens of machines: made once and shown once, kept as a digest, looked up with a short memory in each process."""

import hashlib
import secrets
import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import DatabaseError

from xaso.kernel.errors import Refusal
from xaso.platform.models import ApiToken

log = structlog.get_logger(__name__)

MEMORY_SECONDS = 10.0
USE_NOTED_EVERY = timedelta(hours=1)
_memory: dict[str, tuple[float, ApiToken]] = {}
forget = _memory.clear


def create(commune_id: UUID, name: str, scopes: Iterable[str], *, now: datetime, expires_at: datetime | None = None) -> str:
    """Make a token and return it in clear: this is the only time it can be seen."""
    clear = "xaso_" + secrets.token_urlsafe(32)
    ApiToken.objects.create(
        commune_id=commune_id, name=name, digest=_digest(clear), scopes=sorted(scopes), created_at=now, expires_at=expires_at
    )
    return clear


def token_for(clear: str, *, now: datetime) -> ApiToken:
    """Return the token row. A revoked token may be honoured for up to MEMORY_SECONDS more. Raises Refusal `platform.token_unknown`."""
    digest = _digest(clear)
    row = _remembered(digest)
    if row is None or row.revoked_at or (row.expires_at and row.expires_at <= now):
        raise Refusal("platform.token_unknown")
    return row


def note_use(row: ApiToken, *, now: datetime) -> None:
    """Note when the token was used, once an hour: written for every call it would cost more than most calls do.

    A database that can't be written to just now refuses no call for it.
    """
    if row.last_used_at is not None and now - row.last_used_at < USE_NOTED_EVERY:
        return
    row.last_used_at = now
    try:
        ApiToken.objects.filter(pk=row.pk).update(last_used_at=now)
    except DatabaseError as error:
        log.warning("token_use_not_noted", why=str(error))


def _remembered(digest: str) -> ApiToken | None:
    moment = time.monotonic()
    known = _memory.get(digest)
    if known and moment - known[0] < MEMORY_SECONDS:
        return known[1]
    row = ApiToken.objects.filter(digest=digest).first()
    if row is None:
        return None
    if len(_memory) > 1000:
        _memory.clear()
    _memory[digest] = (moment, row)
    return row


def _digest(clear: str) -> str:
    return hashlib.sha256(clear.encode()).hexdigest()
