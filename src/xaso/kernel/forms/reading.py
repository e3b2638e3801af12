"""Answers as a browser sends them, read into a document. What cannot be read stays as typed, so that nothing typed is lost."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from xaso.kernel.forms.cleaning import clean_line, clean_lines, plain_digits
from xaso.kernel.forms.dates import NoSuchDayError, read_date
from xaso.kernel.forms.fields import Field, asked
from xaso.kernel.forms.verdicts import FieldError, Path

SHOWN = "_shown"
"""Name of the hidden input that lists the questions which the page showed, so that an empty answer differs from one never asked."""

ROWS_READ_AT_MOST = 250

_NUMBER = re.compile(r"[0-9]+|[0-9]{1,3}(?:[. ][0-9]{3})+")
_CURRENCY = re.compile(r"\s*(?:đồng|đ|₫|vnđ|vnd)\.?$", re.IGNORECASE)
_BETWEEN_DIGITS = re.compile(r"[\s.\-()]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a page: the whole document with its answers, what is wrong with them, and whether the page must be shown again.

    `asks_again`: a row was added or taken away, or an answer opened questions that the page had not shown.
    """

    answers: dict[str, Any]
    errors: tuple[FieldError, ...]
    asks_again: bool = False


class Post:
    """Names and values of a submitted page, from a QueryDict or a plain map of lists; with a prefix, only those that begin with it."""

    def __init__(self, data: Mapping[str, Any], prefix: str = "") -> None:
        getlist: Callable[[str], list[str]] | None = getattr(data, "getlist", None)
        ours = (name for name in data if name.startswith(prefix))
        self._values = {name.removeprefix(prefix): _as_list(getlist(name) if getlist else data[name]) for name in ours}
        marks = self._values.get(SHOWN)
        self._shown = None if marks is None else {name for mark in marks for name in mark.split()}

    def values(self, name: str) -> list[str]:
        return self._values.get(name, [])

    def was_shown(self, name: str) -> bool:
        """Tell whether the page had this question. A page without marks had all that exist."""
        return self._shown is None or name in self._shown or name in self._values

    def has(self, name: str) -> bool:
        return name in self._values

    def row_numbers(self, table: str) -> list[int]:
        """Return the numbers of the rows on the page, in order; gaps and absurd numbers are harmless."""
        row = re.compile(re.escape(table) + r"-([0-9]{1,4})-[a-z0-9_]+")
        names: Iterable[str] = (*self._values, *(self._shown or ()))
        found = {int(match[1]) for name in names if (match := row.fullmatch(name))}
        return sorted(found)[:ROWS_READ_AT_MOST]


class PageReader:
    """Reads the fields of one page, one after another, in the order in which they open each other."""

    def __init__(self, post: Post) -> None:
        self.post = post
        self.new_questions: set[Path] = set()
        self.rows_changed = False

    def read_page(self, fields: Iterable[Field], names: Collection[str], known: Mapping[str, Any]) -> dict[str, Any]:
        """Return the known answers with those of the page in their place."""
        answers = dict(known)
        for one in asked(fields, answers):
            if one.name in names:
                self._read(one, answers, ())
        return answers

    def _read(self, field: Field, answers: dict[str, Any], above: Path) -> None:
        path = (*above, field.name)
        name = "-".join(map(str, path))
        if field.widget == "table":
            self._read_table(field, answers)
        elif field.widget == "group":
            inner = self._read_inner(field, _as_dict(answers.get(field.name)), path)
            _put(answers, field.name, inner or None)
        elif self.post.was_shown(name):
            _put(answers, field.name, read_value(field, self.post.values(name)))
        else:
            self.new_questions.add(path)

    def _read_inner(self, field: Field, known: Mapping[str, Any], path: Path) -> dict[str, Any]:
        inner = dict(known)
        for one in asked(field.fields, inner):
            self._read(one, inner, path)
        return inner

    def _read_table(self, field: Field, answers: dict[str, Any]) -> None:
        name = field.name
        if not self.post.was_shown(name) and not self.post.row_numbers(name):
            self.new_questions.add((name,))
            return
        known_rows = answers.get(name)
        before: list[Any] = known_rows if isinstance(known_rows, list) else []
        rows: list[dict[str, Any]] = []
        changes = self.post.has(f"add-{name}")
        for number in self.post.row_numbers(name):
            if self.post.has(f"drop-{name}-{number}"):
                changes = True
                continue
            known = _as_dict(before[number]) if number < len(before) else {}
            rows.append(self._read_row(field, known, number, len(rows)))
        if self.post.has(f"add-{name}") and len(rows) < field.max_items:
            rows.append({})
        self.rows_changed |= changes
        kept = rows if changes else [row for row in rows if row]
        _put(answers, name, kept or None)

    def _read_row(self, field: Field, known: Mapping[str, Any], number_on_page: int, number: int) -> dict[str, Any]:
        """Read a row under its number on the page; new questions are noted under the number it will have."""
        noted = self.new_questions
        self.new_questions = set()
        row = self._read_inner(field, known, (field.name, number_on_page))
        self.new_questions = noted | {(field.name, number, *path[2:]) for path in self.new_questions}
        return row


def read_value(field: Field, values: list[str]) -> Any:
    """Return the answer as stored, None for none; what the widget cannot read comes back as typed."""
    if field.widget == "choices":
        return list(dict.fromkeys(value for one in values if (value := clean_line(one)))) or None
    if not values:
        return None
    text = clean_lines(values[-1]) if field.widget == "textarea" else clean_line(values[-1])
    return _READERS.get(field.widget, str)(text) if text else None


def clean_value(field: Field, value: Any) -> Any:
    """Return what a program sent with its texts cleaned, and 2.0 as 2 where a number is asked; nothing else is guessed."""
    if isinstance(value, str):
        return clean_lines(value) if field.widget == "textarea" else clean_line(value)
    if field.widget == "choices" and isinstance(value, list):
        return [clean_line(one) if isinstance(one, str) else one for one in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _whole_number(text: str) -> int | str:
    bare = _CURRENCY.sub("", plain_digits(text))
    return int(_BETWEEN_DIGITS.sub("", bare)) if len(bare) < 30 and _NUMBER.fullmatch(bare) else text


def _date(text: str, *, partial: bool) -> str:
    try:
        return read_date(text, partial=partial)
    except NoSuchDayError:
        return text


def _digits(text: str) -> str:
    digits = _BETWEEN_DIGITS.sub("", plain_digits(text))
    return digits if digits.isdigit() else text


def _phone(text: str) -> str:
    return _digits("0" + plain_digits(text)[3:] if plain_digits(text).startswith("+84") else text)


_READERS: dict[str, Callable[[str], Any]] = {
    "integer": _whole_number,
    "money": _whole_number,
    "boolean": lambda text: {"true": True, "false": False}.get(text, text),
    "date": lambda text: _date(text, partial=False),
    "partial-date": lambda text: _date(text, partial=True),
    "personal-number": _digits,
    "phone": _phone,
}


def _put(answers: dict[str, Any], name: str, value: Any) -> None:
    if value is None:
        answers.pop(name, None)
    else:
        answers[name] = value


def _as_list(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else [one for one in value if isinstance(one, str)]


def _as_dict(value: Any) -> dict[str, Any]:
    return dict(value) if isinstance(value, Mapping) else {}
