"""What each process remembers of the catalogue, so that a page about a procedure costs no query.

A version never changes, so it is read once per process and kept by its id. Which versions count and what communes set for themselves is
a snapshot, replaced whole when the catalogue's stamp (one row) has changed; a process looks at the stamp at most once in MEMORY_SECONDS,
and at once after a change of its own. Pieces of pages that depend on nothing but the snapshot are kept with it.
"""

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from xaso.apps.procedures import queries
from xaso.apps.procedures.models import CommuneOverride
from xaso.apps.procedures.reading import read_version
from xaso.apps.procedures.shapes import ProcedureVersion

MEMORY_SECONDS = 2.0
PIECES_AT_MOST = 5000
VERSIONS_AT_MOST = 2000

T = TypeVar("T")


@dataclass
class Snapshot:
    """The catalogue as of one stamp. `by_code` holds, per procedure, the versions that count, the latest `valid_from` first."""

    stamp: UUID
    by_code: dict[str, tuple[ProcedureVersion, ...]]
    overrides: dict[tuple[UUID, str], tuple[CommuneOverride, ...]]
    pieces: dict[Hashable, Any] = field(default_factory=dict)

    def valid_on(self, day: date) -> list[ProcedureVersion]:
        """Return for each procedure the version under which new dossiers are filed that day."""
        return [found for code in self.by_code if (found := self.current(code, day))]

    def current(self, code: str, day: date) -> ProcedureVersion | None:
        """Return the version of a procedure for the day; None when it is unknown or not in force."""
        return next((version for version in self.by_code.get(code, ()) if version.is_valid_on(day)), None)

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what was made for the key under this stamp, making it the first time."""
        if key not in self.pieces:
            if len(self.pieces) >= PIECES_AT_MOST:
                self.pieces.clear()
            self.pieces[key] = make()
        made: T = self.pieces[key]
        return made


class Memory:
    """One process's memory. Snapshots are replaced whole, so threads may read one at any moment."""

    def __init__(self) -> None:
        self._versions: dict[UUID, ProcedureVersion] = {}
        self._snapshot: Snapshot | None = None
        self._good_until = 0.0

    def snapshot(self) -> Snapshot:
        """Return the catalogue; no query within MEMORY_SECONDS, one while the stamp stays, a few when it has changed."""
        moment = time.monotonic()
        known = self._snapshot
        if known is not None and moment < self._good_until:
            return known
        stamp = queries.stamp()
        if known is None or known.stamp != stamp:
            known = self._read(stamp)
            self._snapshot = known
        self._good_until = moment + MEMORY_SECONDS
        return known

    def version(self, version_id: UUID) -> ProcedureVersion | None:
        """Return any version, old ones too; one query the first time in this process."""
        known = self._versions
        if version_id not in known:
            known.update(_read_all([version_id]))
        return known.get(version_id)

    def forget(self) -> None:
        """Look at the stamp again at the next question. Other processes notice a change within MEMORY_SECONDS."""
        self._good_until = 0.0

    def _read(self, stamp: UUID) -> Snapshot:
        rows = queries.counting_versions()
        known = self._versions
        if len(known) > VERSIONS_AT_MOST:
            known = {row.id: known[row.id] for row in rows if row.id in known}
        known.update(_read_all([row.id for row in rows if row.id not in known]))
        self._versions = known
        by_code: dict[str, tuple[ProcedureVersion, ...]] = {}
        for row in rows:
            by_code[row.code] = (*by_code.get(row.code, ()), known[row.id])
        return Snapshot(stamp, by_code, queries.overrides())


def _read_all(version_ids: list[UUID]) -> dict[UUID, ProcedureVersion]:
    return {one.id: read_version(one.id, one.digest, one.document) for one in queries.documents(version_ids)}


_memory = Memory()
snapshot = _memory.snapshot
version = _memory.version
forget = _memory.forget
