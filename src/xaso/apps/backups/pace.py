"""Writes large files so that others at work on the same disk hardly feel it, and stops before the disk is full."""

import errno
import os
import shutil
import time
from pathlib import Path
from typing import IO

from xaso.apps.backups.options import SPARE_MB
from xaso.kernel.errors import Refusal

FLUSH_BYTES = 16 * 1024 * 1024
BREATH_SECONDS = 0.02
MB = 1024 * 1024


def need_room(folder: Path, size_bytes: int) -> None:
    """Raise Refusal `backups.disk_full` when so much does not fit into the folder with what must stay free."""
    free, needed = shutil.disk_usage(folder).free, size_bytes + SPARE_MB.value() * MB
    if free < needed:
        raise Refusal("backups.disk_full", folder=str(folder), free=free // MB, needed=needed // MB)


def refusal_of(error: OSError, folder: Path) -> Refusal:
    """Return what to say when a disk took something not."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        free = shutil.disk_usage(folder).free // MB
        return Refusal("backups.disk_full", folder=str(folder), free=free, needed=free + SPARE_MB.value())
    return Refusal("backups.not_written", problem=type(error).__name__ if error.errno is None else errno.errorcode[error.errno])


class Breather:
    """Counts what was written to a folder; now and then it flushes, looks for room and lets others work.

    Unflushed pages of a large file would make the next small commit of somebody else wait for all of them.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._since = 0

    def wrote(self, size_bytes: int, handle: int) -> None:
        """Take note. Raises Refusal `backups.disk_full`, OSError."""
        self._since += size_bytes
        if self._since < FLUSH_BYTES:
            return
        self._since = 0
        os.fdatasync(handle)
        need_room(self._folder, 0)
        time.sleep(BREATH_SECONDS)


class PacedFile:
    """A file for writing that breathes."""

    def __init__(self, file: IO[bytes], folder: Path) -> None:
        self._file = file
        self._breather = Breather(folder)

    def write(self, content: bytes, /) -> int:
        """Write all of it."""
        self._file.write(content)
        self._breather.wrote(len(content), self._file.fileno())
        return len(content)
