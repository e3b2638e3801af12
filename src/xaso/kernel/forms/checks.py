"""The engine's own rules for one answer, by widget. They say the same as the compiled JSON Schema, faster and with a reason."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from xaso.kernel.forms.cleaning import FORBIDDEN, HALF_CHARACTERS
from xaso.kernel.forms.dates import NoSuchDayError, check_iso
from xaso.kernel.forms.fields import Field, Limit
from xaso.kernel.forms.verdicts import Choices
from xaso.kernel.partial_dates import PartialDate

PERSONAL_NUMBER = "^[0-9]{12}$"
PHONE = "^(0[35789][0-9]{8}|02[0-9]{9})$"
EMAIL = r"^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$"
LINE_BREAK = "\\u000a"

Fault = tuple[str, Mapping[str, Any]] | None

_FORBIDDEN_IN_LINE = re.compile(f"[{FORBIDDEN}{HALF_CHARACTERS}{LINE_BREAK}]")
_FORBIDDEN_IN_TEXT = re.compile(f"[{FORBIDDEN}{HALF_CHARACTERS}]")
_PERSONAL_NUMBER, _PHONE, _EMAIL = re.compile(PERSONAL_NUMBER), re.compile(PHONE), re.compile(EMAIL)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """The day, and the lists that the form does not carry. Where absent, those checks are left out."""

    today: date | None = None
    choices: Choices | None = None


def fault_of(field: Field, value: object, around: Circumstances) -> Fault:
    """Return code and values of the first fault of a plain answer (no group, no table), or None."""
    return _CHECKS[field.widget](field, value, around)


def is_whole(value: object) -> bool:
    """Tell whether JSON Schema calls the value an integer: 2 and 2.0 are, true is not."""
    return (isinstance(value, int) and not isinstance(value, bool)) or (isinstance(value, float) and value.is_integer())


def _text(field: Field, value: object, around: Circumstances) -> Fault:
    if not isinstance(value, str):
        return "wrong_type", {}
    if (_FORBIDDEN_IN_TEXT if field.widget == "textarea" else _FORBIDDEN_IN_LINE).search(value):
        return "bad_characters", {}
    if not value or value.isspace():
        return "missing", {}
    return _form_of_text(field, value)


def _form_of_text(field: Field, value: str) -> Fault:
    if field.max_length and len(value) > field.max_length:
        return "too_long", {"max": field.max_length, "length": len(value)}
    if len(value) < field.min_length:
        return "too_short", {"min": field.min_length, "length": len(value)}
    if field.pattern is not None and not field.pattern.search(value):
        return "bad_pattern", {}
    return None


def _listed(field: Field, value: object, around: Circumstances) -> Fault:
    fault = _text(field, value, around)
    known = (around.choices or {}).get(field.widget)
    return fault if fault is not None or known is None or value in known else ("not_in_options", {})


def _choice(field: Field, value: object, around: Circumstances) -> Fault:
    if value == "":
        return "missing", {}
    return None if isinstance(value, str) and value in field.option_values else ("not_in_options", {})


def _choices(field: Field, value: object, around: Circumstances) -> Fault:
    if not isinstance(value, list):
        return "wrong_type", {}
    if any(not isinstance(one, str) or one not in field.option_values for one in value):
        return "not_in_options", {}
    if len(set(value)) < len(value):
        return "repeated", {}
    if len(value) < field.min_items:
        return ("too_few", {"min": field.min_items}) if value else ("missing", {})
    return ("too_many", {"max": field.max_items}) if len(value) > field.max_items else None


def _date(field: Field, value: object, around: Circumstances) -> Fault:
    fault = _text(field, value, around)
    if fault is not None or not isinstance(value, str):
        return fault
    try:
        check_iso(value, partial=field.widget == "partial-date")
    except NoSuchDayError as no:
        return "bad_date", {"reason": no.reason, **no.params}
    return _out_of_span(field, value, around.today)


def _out_of_span(field: Field, iso: str, today: date | None) -> Fault:
    """Judge by the days that a partial date can mean: it is out only if all of them are."""
    last, first = _day(field.not_after, today), _day(field.not_before, today)
    if last is None and first is None:
        return None
    day = PartialDate.from_iso(iso)
    if last is not None and day.earliest > last:
        return ("date_in_future", {}) if field.not_after == "today" else ("date_too_late", {"last": str(PartialDate.of(last))})
    if first is not None and day.latest < first:
        return ("date_in_past", {}) if field.not_before == "today" else ("date_too_early", {"first": str(PartialDate.of(first))})
    return None


def _day(limit: Limit, today: date | None) -> date | None:
    return limit if isinstance(limit, date) else today if limit == "today" else None


def _number(field: Field, value: object, around: Circumstances) -> Fault:
    if not is_whole(value):
        return "not_a_number", {}
    if value < field.minimum:  # type: ignore[operator]
        return "too_small", {"min": field.minimum}
    return ("too_large", {"max": field.maximum}) if value > field.maximum else None  # type: ignore[operator]


def _boolean(field: Field, value: object, around: Circumstances) -> Fault:
    if not isinstance(value, bool):
        return "wrong_type", {}
    return ("must_agree", {}) if field.must_agree and not value else None


def _personal_number(field: Field, value: object, around: Circumstances) -> Fault:
    fault = _text(field, value, around)
    if fault is not None or not isinstance(value, str) or _PERSONAL_NUMBER.search(value):
        return fault
    return "bad_personal_number", {"digits": sum(one.isdigit() for one in value)}


def _phone(field: Field, value: object, around: Circumstances) -> Fault:
    fault = _text(field, value, around)
    return fault if fault is not None or not isinstance(value, str) or _PHONE.search(value) else ("bad_phone", {})


def _email(field: Field, value: object, around: Circumstances) -> Fault:
    fault = _text(field, value, around)
    return fault if fault is not None or not isinstance(value, str) or _EMAIL.search(value) else ("bad_email", {})


_CHECKS: dict[str, Callable[[Field, object, Circumstances], Fault]] = {
    "text": _text,
    "textarea": _text,
    "choice": _choice,
    "choices": _choices,
    "date": _date,
    "partial-date": _date,
    "integer": _number,
    "money": _number,
    "boolean": _boolean,
    "personal-number": _personal_number,
    "phone": _phone,
    "email": _email,
    "village": _listed,
    "ethnicity": _listed,
}
