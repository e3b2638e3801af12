"""When a person is reminded of an appointment. Pure functions over values."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from xaso.kernel.worktime import VN

NIGHT_BEGINS, NIGHT_ENDS = time(20, 30), time(7, 0)
TOO_LATE = timedelta(minutes=30)
"""So shortly before, whoever comes is on the way."""


def is_night(at: datetime) -> bool:
    """Tell whether a phone must not ring: from half past eight in the evening until seven in the morning."""
    local = at.astimezone(VN).time()
    return local >= NIGHT_BEGINS or local < NIGHT_ENDS


def remind_at(starts_at: datetime, hours_before: int) -> datetime:
    """Return the moment of a reminder; one that would fall into the night comes the evening before it."""
    at = (starts_at - timedelta(hours=hours_before)).astimezone(VN)
    if not is_night(at):
        return at
    evening = at.date() if at.time() >= NIGHT_BEGINS else at.date() - timedelta(days=1)
    return datetime.combine(evening, NIGHT_BEGINS, tzinfo=VN) - timedelta(minutes=1)


def reminder_due(starts_at: datetime, booked_at: datetime, hours: Iterable[int], now: datetime) -> int | None:
    """Return which reminder, by its hours, is to be sent now: the latest whose moment has come. None for none.

    Who booked after that moment needs none. After a standstill only the latest is sent, never two at once, and none at night.
    """
    if is_night(now) or now > starts_at - TOO_LATE:
        return None
    due = [(remind_at(starts_at, before), before) for before in hours if remind_at(starts_at, before) <= now]
    if not due:
        return None
    at, before = max(due)
    return before if booked_at < at else None
