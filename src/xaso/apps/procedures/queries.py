"""The only reader of this room's tables."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from xaso.apps.procedures.models import (
    NATIONAL,
    CatalogueStamp,
    CommuneOverride,
    NationalEdition,
    NationalRecord,
    ProcedureVersion,
    SentEdition,
)

NO_STAMP = UUID(int=0)
EDITIONS_SHOWN = 20
SENT_SHOWN = 5


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


@dataclass(frozen=True)
class LiveNational:
    """An imported version that is not retired."""

    id: UUID
    digest: str


def stamp() -> UUID:
    """Return what changes with every change of the catalogue. One query."""
    found = CatalogueStamp.objects.values_list("value", flat=True).first()
    return found or NO_STAMP


def counting_versions() -> list[CountingVersion]:
    """Return per procedure and first day the version loaded last, without retired ones, the latest first day first. One query.

    A procedure of the catalogue counts as its files say; what was imported of it stands back.
    """
    rows = list(
        ProcedureVersion.objects.order_by("procedure__code", "-valid_from", "-loaded_at", "-id").values_list(
            "id", "procedure__code", "valid_from", "retired_at", "origin"
        )
    )
    curated = {code for _, code, _, retired_at, origin in rows if origin != NATIONAL and retired_at is None}
    last: dict[tuple[str, date], tuple[UUID, bool]] = {}
    for version_id, code, valid_from, retired_at, origin in rows:
        if origin != NATIONAL or code not in curated:
            last.setdefault((code, valid_from), (version_id, retired_at is not None))
    return [CountingVersion(version_id, code) for (code, _), (version_id, is_retired) in last.items() if not is_retired]


def curated_documents() -> dict[str, dict[str, Any]]:
    """Return by code what the catalogue's files say that are not retired, of several the one loaded last. One query."""
    rows = ProcedureVersion.objects.exclude(origin=NATIONAL).filter(retired_at=None).order_by("valid_from", "loaded_at", "id")
    return dict(rows.values_list("procedure__code", "document"))


def live_national() -> dict[str, LiveNational]:
    """Return by code the imported versions that are not retired, of several the one loaded last. One query."""
    rows = ProcedureVersion.objects.filter(origin=NATIONAL, retired_at=None).order_by("loaded_at", "id")
    return {code: LiveNational(version_id, digest) for version_id, code, digest in rows.values_list("id", "procedure__code", "digest")}


def names_of(version_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the legal names of versions. No query for none, else one."""
    return {one.id: one.document["legal_name"] for one in documents(version_ids)}


def editions() -> list[NationalEdition]:
    """Return the editions of the national database that were read, the latest first. One query."""
    return list(NationalEdition.objects.select_related("decided_by").order_by("-imported_at", "-id")[:EDITIONS_SHOWN])


def waiting_edition() -> NationalEdition | None:
    """Return the edition that waits for a decision. One query."""
    return NationalEdition.objects.filter(state="waiting").first()


def sent_editions() -> list[SentEdition]:
    """Return the files that administrators sent last, the latest first. One query."""
    return list(SentEdition.objects.select_related("sent_by").order_by("-sent_at", "-id")[:SENT_SHOWN])


def find_sent_edition(sent_id: UUID) -> SentEdition | None:
    """Return a file that was sent. One query."""
    return SentEdition.objects.filter(pk=sent_id).first()


def find_edition(edition_id: UUID) -> NationalEdition | None:
    """Return an edition. One query."""
    return NationalEdition.objects.filter(pk=edition_id).first()


def records_of(edition: NationalEdition, kind: str) -> QuerySet[NationalRecord]:
    """Return the records of one kind, by code: a change, or `doubtful` for those with something that could not be read."""
    rows = NationalRecord.objects.filter(edition=edition).order_by("code", "line", "id")
    return rows.exclude(doubts=[]) if kind == "doubtful" else rows.filter(change=kind)


def find_record(edition: NationalEdition, record_id: UUID) -> NationalRecord | None:
    """Return a record of the edition. One query."""
    return NationalRecord.objects.filter(edition=edition, pk=record_id).first()


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
