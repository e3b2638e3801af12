"""SQLite: copied by its own online backup, out of one reading transaction.

In WAL mode a reader sees one moment for as long as it reads, and keeps no writer waiting. Without that transaction the copy would begin
anew with each write of another process, and never end while people file.
"""

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db import connection

from xaso.apps.backups.databases.port import CONTENTS, Snapshot, write_contents
from xaso.apps.backups.facts import named_contents, read_facts
from xaso.apps.backups.pace import Breather, need_room
from xaso.kernel.errors import Refusal
from xaso.platform.files.store import flush_folder

PAGES_A_STEP = 256
TRAILS = ("", "-wal", "-shm", "-journal")


class SqliteDatabase:
    """A commune's own file."""

    vendor = "sqlite"

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._path = Path(settings["NAME"])

    def server(self) -> str:
        return sqlite3.sqlite_version

    def size_bytes(self) -> int:
        return sum(path.stat().st_size for path in (self._path, self._path.with_name(f"{self._path.name}-wal")) if path.exists())

    def snapshot(self, folder: Path) -> Snapshot:
        copy = folder / "database"
        need_room(folder, self.size_bytes())
        try:
            self._copy_to(copy)
            with _opened(copy, "mode=ro&immutable=1") as snapshot:
                facts = read_facts(snapshot.execute, self.vendor)
                files, files_bytes = write_contents(folder / CONTENTS, named_contents(snapshot.execute))
        except sqlite3.Error as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
                raise OSError(errno.ENOSPC, str(error)) from error
            raise Refusal("backups.database_failed", problem=str(error)) from error
        return Snapshot(copy, facts, folder / CONTENTS, files, files_bytes)

    def _copy_to(self, copy: Path) -> None:
        copy.touch(mode=0o600)
        breather, handle = Breather(copy.parent), os.open(copy, os.O_RDWR)
        try:
            with _opened(self._path, "mode=rw") as source, _opened(copy, "mode=rw") as target:
                target.execute("PRAGMA synchronous = OFF")
                page_bytes = int(source.execute("PRAGMA page_size").fetchone()[0])
                source.execute("BEGIN")
                source.execute("SELECT count(*) FROM sqlite_master").fetchone()
                source.backup(target, pages=PAGES_A_STEP, progress=lambda *_: breather.wrote(PAGES_A_STEP * page_bytes, handle))
                target.execute("PRAGMA journal_mode = DELETE")
        finally:
            os.close(handle)

    def what_is_there(self) -> str:
        found = [path for path in (self._path.with_name(f"{self._path.name}{trail}") for trail in TRAILS) if path.exists()]
        return str(found[0]) if found else ""

    def require_own(self) -> None:
        pass

    def clear(self) -> None:
        for trail in reversed(TRAILS):
            self._path.with_name(f"{self._path.name}{trail}").unlink(missing_ok=True)

    def restore(self, copy: Path) -> None:
        draft = self._path.with_name(f"{self._path.name}.restoring")
        self._path.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(copy, draft)
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        draft.replace(self._path)
        flush_folder(self._path.parent)

    def fault(self) -> str:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check(1)")
            (said,) = cursor.fetchone()
        return "" if said == "ok" else str(said)


@contextmanager
def _opened(path: Path, how: str) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"file:{quote(str(path))}?{how}", uri=True, isolation_level=None, timeout=20)) as opened:
        yield opened
