"""What a line of a list shows of a dossier, read as plain values: to make whole dossiers of the rows would cost more than all else."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from xaso.apps.dossiers.models import Dossier


class Listed(NamedTuple):
    """A dossier as a list knows it; nothing of it is sealed."""

    id: UUID
    commune_id: UUID
    code: str
    procedure_code: str
    procedure_name: str
    version_id: UUID
    channel: str
    applicant_name: str
    village_name: str | None
    assignee_id: UUID | None
    assignee_name: str | None
    state: str
    delivery_state: str
    submitted_at: datetime
    accepted_at: datetime | None
    due_at: datetime | None
    first_due_at: datetime | None
    paused_at: datetime | None
    solved_at: datetime | None


_ELSEWHERE = {"village_name": "village__name", "assignee_name": "assignee__full_name"}
_COLUMNS = tuple(_ELSEWHERE.get(name, name) for name in Listed._fields)


def columns_of(rows: QuerySet[Dossier]) -> QuerySet[Dossier, tuple[Any, ...]]:
    """Return the rows, not yet read, with the columns of a list alone."""
    return rows.select_related(None).defer(None).values_list(*_COLUMNS)


def listed(rows: Iterable[tuple[Any, ...]]) -> list[Listed]:
    """Return the rows that were read."""
    return [Listed._make(row) for row in rows]
