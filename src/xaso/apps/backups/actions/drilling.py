"""A drill: the newest backup is restored elsewhere by the very command of an emergency, proven, and removed again."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from xaso.apps.backups import place
from xaso.apps.backups.pace import need_room
from xaso.kernel.errors import Refusal
from xaso.platform.registries import saved_folders

WORK = ".drill-work"


@dataclass(frozen=True)
class Drilled:
    """A drill that proved everything, with the lines that the restore printed."""

    path: Path
    row_count: int
    file_count: int
    lines: tuple[str, ...]


def drill_backup(path: Path, key_file: Path) -> Drilled:
    """Restore the backup into a folder and a database that are made for it, prove it there, and remove both.

    Raises Refusal `backups.drill_failed` with what the restore said, `backups.may_not_create_database`. The caller is `place.at_work`.
    """
    if not path.is_file():
        raise Refusal("backups.file_missing", file=str(path))
    with place.working_folder(WORK) as work, _drill_database() as database_url:
        need_room(work, path.stat().st_size)
        report = work / "report.json"
        done = _restore(path.resolve(), key_file.resolve(), work / "data", database_url, report)
        if done.returncode or not report.exists():
            said = [line for line in (*done.stdout.splitlines(), *done.stderr.splitlines()) if line.strip()]
            raise Refusal("backups.drill_failed", problem=said[-1][:300] if said else f"code {done.returncode}")
        figures = json.loads(report.read_text(encoding="utf-8"))
        return Drilled(path, figures["rows"], figures["files"], tuple(done.stdout.splitlines()))


def _restore(path: Path, key_file: Path, data: Path, database_url: str, report: Path) -> "subprocess.CompletedProcess[str]":
    """Run the restore in a process of its own, whose every setting of a place is that of the drill."""
    data.mkdir(mode=0o700)
    own_secret = place.data_dir() / "secret-key"
    if own_secret.exists():
        shutil.copy(own_secret, data / own_secret.name)
    moved = {folder.option for folder in saved_folders}
    environment = {name: value for name, value in os.environ.items() if name not in moved}
    environment |= {"XASO_DATA": str(data), "DATABASE_URL": database_url}
    command = [sys.executable, "-m", "xaso.apps.backups", "restore", str(path), str(key_file), str(report)]
    return subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)


@contextmanager
def _drill_database() -> Iterator[str]:
    """Yield the address of an empty database for the drill; empty for SQLite, whose file lies in the data folder."""
    if connection.vendor == "sqlite":
        yield ""
        return
    from xaso.apps.backups.databases.for_drill import empty_database

    with empty_database() as address:
        yield address
