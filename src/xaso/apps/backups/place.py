"""The places of backups: their folder with its names, working folders, and what keeps two from being at work at once."""

import fcntl
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from xaso.apps.backups.options import FOLDER
from xaso.kernel.errors import Refusal

ENDING, UNFINISHED = ".tar.age", ".part"
_NAME = re.compile(r"xaso-\d{8}T\d{6}Z\.tar\.age")


def data_dir() -> Path:
    """Return the data folder."""
    return Path(settings.DATA_DIR)


def backups_folder() -> Path:
    """Return the folder of backups; it is not made, because its disk may not be mounted.

    Raises Refusal `backups.no_folder`, `backups.folder_missing`.
    """
    folder = FOLDER.value()
    if folder is None:
        raise Refusal("backups.no_folder")
    if not folder.is_dir():
        raise Refusal("backups.folder_missing", folder=str(folder))
    return folder


def name_for(now: datetime) -> str:
    """Return the name of a backup that is begun now."""
    return f"xaso-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}{ENDING}"


def backups_in(folder: Path) -> list[Path]:
    """Return the whole backups of a folder, oldest first."""
    return sorted(path for path in folder.iterdir() if _NAME.fullmatch(path.name))


def sweep_unfinished(folder: Path) -> None:
    """Remove what a killed backup left; only its own names."""
    for path in folder.glob(f"xaso-*{ENDING}{UNFINISHED}"):
        path.unlink(missing_ok=True)


@contextmanager
def at_work() -> Iterator[None]:
    """Be the only backup, restore or drill of this data folder; freed when the process dies. Raises Refusal `backups.runs_already`."""
    data_dir().mkdir(parents=True, exist_ok=True)
    with (data_dir() / "backup.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refusal("backups.runs_already") from error
        yield


def is_at_work() -> bool:
    """Tell whether one is under way in this data folder."""
    try:
        with at_work():
            return False
    except Refusal:
        return True


@contextmanager
def working_folder(name: str) -> Iterator[Path]:
    """Give a fresh folder in the data folder that only its owner reads, and remove it afterwards; what a killed one left goes first."""
    folder = data_dir() / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
