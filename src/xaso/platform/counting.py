"""Where a program counts what `/metrics` shows. Imports nothing that counts: the library looks for the folder when it is first imported.

It counts in memory where the system keeps files there: the library maps its files, and one that grows on a full disk kills its process.
"""

import os
from pathlib import Path

FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own below it, closed to others


def count_in(data_dir: Path, program: str) -> None:
    """Let this process and those that it forks count in the program's folder, from zero."""
    place = _in_memory(data_dir) or data_dir / "metrics"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    if place.stat().st_uid != os.getuid():
        raise PermissionError(f"{place} belongs to somebody else")
    folder = place / program
    folder.mkdir(exist_ok=True)
    for file in folder.glob("*.db"):
        file.unlink(missing_ok=True)
    os.environ[FOLDER_VARIABLE] = str(folder)


def folder_of_all() -> Path | None:
    """Return the folder below which all programs count; None where nobody said where to count."""
    folder = os.environ.get(FOLDER_VARIABLE)
    return Path(folder).parent if folder else None


def _in_memory(data_dir: Path) -> Path | None:
    """Return a place in memory that belongs to this data folder alone."""
    known = data_dir.stat()
    return MEMORY / f"xaso-{known.st_dev}-{known.st_ino}" if os.access(MEMORY, os.W_OK) else None
