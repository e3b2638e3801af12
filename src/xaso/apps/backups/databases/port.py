"""What both kinds of database can do for backups."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from xaso.apps.backups.facts import Facts

CONTENTS = "contents.txt"


@dataclass(frozen=True)
class Snapshot:
    """A copy of the database as it was at one moment: the file, what it holds, and which kept files it names (a file of lines)."""

    path: Path
    facts: Facts
    contents: Path
    files: int
    files_bytes: int


class Database(Protocol):
    """A database of one kind."""

    vendor: str

    def server(self) -> str:
        """Return which version runs it."""

    def size_bytes(self) -> int:
        """Return about how large a copy is."""

    def snapshot(self, folder: Path) -> Snapshot:
        """Copy it into the folder while others write. Raises Refusal, OSError."""

    def what_is_there(self) -> str:
        """Return what a restore would write over; empty when nothing."""

    def require_own(self) -> None:
        """Raise Refusal `backups.not_owner` when this account could not take away what is there."""

    def clear(self) -> None:
        """Take away all that is there. Nobody else has it open. Raises Refusal, OSError."""

    def restore(self, copy: Path) -> None:
        """Put the copy into the empty database: all of it or nothing. The copy is used up. Raises Refusal, OSError."""

    def fault(self) -> str:
        """Return what the database itself finds wrong with its content; empty when nothing."""


def write_contents(path: Path, contents: Iterable[tuple[str, int]]) -> tuple[int, int]:
    """Write digest and size of each content as a line; returns how many and how many bytes they are together."""
    count = total = 0
    with path.open("w", encoding="ascii") as target:
        for digest, size_bytes in contents:
            target.write(f"{digest} {size_bytes}\n")
            count, total = count + 1, total + size_bytes
    return count, total
