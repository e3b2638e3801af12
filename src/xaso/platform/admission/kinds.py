"""Tells from the first bytes what a file is. Names and headers that came with it are not asked."""

from enum import StrEnum

_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1"})
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"dex\n")
_OFFICE = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf")


class Kind(StrEnum):
    """What a file is, as far as admission needs to know."""

    IMAGE = "image"
    PDF = "pdf"
    PROGRAM = "program"
    OFFICE = "office"
    UNKNOWN = "unknown"


def kind_of(content: bytes) -> Kind:
    """Return the kind of a file from its first bytes."""
    if content.startswith(b"%PDF-"):
        return Kind.PDF
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or _is_webp(content) or _is_heif(content):
        return Kind.IMAGE
    if content.startswith(_PROGRAMS):
        return Kind.PROGRAM
    return Kind.OFFICE if content.startswith(_OFFICE) else Kind.UNKNOWN


def _is_webp(content: bytes) -> bool:
    return content[:4] == b"RIFF" and content[8:12] == b"WEBP"


def _is_heif(content: bytes) -> bool:
    if content[4:8] != b"ftyp":
        return False
    length = min(int.from_bytes(content[:4], "big"), 256)
    brands = {content[8:12], *(content[at : at + 4] for at in range(16, length, 4))}
    return not brands.isdisjoint(_HEIF_BRANDS)
