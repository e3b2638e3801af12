"""Plain values in which this room speaks of the citizen handbook. An article is read once and shared: nothing here changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from xaso.kernel.forms import Texts

VIETNAMESE = "vi"


@dataclass(frozen=True, slots=True)
class Link:
    """The way from a step to a page of ours."""

    to: str
    label: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step in one language. `note` and `warning` are empty where there is none."""

    heading: str
    text: str
    note: str
    warning: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """An article as it is read in one language, with whether a native speaker has read it so."""

    language: str
    title: str
    summary: str
    steps: tuple[Step, ...]
    confirm: tuple[str, ...]
    is_reviewed: bool


@dataclass(frozen=True)
class Article:
    """An article of the handbook. Each of its texts has each of its languages."""

    slug: str
    topic: str
    order: int
    document: Mapping[str, Any]

    @property
    def address(self) -> str:
        """Return the address of its page."""
        return f"/cam-nang/{self.slug}/"

    @property
    def title(self) -> Texts:
        """Return its title by language."""
        title: Texts = self.document["title"]
        return title

    @property
    def summary(self) -> Texts:
        """Return by language the one sentence that says what it is for."""
        summary: Texts = self.document["summary"]
        return summary

    @property
    def synonyms(self) -> tuple[str, ...]:
        """Return what people type when they look for it, in any language."""
        return tuple(word for words in self.document["synonyms"].values() for word in words)

    @property
    def see(self) -> tuple[str, ...]:
        """Return the slugs of the articles that go on from here."""
        return tuple(self.document.get("see", ()))

    @property
    def source(self) -> str:
        """Return where it is from, in Vietnamese."""
        return str(self.document["source"])

    @property
    def checked_on(self) -> date:
        """Return the day on which somebody compared it with its source."""
        return date.fromisoformat(self.document["checked_on"])

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the languages in which it can be read."""
        return tuple(self.title)

    def language_for(self, wanted: str) -> str:
        """Return the wanted language where the article has it, else Vietnamese."""
        return wanted if wanted in self.title else VIETNAMESE

    def read_in(self, language: str) -> Text:
        """Return the article in a language that it has."""
        reviewed = language == VIETNAMESE or language in self.document.get("reviewed", ())
        steps = tuple(_step(one, language) for one in self.document["steps"])
        confirm = tuple(texts[language] for texts in self.document.get("confirm", ()))
        return Text(language, self.title[language], self.summary[language], steps, confirm, reviewed)


def _step(step: Mapping[str, Any], language: str) -> Step:
    return Step(
        step["heading"][language],
        step["text"][language],
        step.get("note", {}).get(language, ""),
        step.get("warning", {}).get(language, ""),
        tuple(Link(link["to"], link["label"][language]) for link in step.get("links", ())),
    )
