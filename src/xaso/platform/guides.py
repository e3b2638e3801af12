"""Pages that show how something is done. Rooms name theirs here, so that who searches for a procedure finds them too.

They come after procedures, found by the same rules in an index of their own.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from xaso.kernel.forms import Texts, in_language
from xaso.kernel.forms.fields import InVietnamese
from xaso.kernel.search import SearchDocument, SearchIndex
from xaso.platform.registries import Registry

MOST_SHOWN = 3
LEAST_SCORE = 0.6
"""What fits worse is left out: a word that a guide shares with the name of a procedure makes it no answer."""


@dataclass(frozen=True)
class Guide:
    """A page, found by the words of its document, whose key is its address."""

    document: SearchDocument
    title: Texts
    summary: Texts

    def line(self, language: str) -> dict[str, Any]:
        """Return the line of a list in a language, each text marked that stands in Vietnamese instead."""
        return {"address": self.document.key, "title": in_language(self.title, language), "summary": in_language(self.summary, language)}


@dataclass(frozen=True)
class GuideSource:
    """A room's guides."""

    name: str
    guides: Callable[[], Iterable[Guide]]
    order: int = 50


sources: Registry[GuideSource] = Registry("guide sources")


def find(text: str, language: str) -> list[dict[str, Any]]:
    """Return the lines of the few guides that fit plain words well, best first."""
    if not text.strip():
        return []
    known = {one.document.key: one for one in _all()}
    hits = _index(tuple(one.document for one in known.values())).find(text[:200])
    return [known[hit.key].line(language) for hit in hits if hit.score >= LEAST_SCORE][:MOST_SHOWN]


def on_phone(language: str) -> dict[str, Any]:
    """Return what a phone finds guides by without a signal, as JSON."""
    return {
        "least": LEAST_SCORE,
        "most": MOST_SHOWN,
        "documents": [
            {"key": one.document.key, "rank": one.document.rank, "names": one.document.names, "synonyms": one.document.synonyms}
            for one in _all()
        ],
        "lines": {one.document.key: _plain(one.line(language)) for one in _all()},
    }


def _all() -> list[Guide]:
    return [guide for source in sources for guide in source.guides()]


@lru_cache(maxsize=4)
def _index(documents: tuple[SearchDocument, ...]) -> SearchIndex:
    return SearchIndex(documents)


def _plain(line: dict[str, Any]) -> dict[str, Any]:
    """Return a line for JSON, which carries no mark of a language by itself."""
    marked = [name for name in ("title", "summary") if isinstance(line[name], InVietnamese)]
    shown = {"title": str(line["title"]), "summary": str(line["summary"])}
    return {**shown, "in_vietnamese": marked} if marked else shown
