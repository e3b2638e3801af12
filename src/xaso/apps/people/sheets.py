"""Reads sheets that officials fill in: the first row names the columns, accents and order don't matter."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812 - an exception like the others

from xaso.kernel.errors import Refusal
from xaso.kernel.text import fold, nfc
from xaso.platform.errors import words_for

ROWS_AT_MOST = 2000
COLUMNS_AT_MOST = 40
BYTES_AT_MOST = 2 * 1024 * 1024
UNPACKED_BYTES_AT_MOST = 40 * 1024 * 1024
PARTS_AT_MOST = 500
UNREADABLE = (
    ArithmeticError,
    AttributeError,
    BadZipFile,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    ZlibError,
)


@dataclass(frozen=True)
class RowError:
    """Why a row was left out; `row` counts as the spreadsheet does."""

    row: int
    words: str

    @classmethod
    def of(cls, row: int, refusal: Refusal) -> "RowError":
        """Return the refusal in the user's language."""
        return cls(row, words_for(refusal))


@dataclass
class ImportOutcome:
    """What an import did. `known` holds what was there already; `passwords` (name, user name, first password) of new accounts."""

    added: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    passwords: list[tuple[str, str, str]] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)


def read_sheet(stream: BinaryIO, columns: Mapping[str, str], required: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (row number, cells by key) of the first sheet; blank rows are passed over. Raises Refusal for an unreadable file."""
    rows = _rows(stream)
    places = _places(rows[0] if rows else [], columns, required)
    for number, row in enumerate(rows[1:], start=2):
        cells = {key: row[places[key]] if key in places and places[key] < len(row) else "" for key in columns}
        if any(cells.values()):
            yield number, cells


def _rows(stream: BinaryIO) -> list[list[str]]:
    from openpyxl import load_workbook  # late: it costs each web process 10 MB, and sheets come once a year

    try:
        _refuse_bomb(stream)
        book = load_workbook(stream, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        found = [
            [_text(value) for value in row] for row in sheet.iter_rows(max_row=ROWS_AT_MOST + 2, max_col=COLUMNS_AT_MOST, values_only=True)
        ]
        book.close()
    except UNREADABLE as error:
        raise Refusal("people.sheet_unreadable") from error
    if len(found) > ROWS_AT_MOST + 1 and any(found[-1]):
        raise Refusal("people.sheet_too_long", limit=ROWS_AT_MOST)
    return found


def _refuse_bomb(stream: BinaryIO) -> None:
    """Raise Refusal for a file that is too large, or grows too large when unpacked, or brings entities of its own."""
    if stream.seek(0, 2) > BYTES_AT_MOST:
        raise Refusal("people.sheet_too_large", megabytes=BYTES_AT_MOST // 1024 // 1024)
    with ZipFile(stream) as parts:
        listed = parts.infolist()
        if len(listed) > PARTS_AT_MOST or sum(part.file_size for part in listed) > UNPACKED_BYTES_AT_MOST:
            raise Refusal("people.sheet_too_large", megabytes=BYTES_AT_MOST // 1024 // 1024)
        if any(b"<!DOCTYPE" in parts.open(part).read(1024) for part in listed if part.filename.endswith((".xml", ".rels"))):
            raise Refusal("people.sheet_unreadable")
    stream.seek(0)


def _places(head: list[str], columns: Mapping[str, str], required: tuple[str, ...]) -> dict[str, int]:
    by_words = {fold(text): place for place, text in enumerate(head) if text}
    places = {key: by_words[fold(words)] for key, words in columns.items() if fold(words) in by_words}
    missing = [columns[key] for key in required if key not in places]
    if missing:
        raise Refusal("people.sheet_columns", missing=", ".join(missing))
    return places


def _text(value: object) -> str:
    if value is None:
        return ""
    whole = int(value) if isinstance(value, float) and value.is_integer() else value
    return " ".join(nfc(str(whole)).split())
