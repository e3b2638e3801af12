"""The working calendar as the catalogue has it: holidays and swap days of each year, with the commune's office hours."""

from datetime import date
from functools import lru_cache
from typing import Any

import yaml
from django.conf import settings
from django.utils.translation import get_language

from xaso.kernel.worktime import USUAL_HOURS, DayKind, OfficeHours, SpecialDay, WorkCalendar, load_calendar, special_days


@lru_cache(maxsize=64)
def work_calendar(hours: OfficeHours = USUAL_HOURS) -> WorkCalendar:
    """Return the calendar of all years that catalogue/holidays holds."""
    return load_calendar(_years(), hours)


def day_off_name(day: date) -> str:
    """Return the name of the holiday on that day in the visitor's language, empty when there is none."""
    names = _holiday_names().get(day, {})
    return names.get(get_language() or "vi") or names.get("vi", "")


def forget() -> None:
    """Read the catalogue anew at the next question."""
    for remembered in (work_calendar, _years, _holiday_names):
        remembered.cache_clear()


def national_days() -> list[SpecialDay]:
    """Return all days off and days worked in exchange that catalogue/holidays holds, in order."""
    return [special for year in _years() for special in special_days(year)]


@lru_cache(maxsize=1)
def _years() -> tuple[dict[str, Any], ...]:
    paths = sorted((settings.CATALOGUE_DIR / "holidays").glob("*.yaml"))
    return tuple(yaml.safe_load(path.read_text(encoding="utf-8")) for path in paths)


@lru_cache(maxsize=1)
def _holiday_names() -> dict[date, dict[str, str]]:
    return {special.day: dict(special.name) for year in _years() for special in special_days(year) if special.kind is not DayKind.WORK_SWAP}
