"""A backup's container: a tar archive as a stream, so that `age -d | tar x` gives a data folder, and nothing of it is whole in memory.

Names are few and plain; a reader takes nothing else, whoever made the archive.
"""

import hashlib
import io
import os
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from xaso.apps.backups.age import Target

MANIFEST, DATABASE, ENDING = "manifest.json", "database", "end.json"
BLOCK_BYTES = 1024 * 1024
SMALL_BYTES = 64 * 1024 * 1024
_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")


class NotABackup(Exception):
    """What was opened is something else than a backup."""


def is_plain(name: str) -> bool:
    """Tell whether a name leads nowhere but below the folder it is put in, and hides nothing."""
    return bool(_NAME.fullmatch(name)) and len(name) <= 200


class ArchiveWriter:
    """Adds members; `digest` covers all so far: names, sizes and contents."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._digest = hashlib.sha256()
        self.members = 0

    @property
    def digest(self) -> bytes:
        """Return the digest of all members so far."""
        return self._digest.digest()

    def add(self, name: str, content: bytes) -> None:
        """Add a small member."""
        self.add_file(name, io.BytesIO(content), len(content))

    def add_file(self, name: str, source: IO[bytes], size_bytes: int) -> str:
        """Add so many bytes of an open file and return their SHA-256; a file that ends early is filled up with zeros."""
        member = tarfile.TarInfo(name)
        member.size, member.mode = size_bytes, 0o600
        self._target.write(member.tobuf(tarfile.PAX_FORMAT))
        self._digest.update(f"{name}\0{size_bytes}\0".encode())
        left, content = size_bytes, hashlib.sha256()
        while left:
            block = source.read(min(BLOCK_BYTES, left)) or bytes(min(BLOCK_BYTES, left))
            self._target.write(block)
            content.update(block)
            left -= len(block)
        self._target.write(bytes(-size_bytes % tarfile.BLOCKSIZE))
        self._digest.update(content.digest())
        self.members += 1
        return content.hexdigest()

    def close(self) -> None:
        """Write the archive's end. The target stays open."""
        self._target.write(bytes(2 * tarfile.BLOCKSIZE))


class Member:
    """One member while it is the turn of its content."""

    def __init__(self, name: str, size_bytes: int, source: IO[bytes]) -> None:
        self.name = name
        self.size_bytes = size_bytes
        self.digest = hashlib.sha256()
        self._source = source

    def blocks(self) -> Iterator[bytes]:
        """Yield the content."""
        while block := self._source.read(BLOCK_BYTES):
            self.digest.update(block)
            yield block

    def content(self) -> bytes:
        """Return a small content. Raises NotABackup for one that is not."""
        if self.size_bytes > SMALL_BYTES:
            raise NotABackup(f"{self.name} is too large")
        return b"".join(self.blocks())

    def save(self, path: Path) -> None:
        """Write the content to a new file that only its owner reads."""
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
            for block in self.blocks():
                target.write(block)


class ArchiveReader:
    """Yields members in their order; `digest` covers all whose content was read, but for the last one that was yielded."""

    def __init__(self, source: Any) -> None:
        self._source = source
        self._digest = hashlib.sha256()
        self.digest_before = b""
        self.members_before = 0

    def __iter__(self) -> Iterator[Member]:
        """Raise NotABackup for a member that no backup has, tarfile.TarError for what is no archive."""
        with tarfile.open(fileobj=self._source, mode="r|") as tar:
            while member := tar.next():
                if not member.isreg() or not is_plain(member.name):
                    raise NotABackup(f"not a member of a backup: {member.name[:60]!r}")
                self.digest_before = self._digest.digest()
                content = tar.extractfile(member)
                assert content is not None
                self._digest.update(f"{member.name}\0{member.size}\0".encode())
                one = Member(member.name, member.size, content)
                yield one
                self._digest.update(one.digest.digest())
                tar.members = []  # type: ignore[attr-defined]  # or it remembers them all
                self.members_before += 1
        while self._source.read(BLOCK_BYTES):
            pass
