"""The only reader of this room's tables."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from xaso.apps.procedures.models import CatalogueStamp, CommuneOverride, ProcedureVersion

NO_STAMP = UUID(int=0)


@dataclass(frozen=True)
class StoredDocument:
    """A version as it lies in the database."""

    id: UUID
    digest: str
    document: dict[str, Any]


@dataclass(frozen=True)
class CountingVersion:
    """A version that counts for new dossiers from its first day on, by the code of its procedure."""

    id: UUID
    code: str


def stamp() -> UUID:
    """Return what changes with every change of the catalogue. One query."""
    found = CatalogueStamp.objects.values_list("value", flat=True).first()
    return found or NO_STAMP


def counting_versions() -> list[CountingVersion]:
    """Return per procedure and first day the version loaded last, without retired ones, the latest first day first. One query."""
    rows = ProcedureVersion.objects.order_by("procedure__code", "-valid_from", "-loaded_at", "-id").values_list(
        "id", "procedure__code", "valid_from", "retired_at"
    )
    last: dict[tuple[str, date], tuple[UUID, bool]] = {}
    for version_id, code, valid_from, retired_at in rows:
        last.setdefault((code, valid_from), (version_id, retired_at is not None))
    return [CountingVersion(version_id, code) for (code, _), (version_id, is_retired) in last.items() if not is_retired]


def documents(version_ids: Iterable[UUID]) -> list[StoredDocument]:
    """Return stored versions; no query for none, else one."""
    wanted = list(version_ids)
    if not wanted:
        return []
    rows = ProcedureVersion.objects.filter(pk__in=wanted).values_list("id", "digest", "document")
    return [StoredDocument(*row) for row in rows]


def overrides() -> dict[tuple[UUID, str], tuple[CommuneOverride, ...]]:
    """Return what communes set for themselves, by commune and procedure, the latest first. One query."""
    found: dict[tuple[UUID, str], tuple[CommuneOverride, ...]] = {}
    for row in CommuneOverride.objects.select_related("procedure").order_by("-valid_from", "-set_at", "-id"):
        key = (row.commune_id, row.procedure.code)
        found[key] = (*found.get(key, ()), row)
    return found
