"""Plain values in which this room speaks to others."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Recipient:
    """Whom to tell. An empty phone or e-mail address means that there is none; `language` is a code such as `vi`."""

    name: str
    phone: str = ""
    email: str = ""
    language: str = "vi"


@dataclass(frozen=True)
class MessageLine:
    """What an official sees of a message beside the thing it is about. `label` and `tone` show the state."""

    channel: str
    address: str
    body: str
    state: str
    label: Any
    tone: str
    created_at: datetime
    done_at: datetime | None


@dataclass(frozen=True)
class IncomingText:
    """What somebody sent to the commune by SMS."""

    id: UUID
    commune_id: UUID
    phone: str
    body: str
    received_at: datetime
