"""A client's own key makes a request safe to repeat: the same key and body give the same subject, another body is refused."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from xaso.platform import rows
from xaso.platform.api import Conflict
from xaso.platform.models import IdempotencyKey


@dataclass(frozen=True)
class Key:
    """The key of a token's request, and the digest of what it asks for."""

    token_id: UUID
    text: str
    body_digest: str

    @classmethod
    def of(cls, token_id: UUID, text: str, body: Any) -> "Key":
        """Return the key of a request whose body is this JSON, however it was written."""
        canonical = json.dumps(body, sort_keys=True, default=str, ensure_ascii=False)
        return cls(token_id, text, hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest())

    def row(self, subject: str, *, now: datetime) -> IdempotencyKey:
        """Return the row by which the key stands for the subject: written in the transaction of what it stands for, before all else."""
        return rows.new(
            IdempotencyKey, token_id=self.token_id, key=self.text, body_digest=self.body_digest, subject=subject, created_at=now
        )


def find_subject(key: Key) -> str | None:
    """Return what the key stands for; None when it is new. Raises Conflict `platform.key_reused` when it was used with another body."""
    known = IdempotencyKey.objects.filter(token_id=key.token_id, key=key.text).values_list("subject", "body_digest").first()
    if known is None:
        return None
    if known[1] != key.body_digest:
        raise Conflict("platform.key_reused")
    subject: str = known[0]
    return subject
