"""From files to versions in force."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from xaso.apps.audit import facade as audit
from xaso.apps.procedures import memory
from xaso.apps.procedures.actions.stamp import mark_change
from xaso.apps.procedures.actions.withdrawal import tell_withdrawn
from xaso.apps.procedures.catalogue import CatalogueFile, read_catalogue
from xaso.apps.procedures.models import NATIONAL, Procedure, ProcedureVersion
from xaso.platform.actor import Actor


@dataclass(frozen=True)
class Loaded:
    """What a run changed, by procedure code, and how many files said what was known."""

    new: tuple[str, ...]
    unchanged: int
    retired: tuple[str, ...]


def load_catalogue(directory: Path, *, now: datetime) -> Loaded:
    """Make a version of every file below the directory that says something new; the same files again change nothing.

    All or none: raises CatalogueError, with every fault of every file, before anything is written. A version whose file is gone from the
    same directory is retired: dossiers keep it, nobody files under it. Versions that came from elsewhere stay.
    """
    origin = str(Path(directory).resolve())
    files = read_catalogue(Path(directory), Path(settings.CATALOGUE_DIR))
    with transaction.atomic():
        known = _known([file.document["code"] for file in files], now)
        new = tuple(file.document["code"] for file in files if _keep(file, known, origin, now))
        retired = _retire(files, origin, now)
        if new or retired:
            mark_change()
            changes = {"new": list(new), "retired": list(retired)}
            audit.record(Actor.system(None, "catalogue"), "procedures.catalogue_loaded", "catalogue", changes, now=now)
    memory.forget()
    return Loaded(new, len(files) - len(new), retired)


@dataclass(frozen=True)
class _Known:
    """The procedures of the files, locked, and of each day's versions the one that counts."""

    procedures: dict[str, Procedure]
    versions: dict[tuple[UUID, date], ProcedureVersion]


def _known(codes: list[str], now: datetime) -> _Known:
    Procedure.objects.bulk_create([Procedure(code=code, created_at=now) for code in codes], ignore_conflicts=True)
    procedures = Procedure.objects.select_for_update().filter(code__in=codes).order_by("code")
    by_code = {procedure.code: procedure for procedure in procedures}
    counting = ProcedureVersion.objects.filter(procedure__in=by_code.values()).exclude(origin=NATIONAL).defer("document")
    return _Known(by_code, {(row.procedure_id, row.valid_from): row for row in counting.order_by("loaded_at", "id")})


def _keep(file: CatalogueFile, known: _Known, origin: str, now: datetime) -> bool:
    """Store the file's document unless it is what counts already; tells whether that changed what counts."""
    document = file.document
    procedure = known.procedures[document["code"]]
    last = known.versions.get((procedure.id, date.fromisoformat(document["valid_from"])))
    if last is not None and last.digest == file.digest:
        was_retired = last.retired_at is not None
        if was_retired or last.origin != origin:
            last.origin, last.retired_at = origin, None
            last.save(update_fields=["origin", "retired_at"])
        return was_retired
    ProcedureVersion.objects.create(
        procedure=procedure,
        digest=file.digest,
        document=document,
        valid_from=document["valid_from"],
        valid_until=document.get("valid_until"),
        loaded_at=now,
        origin=origin,
    )
    return True


def _retire(files: list[CatalogueFile], origin: str, now: datetime) -> tuple[str, ...]:
    """Retire what came from the same directory and is no longer there; returns the codes."""
    present = {(file.document["code"], file.document["valid_from"]) for file in files}
    rows = ProcedureVersion.objects.filter(origin=origin, retired_at=None).select_related("procedure").defer("document")
    gone = [row for row in rows if (row.procedure.code, row.valid_from.isoformat()) not in present]
    ProcedureVersion.objects.filter(pk__in=[row.pk for row in gone]).update(retired_at=now)
    tell_withdrawn((row.procedure.code for row in gone), now=now)
    return tuple(sorted({row.procedure.code for row in gone}))
