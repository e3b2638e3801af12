"""Cuts a text into sentences short enough to be heard, recorded and said again one by one."""

import re

from xaso.kernel.text import nfc

LONGEST = 240
"""A longer sentence is cut at a pause that it has anyway, so that nobody must wait for, or record, half a minute at once."""

_CLOSERS = "”\"'’)»]"
_END = re.compile(rf"(?<=[.!?…;।])[{re.escape(_CLOSERS)}]*\s+|\s*\n+\s*")
_PAUSE = re.compile(r"(?<=[,:])\s+|\s+(?=[–—(])")
_NOT_AN_END = re.compile(r"(?:(?:^|[\s(“\"])(?:[A-ZĐĂÂÊÔƠƯ]|\d{1,3}|TP|Tp|TX|TT|Q|P|ThS|TS|GS|PGS|BS|Mr|Mrs|St|tr|đ/c|v\.v|VD|vd)\.)$")
_SAYS_SOMETHING = re.compile(r"\w")


def sentences_of(text: str) -> tuple[str, ...]:
    """Return the sentences of a text in order, composed, with single blanks. An initial, a number of a list and “TP.” end none."""
    return tuple(part for sentence in _cut(nfc(text)) for part in _shortened(sentence) if _SAYS_SOMETHING.search(part))


def _cut(text: str) -> list[str]:
    sentences: list[str] = []
    begins = 0
    for end in _END.finditer(text):
        before = text[begins : end.end()]
        if "\n" in end[0] or not _NOT_AN_END.search(before.rstrip()):
            sentences.append(before)
            begins = end.end()
    return [" ".join(sentence.split()) for sentence in (*sentences, text[begins:])]


def _shortened(sentence: str) -> list[str]:
    """Return the sentence in pieces of at most LONGEST characters where it has pauses to be cut at."""
    pieces: list[str] = []
    for part in _PAUSE.split(sentence):
        if pieces and len(pieces[-1]) + 1 + len(part) <= LONGEST:
            pieces[-1] += f" {part}"
        else:
            pieces.append(part)
    return pieces
