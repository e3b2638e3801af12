"""Answers as people read them: dates 05/11/2026, money 15.000 đ, the words of a choice instead of its value."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from xaso.kernel.forms.checks import Circumstances, fault_of
from xaso.kernel.forms.fields import Field, Screen, asked, in_language, same
from xaso.kernel.forms.verdicts import Choices, Path
from xaso.kernel.partial_dates import PartialDate


@dataclass(frozen=True, slots=True)
class Row:
    """One question with its answer; a group's questions, or a table's rows with theirs, stand in `parts`. "" is no answer.

    `reminder` is what somebody should look at; "" where nothing is.
    """

    label: str
    shown: str
    path: Path
    sensitive: bool = False
    parts: "tuple[Row, ...]" = ()
    reminder: str = ""

    @property
    def name(self) -> str:
        """Return the field's name in HTML: `members-0-name`."""
        return "-".join(str(part) for part in self.path)

    @property
    def is_answered(self) -> bool:
        return bool(self.shown) or any(part.is_answered for part in self.parts)


@dataclass(frozen=True, slots=True)
class Section:
    """One screen's questions and answers."""

    screen_id: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Tongue:
    """In which language, with which lists and words, and on which day answers are read; without a day no age is judged."""

    language: str
    choices: Choices
    yes_no: tuple[str, str]
    today: date | None = None


def summarise(screen: Screen, fields: Iterable[Field], answers: Mapping[str, Any], tongue: Tongue) -> Section:
    """Return the section of one screen."""
    rows = tuple(_row(one, answers.get(one.name), (one.name,), tongue) for one in fields)
    return Section(screen.id, in_language(screen.title, tongue.language), rows)


def shown_number(number: int) -> str:
    """Return 1.234.567."""
    return f"{number:,}".replace(",", ".")


def shown_phone(phone: str) -> str:
    """Return 0912 345 678, from the digits."""
    return f"{phone[:4]} {phone[4:7]} {phone[7:]}".strip()


def shown_value(field: Field, value: Any, language: str, choices: Choices, yes_no: tuple[str, str]) -> str:
    """Return a plain answer as people read it; an answer that is wrong is shown as it stands."""
    if value is None:
        return ""
    if fault_of(field, value, Circumstances()) is not None:
        return value if isinstance(value, str) else str(value)
    show = _SHOWN.get(field.widget)
    return show(field, value, Tongue(language, choices, yes_no)) if show else str(value)


def row_title(field: Field, language: str) -> str:
    """Return what a row of the table is, as the beginning of a line: "Người"."""
    item = in_language(field.item, language)
    return item[:1].upper() + item[1:] if item else in_language(field.label, language)


def _row(field: Field, value: Any, path: Path, tongue: Tongue) -> Row:
    label = in_language(field.label, tongue.language)
    if field.widget == "group":
        return Row(label, "", path, field.sensitive, _parts(field, value, path, tongue))
    if field.widget == "table":
        rows = value if isinstance(value, list) else []
        numbered = (
            Row(
                f"{row_title(field, tongue.language)} {number + 1}",
                "",
                (*path, number),
                field.sensitive,
                _parts(field, row, (*path, number), tongue),
            )
            for number, row in enumerate(rows)
        )
        return Row(label, "", path, field.sensitive, tuple(numbered))
    shown = shown_value(field, value, tongue.language, tongue.choices, tongue.yes_no)
    return Row(label, shown, path, field.sensitive, reminder=_reminder(field, value, tongue))


def _reminder(field: Field, value: Any, tongue: Tongue) -> str:
    """Return what is to be said beside the answer, "" for nothing; an answer that is wrong has its error instead."""
    reminder = field.reminder
    if reminder is None or value is None or fault_of(field, value, Circumstances()) is not None:
        return ""
    if reminder.younger_than_years:
        said = tongue.today is not None and _is_younger(value, reminder.younger_than_years, tongue.today)
    else:
        said = any(same(value, one) for one in reminder.answers)
    return in_language(reminder.text, tongue.language) if said else ""


def _is_younger(born: str, years: int, today: date) -> bool:
    """Tell whether who was born then is surely younger than so many years; a partial date counts as its earliest day."""
    earliest = PartialDate.from_iso(born).earliest
    age = today.year - earliest.year - ((today.month, today.day) < (earliest.month, earliest.day))
    return age < years


def _parts(field: Field, value: Any, path: Path, tongue: Tongue) -> tuple[Row, ...]:
    inner = value if isinstance(value, Mapping) else {}
    return tuple(_row(one, inner.get(one.name), (*path, one.name), tongue) for one in asked(field.fields, inner))


def _labels(field: Field, values: Iterable[str], tongue: Tongue) -> str:
    chosen = set(values)
    return ", ".join(in_language(option.label, tongue.language) for option in field.options if option.value in chosen)


_SHOWN: dict[str, Callable[[Field, Any, Tongue], str]] = {
    "choice": lambda field, value, tongue: _labels(field, [value], tongue),
    "choices": _labels,
    "date": lambda _field, value, _tongue: str(PartialDate.from_iso(value)),
    "partial-date": lambda _field, value, _tongue: str(PartialDate.from_iso(value)),
    "integer": lambda _field, value, _tongue: shown_number(int(value)),
    "money": lambda _field, value, _tongue: f"{shown_number(int(value))} đ",
    "boolean": lambda _field, value, tongue: tongue.yes_no[0 if value else 1],
    "phone": lambda _field, value, _tongue: shown_phone(value),
    "village": lambda _field, value, tongue: tongue.choices.get("village", {}).get(value, value),
    "ethnicity": lambda _field, value, tongue: tongue.choices.get("ethnicity", {}).get(value, value),
}
