"""Reads which characters all shipped fonts hold, from their `cmap` tables (formats 4 and 12 of OpenType)."""

import struct
import unicodedata
from functools import cache, reduce
from pathlib import Path

SUBSTITUTE = "\u25a1"

_BMP_SEGMENTS, _FULL_GROUPS = 4, 12
_UNPRINTED = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@cache
def printable_characters(folder: Path) -> frozenset[str]:
    """Return the characters that every font of the folder can print; control and direction marks are left out."""
    faces = [_characters_of(path.read_bytes()) for path in sorted(folder.glob("*.ttf"))]
    return frozenset(letter for letter in reduce(frozenset.__and__, faces) if unicodedata.category(letter) not in _UNPRINTED)


def _characters_of(font: bytes) -> frozenset[str]:
    cmap = _table(font, b"cmap")
    (count,) = struct.unpack_from(">2xH", cmap)
    offsets = {struct.unpack_from(">4xL", cmap, 4 + 8 * index)[0] for index in range(count)}
    codes: set[int] = set()
    for offset in offsets:
        (table_format,) = struct.unpack_from(">H", cmap, offset)
        if table_format == _BMP_SEGMENTS:
            codes |= _codes_of_segments(cmap[offset:])
        elif table_format == _FULL_GROUPS:
            codes |= _codes_of_groups(cmap[offset:])
    return frozenset(map(chr, codes))


def _table(font: bytes, tag: bytes) -> bytes:
    (count,) = struct.unpack_from(">4xH", font)
    for index in range(count):
        name, offset, length = struct.unpack_from(">4s4xLL", font, 12 + 16 * index)
        if name == tag:
            return font[offset : offset + length]
    raise ValueError(f"no table {tag!r} in the font")


def _codes_of_segments(table: bytes) -> set[int]:
    (twice,) = struct.unpack_from(">6xH", table)
    half = twice // 2
    ends = struct.unpack_from(f">{half}H", table, 14)
    starts = struct.unpack_from(f">{half}H", table, 16 + twice)
    return {code for start, end in zip(starts, ends, strict=True) for code in range(start, end + 1) if code != 0xFFFF}


def _codes_of_groups(table: bytes) -> set[int]:
    (count,) = struct.unpack_from(">12xL", table)
    groups = [struct.unpack_from(">LL", table, 16 + 12 * index) for index in range(count)]
    return {code for start, end in groups for code in range(start, end + 1)}
