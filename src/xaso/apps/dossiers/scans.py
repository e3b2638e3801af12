"""Scans that wait in the folder into which the office's scanner writes: listed, read whole, moved away once they are taken."""

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from xaso.apps.dossiers.options import SCAN_FOLDER
from xaso.apps.people import facade as people
from xaso.kernel.errors import Refusal
from xaso.platform.admission import Limits

TAKEN = "taken"
MOST = 24
STILL_WRITTEN_FOR = timedelta(seconds=2)
PICTURES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".tif", ".tiff"})


@dataclass(frozen=True)
class Scan:
    """A file that the scanner left. `token` names this content of it: a file that was written anew is another scan."""

    token: str
    path: Path
    size_bytes: int
    written_at: datetime

    @property
    def name(self) -> str:
        """Return the name as it can be shown; letters that are none are replaced."""
        return os.fsencode(self.path.name).decode("utf-8", "replace")

    @property
    def is_picture(self) -> bool:
        """Tell whether the name is a picture's, of which a small view may be tried."""
        return self.path.suffix.lower() in PICTURES


def folder_of(commune: people.CommuneInfo) -> Path | None:
    """Return the commune's folder: its own sub-folder where there is one, else the whole folder for the only or first commune."""
    base = SCAN_FOLDER.value()
    if (base / commune.slug).is_dir():
        return base / commune.slug
    return base if people.the_commune() == commune else None


def list_waiting(commune: people.CommuneInfo, *, now: datetime) -> list[Scan]:
    """Return what waits, the newest first, at most MOST. A file written a moment ago is left out; a folder out of reach is empty."""
    folder = folder_of(commune)
    if folder is None:
        return []
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        return sorted(_settled(folder, now), key=lambda scan: scan.written_at, reverse=True)[:MOST]
    return []


def find(commune: people.CommuneInfo, token: str, *, now: datetime) -> Scan:
    """Return the scan. Raises Refusal `dossiers.scan_gone` when somebody took it or it was written anew."""
    for scan in list_waiting(commune, now=now):
        if scan.token == token:
            return scan
    raise Refusal("dossiers.scan_gone")


def read(scan: Scan) -> bytes:
    """Return the content, one byte too much of what is too heavy. Raises Refusal `dossiers.scan_unreadable`."""
    try:
        handle = os.open(scan.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(handle, "rb") as file:
            return file.read(Limits().max_bytes + 1)
    except OSError as error:
        raise Refusal("dossiers.scan_unreadable", name=scan.name) from error


def move_away(scan: Scan, *, now: datetime) -> None:
    """Put a taken scan into the sub-folder `taken`. Raises Refusal `dossiers.scan_not_moved` when the folder doesn't allow it."""
    try:
        folder = scan.path.parent / TAKEN
        folder.mkdir(exist_ok=True)
        scan.path.rename(folder / f"{now:%Y%m%d-%H%M%S}-{scan.token}{scan.path.suffix}")
    except OSError as error:
        raise Refusal("dossiers.scan_not_moved", name=scan.name) from error


def _settled(folder: Path, now: datetime) -> Iterator[Scan]:
    for entry in os.scandir(folder):
        if entry.name.startswith("."):
            continue
        with suppress(OSError):
            facts = entry.stat(follow_symlinks=False)
            written_at = datetime.fromtimestamp(facts.st_mtime, tz=UTC)
            fresh = now - STILL_WRITTEN_FOR < written_at <= now
            if stat.S_ISREG(facts.st_mode) and not fresh:
                yield Scan(_token(entry.name, facts), Path(entry.path), facts.st_size, written_at)


def _token(name: str, facts: os.stat_result) -> str:
    return hashlib.sha256(os.fsencode(name) + f"|{facts.st_mtime_ns}|{facts.st_size}".encode()).hexdigest()[:16]
