"""How long an SMS is: GSM 03.38 or UCS-2, and the segments that it is sent and paid in."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

GSM7, UCS2 = "gsm7", "ucs2"

# 3GPP TS 23.038, sections 6.2.1 and 6.2.1.1, in the order of their codes. The extended characters take two places, an escape and their own.
_ESCAPE = "\x1b"
_TABLE = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = {
    "\f": 0x0A, "^": 0x14, "{": 0x28, "}": 0x29, "\\": 0x2F, "[": 0x3C, "~": 0x3D, "]": 0x3E, "|": 0x40, "€": 0x65,
}  # fmt: skip
_BASIC = frozenset(_TABLE) - {_ESCAPE}
_EXTENDED = frozenset(_EXTENSION)
_OCTETS = {
    **{character: bytes([code]) for code, character in enumerate(_TABLE) if character != _ESCAPE},
    **{character: bytes([_TABLE.index(_ESCAPE), code]) for character, code in _EXTENSION.items()},
}
_EXTENDED_BY_CODE = {code: character for character, code in _EXTENSION.items()}
_GSM = _BASIC | _EXTENDED
_TYPOGRAPHY = str.maketrans(
    {
        "đ": "d",
        "Đ": "D",
        "“": '"',
        "”": '"',
        "„": '"',
        "‘": "'",
        "’": "'",
        "–": "-",
        "—": "-",
        "…": "...",
        "\u00a0": " ",
        "•": "-",
        "₫": "d",
    }
)
_ALONE = {GSM7: 160, UCS2: 70}
_JOINED = {GSM7: 153, UCS2: 67}


@dataclass(frozen=True)
class SmsSize:
    """The length of a message. `chars` are places: septets in GSM 03.38 (€ takes two), UTF-16 units in UCS-2 (an emoji takes two)."""

    chars: int
    encoding: str
    segments: int


def measure(text: str) -> SmsSize:
    """Return the size of the text as it stands; compose it first (text.nfc), since a mark of its own takes a place. No text, no segment."""
    encoding, places = _encoding_of(text)
    return SmsSize(sum(map(places, text)), encoding, len(segments_of(text)))


def segments_of(text: str) -> tuple[str, ...]:
    """Return the pieces in which the text is sent: 160 or 70 places alone, 153 or 67 joined. No character is cut in two."""
    encoding, places = _encoding_of(text)
    if sum(map(places, text)) <= _ALONE[encoding]:
        return (text,) if text else ()
    pieces: list[str] = []
    room = 0
    for character in text:
        if places(character) > room:
            pieces.append("")
            room = _JOINED[encoding]
        pieces[-1] += character
        room -= places(character)
    return tuple(pieces)


def octets_of(text: str) -> bytes:
    """Return the text as it goes to a message centre: GSM 03.38 with one octet a septet, or UCS-2 with the higher octet first."""
    encoding, _places = _encoding_of(text)
    return b"".join(map(_OCTETS.__getitem__, text)) if encoding == GSM7 else text.encode("utf-16-be")


def read_gsm7(octets: bytes) -> str:
    """Return a text that came in GSM 03.38 with one octet a septet. What stands outside the table becomes “?”, nothing raises."""
    letters: list[str] = []
    is_escaped = False
    for octet in octets:
        character = _TABLE[octet] if octet < len(_TABLE) else "?"
        if character == _ESCAPE and not is_escaped:
            is_escaped = True
            continue
        letters.append(_EXTENDED_BY_CODE.get(octet, "?" if character == _ESCAPE else character) if is_escaped else character)
        is_escaped = False
    return "".join(letters)


def without_marks(text: str) -> str:
    """Return the text without marks, with case, so that Vietnamese fits GSM 03.38; other signs (emoji, arrows) may still need UCS-2."""
    bare = unicodedata.normalize("NFD", text.translate(_TYPOGRAPHY))
    return unicodedata.normalize("NFC", "".join(character for character in bare if unicodedata.category(character) != "Mn"))


def _encoding_of(text: str) -> tuple[str, Callable[[str], int]]:
    if _GSM.issuperset(text):
        return GSM7, lambda character: 2 if character in _EXTENDED else 1
    return UCS2, lambda character: 2 if ord(character) > 0xFFFF else 1
