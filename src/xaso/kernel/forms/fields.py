"""The parts of a form as plain values: texts in languages, options, conditions, fields, screens; and which questions are asked."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import Any, Literal

Texts = Mapping[str, str]
Widget = Literal[
    "text",
    "textarea",
    "choice",
    "choices",
    "date",
    "partial-date",
    "integer",
    "money",
    "boolean",
    "personal-number",
    "phone",
    "email",
    "village",
    "ethnicity",
    "group",
    "table",
]
Limit = Literal["today"] | date | None


class InVietnamese(str):
    """A text that stands in Vietnamese where another language was asked for. A page says so to whoever reads it aloud.

    `__html__` is what templates ask for (the protocol of markupsafe, which Django's autoescape follows); anywhere else it is its words.
    """

    __slots__ = ()

    def __html__(self) -> str:
        return f'<span lang="vi">{escape(str(self))}</span>'


def in_language(texts: Texts, language: str) -> str:
    """Return the text in the language, else `InVietnamese`, which every text has; "" when there is none at all."""
    vietnamese = texts.get("vi", "")
    return texts.get(language) or (InVietnamese(vietnamese) if vietnamese else "")


def same(one: object, other: object) -> bool:
    """Compare as JSON does: true is not 1."""
    return isinstance(one, bool) == isinstance(other, bool) and one == other


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: what is stored and what is read."""

    value: str
    label: Texts


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds when the named question is asked and its answer (or, of several, one of them) is among the values."""

    field: str
    values: tuple[Any, ...]

    def holds(self, live: Mapping[str, Any]) -> bool:
        answer = live.get(self.field)
        given = answer if isinstance(answer, list) else [answer]
        return any(same(one, value) for one in given for value in self.values)


@dataclass(frozen=True, slots=True)
class Reminder:
    """Words beside an answer that somebody should look at; it refuses nothing.

    Said when the answer is among `answers`, or when who was born on it is surely younger than `younger_than_years`.
    """

    text: Texts
    answers: tuple[Any, ...] = ()
    younger_than_years: int = 0


@dataclass(frozen=True, slots=True)
class Field:
    """One question. Lengths are in letters, limits of numbers in the question's own unit; `fields` are a group's or a table row's.

    `item` is what one row of a table is ("người"); it may be {}.
    """

    name: str
    widget: Widget
    label: Texts
    hint: Texts
    required: bool
    conditions: tuple[Condition, ...] = ()
    options: tuple[Option, ...] = ()
    option_values: frozenset[str] = frozenset()
    fields: "tuple[Field, ...]" = ()
    min_length: int = 0
    max_length: int = 0
    minimum: int = 0
    maximum: int = 0
    min_items: int = 0
    max_items: int = 0
    pattern: re.Pattern[str] | None = None
    pattern_words: Texts | None = None
    not_after: Limit = None
    not_before: Limit = None
    must_agree: bool = False
    prefill: str = ""
    item: Texts = field(default_factory=dict)
    sensitive: bool = False
    autocomplete: str = ""
    reminder: Reminder | None = None

    @property
    def must_be_given(self) -> bool:
        """Tell whether a missing answer is a fault in itself; a group is only as required as its questions."""
        if self.widget == "group":
            return self.required and any(one.required and not one.conditions for one in self.fields)
        return self.required


@dataclass(frozen=True, slots=True)
class Screen:
    """One page of the form: a title put as a question, and the names of its fields in order."""

    id: str
    title: Texts
    intro: Texts
    fields: tuple[str, ...]
    conditions: tuple[Condition, ...] = ()


def asked(fields: Iterable[Field], answers: Mapping[str, Any]) -> Iterator[Field]:
    """Yield the questions that exist for these answers. An answer to a question that is itself not asked opens nothing.

    Answers may be set while iterating: a question's answer is looked at after the caller is done with it.
    """
    live: dict[str, Any] = {}
    for one in fields:
        if all(condition.holds(live) for condition in one.conditions):
            yield one
            if one.name in answers:
                live[one.name] = answers[one.name]
