"""From a file of the national database to an edition that waits for the administrator. Nothing of it counts yet."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from xaso.apps.audit import facade as audit
from xaso.apps.procedures import queries
from xaso.apps.procedures.actions.stamp import hold_catalogue
from xaso.apps.procedures.catalogue import digest_of
from xaso.apps.procedures.models import NationalEdition, NationalRecord
from xaso.apps.procedures.national.comparing import from_curated, from_edition_before
from xaso.apps.procedures.national.document import document_of
from xaso.apps.procedures.national.files import Edition, Told, Unread, in_silence, read_edition
from xaso.kernel.errors import Refusal
from xaso.platform.actor import Actor

ROWS_AT_ONCE = 100
LONGEST_NAME = 1000

Document = dict[str, Any]


@dataclass(frozen=True)
class Imported:
    """What a run found: how many records are what (see `NationalRecord.change`), and whether it left an edition to decide on."""

    edition_id: UUID | None
    counts: dict[str, int]
    is_new: bool


@dataclass(frozen=True)
class _Read:
    code: str
    name: str
    document: Document
    digest: str


def import_edition(path: Path, *, as_of: date | None, now: datetime, name: str = "", told: Told = in_silence) -> Imported:
    """Read a file whole, hold it against what counts, and keep the outcome for the administrator; the same file again adds nothing.

    All or none: raises what `read_edition` raises, and `procedures.older_edition`, before anything is written. A waiting edition that
    nobody decided on is set aside for the new one. `as_of` is the day from which the edition is said to hold; `name` is what the file is
    called, if not as its path. Two at once are kept one after the other, each whole.
    """
    edition = read_edition(path, told)
    records = []
    for number, record in enumerate(edition.records):
        if number % ROWS_AT_ONCE == 0:
            told("making", number, len(edition.records))
        records.append(_read(record.code, record.name, document_of(record)))
    told("comparing", len(records), len(records))
    digest = _digest(edition, records)
    with transaction.atomic():
        hold_catalogue()
        _refuse_older(as_of)
        rows = list(_rows(records, edition.unread))
        counts = _counts(rows)
        known = NationalEdition.objects.filter(digest=digest, as_of=as_of).exclude(state="set_aside").order_by("-imported_at").first()
        if known is not None and (known.state == "waiting" or not _changes(counts)):
            return Imported(known.id if known.state == "waiting" else None, counts, is_new=False)
        return Imported(_keep(name or path.name, digest, as_of, rows, counts, now), counts, is_new=True)


def _keep(name: str, digest: str, as_of: date | None, rows: list[NationalRecord], counts: dict[str, int], now: datetime) -> UUID:
    NationalEdition.objects.filter(state="waiting").update(state="set_aside", decided_at=now)
    made = NationalEdition.objects.create(digest=digest, file_name=name[:200], as_of=as_of, counts=counts, imported_at=now)
    for row in rows:
        row.edition = made
    NationalRecord.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)
    audit.record(Actor.system(None, "import"), "procedures.edition_imported", f"edition:{made.id}", dict(counts), now=now)
    return made.id


def _read(code: str, name: str, document: Document) -> _Read:
    return _Read(code, name, document, digest_of(document))


def _digest(edition: Edition, records: list[_Read]) -> str:
    """Return what names the edition as this program reads it: a program that reads more makes another edition of the same file."""
    parts = [edition.digest, *sorted(record.digest for record in records)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _refuse_older(as_of: date | None) -> None:
    latest = NationalEdition.objects.filter(state="approved").exclude(as_of=None).order_by("-as_of").first()
    if as_of is not None and latest is not None and latest.as_of is not None and as_of < latest.as_of:
        raise Refusal("procedures.older_edition", day=f"{latest.as_of:%d/%m/%Y}")


def _rows(records: list[_Read], unread: tuple[Unread, ...]) -> Iterator[NationalRecord]:
    curated, live = queries.curated_documents(), queries.live_national()
    before = _before(records, live)
    for record in records:
        change, differences = _change(record, curated.get(record.code), live.get(record.code), before.get(record.code))
        yield NationalRecord(
            code=record.code,
            name=record.name[:LONGEST_NAME],
            change=change,
            digest=record.digest,
            document=None if change == "same" else record.document,
            doubts=record.document["national"]["doubts"],
            differences=differences,
        )
    for line in unread:
        yield NationalRecord(line=line.line, code=line.code, name=line.why, change="unread", document={"printed": line.printed})
    present = {record.code for record in records} | {line.code for line in unread}
    names = queries.names_of([one.id for code, one in live.items() if code not in present])
    for code in sorted(set(live) - present):
        yield NationalRecord(code=code, name=names[live[code].id][:LONGEST_NAME], change="withdrawn")


def _before(records: list[_Read], live: dict[str, queries.LiveNational]) -> dict[str, Document]:
    """Return by code what counted so far of the records that say something else now."""
    changed = {live[one.code].id: one.code for one in records if one.code in live and live[one.code].digest != one.digest}
    return {changed[stored.id]: stored.document for stored in queries.documents(changed)}


def _change(
    record: _Read, curated: Document | None, live: queries.LiveNational | None, before: Document | None
) -> tuple[str, list[dict[str, str]]]:
    if curated is not None:
        return "curated", from_curated(curated, record.document)
    if live is None:
        return "new", []
    if before is None:
        return "same", []
    return "changed", from_edition_before(before, record.document)


def _counts(rows: list[NationalRecord]) -> dict[str, int]:
    by_change = Counter(row.change for row in rows)
    differing = sum(row.change == "curated" and bool(row.differences) for row in rows)
    return {
        **{change: by_change[change] for change in NationalRecord.CHANGES},
        "doubtful": sum(bool(row.doubts) for row in rows),
        "curated_differing": differing,
    }


def _changes(counts: dict[str, int]) -> bool:
    """Tell whether an approval would change anything."""
    return any(counts[change] for change in ("new", "changed", "withdrawn"))
