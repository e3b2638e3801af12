"""Text as people and machines send it, made storable: NFC, no control characters, no invisible direction marks, blanks squeezed."""

import re
import unicodedata

from xaso.kernel.text import nfc

FORBIDDEN = "\\u0000-\\u0009\\u000b-\\u001f\\u007f-\\u009f"
"""Characters that no stored text holds, as inside a regular expression's brackets; a line break is judged by the field."""

HALF_CHARACTERS = "\\ud800-\\udfff"
"""Halves of a character, which JSON can carry and no database keeps. The published schema leaves them out."""

_REMOVED = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)
_LINE_ENDS = re.compile("\r\n?|[\u0085\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n]+")


def clean_line(text: str) -> str:
    """Return the text on one line, NFC, blanks squeezed. Joiners (U+200C, U+200D) stay: Bengali and emoji need them."""
    return " ".join(_REMOVED.sub("", _LINE_ENDS.sub("\n", nfc(text))).split())


def clean_lines(text: str) -> str:
    """Return the text with its line breaks as \\n; otherwise as `clean_line`."""
    cleaned = _REMOVED.sub("", _LINE_ENDS.sub("\n", nfc(text)))
    return "\n".join(_BLANKS.sub(" ", line).strip() for line in cleaned.split("\n")).strip()


def plain_digits(text: str) -> str:
    """Return the text with the digits of any script (Bengali, full width) as 0–9."""
    return text if text.isascii() else "".join(str(unicodedata.decimal(one, one)) for one in text)
