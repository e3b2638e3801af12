"""Where a program counts what `/metrics` shows. Imports nothing that counts: the library looks for the folder when it is first imported.

It counts in memory where the system keeps files there: the library maps its files, and one that grows on a full disk kills its process.
"""

import os
from pathlib import Path

FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own below it, closed to others


def count_in(data_dir: Path, program: str) -> None:
    """Let this process and those that it forks count in the program's folder, from zero."""
    data_dir.mkdir(parents=True, exist_ok=True)
    folder = _place(data_dir) / program
    folder.mkdir(parents=True, exist_ok=True)
    for file in folder.glob("*.db"):
        file.unlink(missing_ok=True)
    os.environ[FOLDER_VARIABLE] = str(folder)


def folder_of_all() -> Path | None:
    """Return the folder below which all programs count; None where nobody said where to count."""
    folder = os.environ.get(FOLDER_VARIABLE)
    return Path(folder).parent if folder else None


def _place(data_dir: Path) -> Path:
    """Return a place in memory that belongs to this data folder alone; one on its disk where there is none, or it is somebody else's."""
    known = data_dir.stat()
    place = MEMORY / f"xaso-{known.st_dev}-{known.st_ino}"
    try:
        place.mkdir(mode=0o700, exist_ok=True)
        is_ours = place.lstat().st_uid == os.getuid()
    except OSError:
        is_ours = False
    return place if is_ours else data_dir / "metrics"
