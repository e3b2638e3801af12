"""Where a program counts what `/metrics` shows. Imports nothing that counts: the library looks for the folder when it is first imported."""

import os
from pathlib import Path

FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"


def count_in(data_dir: Path, program: str) -> None:
    """Let this process and those that it forks count in the program's folder, from zero."""
    folder = data_dir / "metrics" / program
    folder.mkdir(parents=True, exist_ok=True)
    for file in folder.glob("*.db"):
        file.unlink(missing_ok=True)
    os.environ[FOLDER_VARIABLE] = str(folder)


def folder_of_all() -> Path | None:
    """Return the folder below which all programs count; None where nobody said where to count."""
    folder = os.environ.get(FOLDER_VARIABLE)
    return Path(folder).parent if folder else None
