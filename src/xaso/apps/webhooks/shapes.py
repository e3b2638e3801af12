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
