"""What the scripts of a page may say: its words in JSON, which they show later, also where no server can be asked."""

import json
import re
from collections.abc import Iterator
from typing import Any

from xaso.kernel.speaking.blocks import Piece, pieces_of

SAID = frozenset({"said", "words", "contact"})
"""Under these names the JSON of a page holds words, and under ERROR the words of one question's error; a map of words alone bears ALONE."""
ERROR, ALONE = "x-error", "loi-noi"
COUNTED = range(1, 10)
LEAST_WORDS = 2
_JSON = re.compile(r'<script id="([^"]*)" type="application/json">(.*?)</script>', re.DOTALL)
_PLACE = re.compile(r"%\(\w+\)s(?: ?%%)?")
_COUNT = "%(count)s"


def said_by_scripts(html: str, language: str) -> Iterator[Piece]:
    """Yield the sentences. What is filled in can't be known: a count is said from one to nine, of others what stands around it."""
    for name, content in _JSON.findall(html):
        for text in _words(json.loads(content), is_said=name == ALONE):
            for shown in _shown(text):
                yield from pieces_of(shown, language)


def _words(value: Any, *, is_said: bool) -> Iterator[str]:
    if isinstance(value, str):
        if is_said:
            yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _words(inner, is_said=is_said or name in SAID or name == ERROR)
    elif isinstance(value, list):
        for inner in value:
            yield from _words(inner, is_said=is_said)


def _shown(text: str) -> list[str]:
    if _PLACE.findall(text) == [_COUNT]:
        return [text.replace(_COUNT, str(count)) for count in COUNTED]
    parts = [part.strip(" ,") for part in _PLACE.split(text)]
    return parts if len(parts) == 1 else [part for part in parts if len(part.split()) >= LEAST_WORDS]
