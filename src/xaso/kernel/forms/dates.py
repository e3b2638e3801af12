"""Dates as people type them, to ISO; and when there is no such day, why."""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from xaso.kernel.forms.cleaning import plain_digits

OLDEST_YEAR, LATEST_YEAR = 1800, 2199

_WORDS = re.compile(r"\b(ngày|mùng|mồng|tháng|năm)\b", re.IGNORECASE)
_SPLIT = re.compile(r"[\s/.,\-]+")
_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True, slots=True)
class NoSuchDayError(Exception):
    """Why a text is no date. `reason`: unreadable, day, month or year; for a day, `params` holds day, month and last_day."""

    reason: str
    params: Mapping[str, Any] = field(default_factory=dict)


def read_date(text: str, *, partial: bool) -> str:
    """Return ISO: `2026-11-05`; if partial also `1952` or `1952-11`. Raises NoSuchDayError.

    Reads 5/11/2026, 05112026, 2026-11-05, ngày 5 tháng 11 năm 2026 and, of a partial date, 00/00/1952.
    """
    parts = [part for part in _SPLIT.split(_WORDS.sub(" ", plain_digits(text))) if part]
    if not parts or any(not part.isascii() or not part.isdigit() or len(part) > 8 for part in parts):
        raise NoSuchDayError("unreadable")
    if len(parts) == 1 and len(parts[0]) == 8:
        parts = [parts[0][:2], parts[0][2:4], parts[0][4:]]
    elif len(parts) > 1 and len(parts[0]) == 4:
        parts.reverse()
    numbers = [int(part) for part in parts]
    while len(numbers) > 1 and numbers[0] == 0:
        del numbers[0]
    if len(numbers) > 3 or (len(numbers) < 3 and not partial):
        raise NoSuchDayError("unreadable")
    return _checked(numbers)


def check_iso(text: str, *, partial: bool) -> None:
    """Raise NoSuchDayError unless the text is a date in the form we store; a date in another form tells its own fault if it has one."""
    match = _ISO.fullmatch(text)
    if match is None or not (partial or match[3]):
        read_date(text, partial=partial)
        raise NoSuchDayError("unreadable")
    _checked([int(part) for part in reversed(match.groups()) if part is not None])


def _checked(numbers: list[int]) -> str:
    """Return ISO from [day,] [month,] year. Raises NoSuchDayError with the first fault: year, then month, then day."""
    year = numbers[-1]
    if not OLDEST_YEAR <= year <= LATEST_YEAR:
        raise NoSuchDayError("year", {"year": year})
    if len(numbers) == 1:
        return f"{year:04}"
    month = numbers[-2]
    if not 1 <= month <= 12:
        raise NoSuchDayError("month", {"month": month})
    if len(numbers) == 2:
        return f"{year:04}-{month:02}"
    day, last_day = numbers[0], monthrange(year, month)[1]
    if not 1 <= day <= last_day:
        raise NoSuchDayError("day", {"day": day, "month": month, "year": year, "last_day": last_day})
    return f"{year:04}-{month:02}-{day:02}"
