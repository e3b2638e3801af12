"""Reads the files of the citizen handbook: YAML, checked against the schema and against the rules by which an article can be heard."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from xaso.apps.portal.articles import VIETNAMESE, Article
from xaso.kernel.speaking import pieces_of
from xaso.platform.written_files import UNREADABLE, read_yaml

MOST_SENTENCES = 4
LONGEST_SENTENCE_WORDS = 20
"""A longer sentence is lost to who hears it once. Words are what stands between blanks: a Vietnamese word of two syllables is two."""

IsPage = Callable[[str], bool]


class ArticleError(Exception):
    """A file that can't be used; `faults` says what is wrong and where."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("; ".join(faults))


def read_article(content: bytes, schema: Path, is_page: IsPage) -> Article:
    """Return the article of one file. `is_page` tells of an address whether it is one of ours. Raises ArticleError with all faults."""
    try:
        document = read_yaml(content)
    except UNREADABLE as fault:
        raise ArticleError([" ".join(str(fault).split())]) from fault
    faults = [f"{_place(error.absolute_path)}: {error.message}" for error in _validator(schema).iter_errors(document)]
    faults = faults or list(faults_of(document, is_page))
    if faults:
        raise ArticleError(faults)
    return Article(document["slug"], document["topic"], document["order"], document)


def faults_of(document: Mapping[str, Any], is_page: IsPage) -> Iterator[str]:
    """Yield what the schema can't see: a language left out, a sentence too long to be heard, a link that leads nowhere."""
    for place, texts in _texts(document):
        yield from (f"{place}: no text in {language!r}" for language in document["title"] if language not in texts)
        yield from (f"{place}: {language!r} is not a language of the title" for language in texts if language not in document["title"])
        yield from _faults_of_sentences(place, texts)
    for number, step in enumerate(document["steps"]):
        yield from (f"steps.{number}.links: no page: {link['to']}" for link in step.get("links", ()) if not is_page(link["to"]))
    try:
        date.fromisoformat(document["checked_on"])
    except ValueError:
        yield "checked_on: no day"


def faults_between(articles: tuple[Article, ...]) -> list[str]:
    """Return which articles lead on to one that does not exist."""
    known = {one.slug for one in articles}
    return [f"{one.slug}: see: no article {other!r}" for one in articles for other in one.see if other not in known]


def _faults_of_sentences(place: str, texts: Mapping[str, str]) -> Iterator[str]:
    for language, text in texts.items():
        sentences = [piece.text for piece in pieces_of(text, language)]
        if len(sentences) > (1 if place == "summary" else MOST_SENTENCES):
            yield f"{place}.{language}: {len(sentences)} sentences"
        yield from (f"{place}.{language}: too long: {one}" for one in sentences if len(one.split()) > LONGEST_SENTENCE_WORDS)


def _texts(value: Any, place: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Yield every text by language, with the place where it stands."""
    if isinstance(value, dict) and isinstance(value.get(VIETNAMESE), str):
        yield place, value
        return
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield from _texts(one, f"{place}.{key}" if place else str(key))


@cache
def _validator(schema: Path) -> Draft202012Validator:
    return Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")))


def _place(path: Any) -> str:
    return ".".join(str(part) for part in path) or "file"
