"""What each process remembers of the citizen handbook: our articles and the installation's own, read again when a file changes."""

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import structlog
from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from xaso.apps.portal.article_files import ArticleError, read_article
from xaso.apps.portal.articles import Article
from xaso.apps.portal.options import HANDBOOK_FOLDER
from xaso.kernel.search import SearchDocument
from xaso.platform.guides import Guide

log = structlog.get_logger(__name__)

ADDRESS = "/cam-nang/"
MEMORY_SECONDS = 5.0
TOPICS = {
    "apply": _("Làm thủ tục"),
    "help": _("Sóng yếu, cần người giúp, muốn nghe"),
    "after": _("Sau khi nộp, khi đến quầy"),
    "identity": _("Định danh điện tử"),
    "safety": _("Dữ liệu và an toàn"),
    "commune": _("Việc riêng của xã"),
}

Seen = tuple[tuple[Path, int, int], ...]
"""Files with when they were written and their size: the same while nobody changed one."""


@dataclass(frozen=True)
class Shelf:
    """The articles in their order, as of what was seen of their files."""

    seen: Seen
    articles: tuple[Article, ...]

    def find(self, slug: str) -> Article | None:
        """Return the article of that name."""
        return next((one for one in self.articles if one.slug == slug), None)

    def beside(self, article: Article) -> tuple[Article | None, Article | None]:
        """Return the articles before and after one."""
        place = self.articles.index(article)
        following = self.articles[place + 1 : place + 2]
        return (self.articles[place - 1] if place else None, following[0] if following else None)

    def by_topic(self) -> Iterator[tuple[str, list[Article]]]:
        """Yield each topic that has articles, in order."""
        for topic in TOPICS:
            if of_topic := [one for one in self.articles if one.topic == topic]:
                yield topic, of_topic


class Memory:
    """One process's memory. The shelf is replaced whole, so threads may read it at any moment."""

    def __init__(self) -> None:
        self._shelf: Shelf | None = None
        self._good_until = 0.0

    def shelf(self) -> Shelf:
        """Return the articles; files are looked at once in MEMORY_SECONDS and read when one of them changed."""
        moment, known = time.monotonic(), self._shelf
        if known is not None and moment < self._good_until:
            return known
        seen = _seen()
        if known is None or known.seen != seen:
            known = Shelf(seen, _read(seen))
            self._shelf = known
        self._good_until = moment + MEMORY_SECONDS
        return known

    def forget(self) -> None:
        """Look at the files again at the next question."""
        self._good_until = 0.0


def guides() -> list[Guide]:
    """Return the articles as they are found beside procedures."""
    return [_guide(place, one) for place, one in enumerate(shelf().articles)]


def _guide(place: int, one: Article) -> Guide:
    document = SearchDocument(one.address, names=tuple(one.title.values()), synonyms=one.synonyms, rank=place)
    return Guide(document, one.title, one.summary)


def read_files(paths: list[Path]) -> tuple[list[Article], list[str]]:
    """Return the articles of files, and what is wrong with those that can't be used."""
    articles, faults = [], []
    for path in paths:
        try:
            articles.append(read_article(path.read_bytes(), Path(settings.CATALOGUE_DIR) / "schema" / "article.json", is_page))
        except (ArticleError, OSError) as error:
            faults += [f"{path.name}: {fault}" for fault in (error.faults if isinstance(error, ArticleError) else [str(error)])]
    return articles, faults


def files_of(folder: Path) -> list[Path]:
    """Return the files of a folder by name; none where there is no such folder."""
    return sorted(folder.glob("*.yaml"))


def is_page(address: str) -> bool:
    """Tell whether the program answers the address at all."""
    try:
        resolve(address.partition("?")[0].partition("#")[0])
    except Resolver404:
        return False
    return True


def _seen() -> Seen:
    folders = (Path(settings.CATALOGUE_DIR) / "handbook", HANDBOOK_FOLDER.value())
    return tuple(_seen_of([path for folder in folders for path in files_of(folder)]))


def _seen_of(paths: list[Path]) -> Iterator[tuple[Path, int, int]]:
    """Yield what is seen of the files that are still there."""
    for path in paths:
        with suppress(OSError):
            found = path.stat()
            yield path, found.st_mtime_ns, found.st_size


def _read(seen: Seen) -> tuple[Article, ...]:
    """Read what was seen; a later folder's article takes the place of one with the same slug. A file with a fault is left out and told."""
    articles, faults = read_files([path for path, _written_at, _size in seen])
    for fault in faults:
        log.error("handbook_file_left_out", fault=fault)
    topics = list(TOPICS)
    last = {one.slug: one for one in articles}
    return tuple(sorted(last.values(), key=lambda one: (topics.index(one.topic), one.order, one.slug)))


_memory = Memory()
shelf = _memory.shelf
forget = _memory.forget
