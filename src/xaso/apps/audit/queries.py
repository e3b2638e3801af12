"""Questions to the audit record."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from xaso.apps.audit.models import AuditEntry

FIELDS = ("at", "actor_name", "post_title", "verb", "detail", "address", "channel")


@dataclass(frozen=True)
class AuditLine:
    """One act as others see it."""

    at: datetime
    actor_name: str
    post_title: str
    verb: str
    detail: dict[str, Any]
    address: str
    channel: str


def history_of(subject: str) -> list[AuditLine]:
    """Return all acts on a subject, oldest first. One query."""
    return [AuditLine(*row) for row in AuditEntry.objects.filter(subject=subject).order_by("at", "id").values_list(*FIELDS)]


def last_acts(commune_id: UUID, verbs: Collection[str], *, limit: int | None) -> list[AuditLine]:
    """Return the commune's last acts of these kinds, newest first; all of them for None. One query."""
    entries = AuditEntry.objects.filter(commune_id=commune_id, verb__in=verbs).order_by("-at", "-id")
    return [AuditLine(*row) for row in entries.values_list(*FIELDS)[:limit]]
