"""Reads an edition of the national database from a file: JSON lines, gzip or not. A file that is cut off or foreign is refused whole."""

import contextlib
import gzip
import hashlib
import json
import zlib
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from xaso.apps.procedures.national.records import CODE, NEEDED, Record, UnreadableRecord, content_hash, read_record
from xaso.kernel.errors import Refusal

LARGEST_BYTES = 256 * 1024 * 1024
LARGEST_LINE_BYTES = 8 * 1024 * 1024
MOST_LINES = 20_000
LINES_BETWEEN_REPORTS = 50
GZIP = b"\x1f\x8b"
SHOWN_OF_UNREAD = 2000

Told = Callable[[str, int, int], None]
"""Hears how far a reading is: the step, how much of it is done and how much there is."""


def in_silence(_step: str, _done: int, _total: int) -> None:
    """Be told nothing."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that can't become a procedure: which, why (code, name, twice) and its beginning as printed."""

    line: int
    code: str
    why: str
    printed: str


@dataclass(frozen=True, slots=True)
class Edition:
    """All that a file holds. `digest` names its content, whatever the order of its lines."""

    records: tuple[Record, ...]
    unread: tuple[Unread, ...]
    digest: str


def read_edition(path: Path, told: Told = in_silence) -> Edition:
    """Read the file to its end before anything is made of it; `told` hears the bytes of the file that were read.

    Raises Refusal `procedures.file_missing`, `.file_too_large`, `.file_cut_off`, `.file_foreign`, `.file_empty`, `.line_broken`.
    """
    records: dict[str, Record] = {}
    unread: list[Unread] = []
    for number, line in _lines(path, told):
        try:
            record = read_record(line)
        except UnreadableRecord as reason:
            unread.append(_unread(number, line, str(reason)))
            continue
        first = records.setdefault(record.code, record)
        if content_hash(first.cells) != content_hash(record.cells):
            unread.append(_unread(number, line, "twice"))
    if not records:
        raise Refusal("procedures.file_foreign" if unread else "procedures.file_empty")
    hashes = sorted([content_hash(record.cells) for record in records.values()] + [one.printed for one in unread])
    return Edition(tuple(records.values()), tuple(unread), hashlib.sha256("\n".join(hashes).encode()).hexdigest())


def require_edition(path: Path) -> None:
    """Look at the first record only. Raises as `read_edition` when the file can't be an edition."""
    with contextlib.closing(_lines(path, in_silence)) as lines:
        if next(lines, None) is None:
            raise Refusal("procedures.file_empty")


def _lines(path: Path, told: Told) -> Generator[tuple[int, dict[str, object]], None, None]:
    """Yield the records of the file with their line numbers."""
    try:
        with path.open("rb") as plain:
            size = path.stat().st_size
            packed = plain.read(2) == GZIP
            plain.seek(0)
            with gzip.open(plain) if packed else contextlib.nullcontext(plain) as unpacked:
                for number, line in _parsed(unpacked):  # type: ignore[arg-type]
                    if number % LINES_BETWEEN_REPORTS == 0:
                        told("reading", min(plain.tell(), size), size)
                    yield number, line
    except OSError as fault:
        if isinstance(fault, gzip.BadGzipFile):
            raise Refusal("procedures.file_cut_off") from fault
        raise Refusal("procedures.file_missing", path=str(path)) from fault
    except (EOFError, zlib.error) as fault:
        raise Refusal("procedures.file_cut_off") from fault


def _parsed(stream: BinaryIO) -> Iterator[tuple[int, dict[str, object]]]:
    total = number = 0
    while line := stream.readline(LARGEST_LINE_BYTES + 1):
        total, number = total + len(line), number + 1
        if len(line) > LARGEST_LINE_BYTES or total > LARGEST_BYTES or number > MOST_LINES:
            raise Refusal("procedures.file_too_large", limit=LARGEST_BYTES // 1024 // 1024)
        if line.strip():
            yield number, _object(line, number)


def _object(line: bytes, number: int) -> dict[str, object]:
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as fault:
        if number == 1 and not line.lstrip(b"\xef\xbb\xbf \t").startswith(b"{"):
            raise Refusal("procedures.file_foreign") from fault
        raise Refusal("procedures.file_cut_off" if not line.endswith(b"\n") else "procedures.line_broken", line=number) from fault
    if not isinstance(value, dict) or (number == 1 and not value.keys() >= NEEDED):
        raise Refusal("procedures.file_foreign")
    return value


def _unread(number: int, line: dict[str, object], why: str) -> Unread:
    printed = json.dumps(line, ensure_ascii=False)[:SHOWN_OF_UNREAD].replace("\x00", "").replace("\\u0000", "")
    return Unread(number, str(line.get(CODE, ""))[:20], why, printed)
