"""Plain values in which this room shows what it holds."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class WebhookLine:
    """A program as a list shows it, with how many deliveries wait or were given up, and when it took one last."""

    id: UUID
    name: str
    url: str
    topics: tuple[str, ...]
    stopped: str
    waiting: int
    given_up: int
    last_delivered_at: datetime | None


@dataclass(frozen=True)
class TokenLine:
    """A program's token as pages show it. Who made or withdrew it is empty for a command on the server, None if unknown."""

    id: UUID
    name: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None
    made_by: str | None
    revoked_by: str | None
