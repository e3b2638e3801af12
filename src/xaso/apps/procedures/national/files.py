"""Reads an edition of the national database from a file: JSON lines, gzip or not. A file that is cut off or foreign is refused whole."""

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from xaso.apps.procedures.national.records import CODE, NEEDED, Record, UnreadableRecord, content_hash, read_record
from xaso.kernel.errors import Refusal

LARGEST_BYTES = 256 * 1024 * 1024
LARGEST_LINE_BYTES = 8 * 1024 * 1024
GZIP = b"\x1f\x8b"
SHOWN_OF_UNREAD = 2000


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


def read_edition(path: Path) -> Edition:
    """Read the file to its end before anything is made of it.

    Raises Refusal `procedures.file_missing`, `.file_too_large`, `.file_cut_off`, `.file_foreign`, `.file_empty`, `.line_broken`.
    """
    records: dict[str, Record] = {}
    unread: list[Unread] = []
    for number, line in _lines(path):
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


def _lines(path: Path) -> Iterator[tuple[int, dict[str, object]]]:
    """Yield the records of the file with their line numbers."""
    try:
        with path.open("rb") as plain:
            packed = plain.read(2) == GZIP
            plain.seek(0)
            if packed:
                with gzip.open(plain) as unpacked:
                    yield from _parsed(unpacked)  # type: ignore[arg-type]
            else:
                yield from _parsed(plain)
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
        if len(line) > LARGEST_LINE_BYTES or total > LARGEST_BYTES:
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
