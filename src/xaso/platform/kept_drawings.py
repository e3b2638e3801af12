"""Pieces of pages that depend on a few plain values and on nothing else: drawn once and kept under these values (decision 0131).

What is kept can't be out of date: when anything changes that the piece shows, it is asked for with other values. It is one and the same for
whoever is shown these values.
"""

import re
import time
from collections.abc import Hashable, Iterable
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST_KEPT = 4_000
KEPT_SECONDS = 300.0
HOLE = "\ue000"
HOLES = re.compile(f"{HOLE}([a-z_]+){HOLE}")


class _Shelf:
    """What is kept, all of it for at most KEPT_SECONDS, so that nobody's name outlives her file by longer. Pieces are replaced whole."""

    def __init__(self) -> None:
        self._pieces: dict[Hashable, SafeString] = {}
        self._good_until = 0.0

    def pieces(self) -> dict[Hashable, SafeString]:
        """Return what is kept, emptied when it is full or old."""
        if len(self._pieces) >= MOST_KEPT or time.monotonic() >= self._good_until:
            self._pieces = {}
            self._good_until = time.monotonic() + KEPT_SECONDS
        return self._pieces


_shelf = _Shelf()


def drawn(template: str, values: Any) -> SafeString:
    """Return the template drawn in the page's language with the fields of a NamedTuple of plain values.

    The template learns of no request: what it shows must stand among the values, down to the day.
    """
    return drawn_each(template, (values,))


def drawn_each(template: str, lines: Iterable[Any]) -> SafeString:
    """Return the template drawn once for each line, one after the other."""
    language, pieces, found = get_language(), _shelf.pieces(), []
    for values in lines:
        key = (template, language, _kinds(values), values)
        known = pieces.get(key)
        if known is None:
            known = pieces[key] = render_to_string(template, values._asdict())
        found.append(known)
    return SafeString("".join(found))


def filled(template: str, **holes: Any) -> SafeString:
    """Return a template of fixed texts drawn in the page's language, with what differs at each drawing put into its holes, escaped.

    The template names a hole as it would a value; it can't decide by what goes in.
    """
    key = (template, get_language(), *holes)
    pieces = _shelf.pieces()
    piece = pieces.get(key)
    if piece is None:
        piece = pieces[key] = render_to_string(template, {name: _hole(name) for name in holes})
    return SafeString(HOLES.sub(lambda hole: conditional_escape(holes[hole[1]]), piece))


def _hole(name: str) -> str:
    """Return what stands for a hole while the piece is kept: a character that no text of ours has."""
    return f"{HOLE}{name}{HOLE}"


def _kinds(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the types of the values: a text that is safe as it stands equals one that is not, and 1 equals True."""
    return tuple([_kinds(value) if isinstance(value, tuple) else type(value) for value in values])
