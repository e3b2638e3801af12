"""Where the bytes of files on their way lie, and how they get there durably."""

import contextlib
import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from xaso.platform.files.store import flush_folder, make_folders

BLOCK_BYTES = 1024 * 1024


def folder() -> Path:
    """Return the folder of all files on their way."""
    return Path(settings.DATA_DIR) / "uploads"


def path_of(upload_id: str) -> Path:
    """Return the place of one."""
    return folder() / upload_id[:2] / upload_id


@contextlib.contextmanager
def locked(upload_id: str) -> Iterator[int]:
    """Open the file, made when it is not there, for one writer at a time on this machine. Raises OSError."""
    path = path_of(upload_id)
    make_folders(path.parent)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield handle
    finally:
        os.close(handle)


def write(handle: int, at: int, piece: bytes) -> None:
    """Put the piece at its place. Raises OSError when the disk takes not all of it."""
    view = memoryview(piece)
    while view:
        count = os.pwrite(handle, view, at)
        at, view = at + count, view[count:]


def flush(upload_id: str, handle: int) -> None:
    """Make what was written survive a loss of power, with the file's name."""
    os.fsync(handle)
    flush_folder(path_of(upload_id).parent)


def sha256_of(handle: int, size_bytes: int) -> str:
    """Return the sum of the first `size_bytes` bytes."""
    digest, at = hashlib.sha256(), 0
    while at < size_bytes and (block := os.pread(handle, min(BLOCK_BYTES, size_bytes - at), at)):
        digest.update(block)
        at += len(block)
    return digest.hexdigest()


def free_bytes() -> int:
    """Return how much room the data folder's disk has."""
    return shutil.disk_usage(settings.DATA_DIR).free
