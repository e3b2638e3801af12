"""Reads the days that officials type."""

from contextlib import suppress
from datetime import date

from xaso.kernel.errors import Refusal
from xaso.kernel.partial_dates import PartialDate


def day_or_none(text: str) -> date | None:
    """Read a day as people write it (05/11/2026) or as programs do (2026-11-05); None for what is no whole day."""
    with suppress(ValueError):
        return date.fromisoformat(text.strip())
    try:
        return date.fromisoformat(PartialDate.parse(text).iso)
    except (Refusal, ValueError):
        return None


def day_typed(text: str) -> date:
    """Read a day in the same ways. Raises Refusal `dossiers.day_wrong` for what is none."""
    day = day_or_none(text)
    if day is None:
        raise Refusal("dossiers.day_wrong")
    return day
