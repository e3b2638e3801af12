"""What of a page is read aloud: the texts of its middle in order, without what is hidden, typed, or there for scripts."""

from dataclasses import dataclass
from html.parser import HTMLParser

from xaso.kernel.speaking.sentences import sentences_of

MIDDLE = "noi-dung"
"""The id of the element that holds a page's own texts; a fragment without one is read whole."""

_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "cite", "code", "em", "i", "kbd", "mark", "q", "s", "span", "strong", "sub", "sup", "time", "u"}
)
_SILENT = frozenset({"audio", "head", "noscript", "option", "script", "select", "style", "svg", "template", "textarea", "video"})
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
_APART = frozenset({"khongbatbuoc", "the"})
_HIDDEN = "an"


@dataclass(frozen=True)
class Piece:
    """One sentence of a page, as it is written, and the language it is in."""

    text: str
    language: str


@dataclass(frozen=True)
class ReadPage:
    """A page as it is read aloud."""

    title: str
    pieces: tuple[Piece, ...]


def read_page(html: str, language: str, *, with_hidden: bool = False) -> ReadPage:
    """Return the sentences of a page or a fragment in order. `language` is that of what has no `lang` of its own.

    `with_hidden` takes in what the page's scripts may show later: parts that are `hidden` now.
    """
    reader = _Reader(language, whole=f'id="{MIDDLE}"' not in html, with_hidden=with_hidden)
    reader.feed(html)
    reader.close()
    reader.end_block()
    return ReadPage(reader.title, tuple(reader.pieces))


def pieces_of(text: str, language: str) -> list[Piece]:
    """Return the sentences of one block; the colon at the end of a label is not said, so that a label sounds the same everywhere."""
    return [Piece(sentence.rstrip(" :"), language) for sentence in sentences_of(text)]


@dataclass
class _Open:
    """An element that has begun and not ended."""

    tag: str
    language: str
    is_silent: bool
    is_apart: bool


class _Reader(HTMLParser):
    def __init__(self, language: str, *, whole: bool, with_hidden: bool) -> None:
        super().__init__()
        self._with_hidden = with_hidden
        self.pieces: list[Piece] = []
        self.title = ""
        self._open = [_Open("", language, is_silent=not whole, is_apart=False)]
        self._block: list[str] = []
        self._block_language = language

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE:
            self.end_block()
        if tag in _VOID:
            return
        given = dict(attrs)
        classes = (given.get("class") or "").split()
        above = self._open[-1]
        begins = given.get("id") == MIDDLE
        hidden = "hidden" in given and not self._with_hidden
        silent = tag in _SILENT or hidden or given.get("aria-hidden") == "true" or _HIDDEN in classes
        one = _Open(tag, given.get("lang") or above.language, silent or (above.is_silent and not begins), not _APART.isdisjoint(classes))
        if one.is_apart or one.language != above.language:
            self.end_block()
        self._open.append(one)

    def handle_endtag(self, tag: str) -> None:
        if tag not in {one.tag for one in self._open}:
            return
        if tag not in _INLINE or (tag in {"b", "strong"} and "".join(self._block).rstrip().endswith(":")):
            self.end_block(is_title=tag == "h1")
        while len(self._open) > 1:
            ended = self._open.pop()
            if ended.is_apart or ended.language != self._open[-1].language:
                self.end_block()
            if ended.tag == tag:
                return

    def handle_data(self, data: str) -> None:
        if self._open[-1].is_silent:
            return
        if not self._block:
            self._block_language = self._open[-1].language
        self._block.append(data)

    def end_block(self, *, is_title: bool = False) -> None:
        """Take what was read since the last border as one block of text."""
        text = " ".join("".join(self._block).split())
        self._block = []
        if is_title and not self.title:
            self.title = text
        self.pieces += pieces_of(text, self._block_language)
