"""What the worker does for the queue: ends days after midnight in Vietnam, and forgets what is old."""

from datetime import datetime, timedelta

from xaso.apps.queue.actions import days

END_EVERY = timedelta(minutes=1)
FORGET_EVERY = timedelta(hours=6)
_done: dict[str, datetime] = {}


def end_days(now: datetime) -> int:
    """End days that are over, looking once a minute; returns how many numbers were still open."""
    return days.end_days(now) if _is_time("end", END_EVERY, now) else 0


def forget_old(now: datetime) -> int:
    """Forget old numbers and names a few times a day; returns how many."""
    return days.forget_old(now) if _is_time("forget", FORGET_EVERY, now) else 0


def _is_time(what: str, every: timedelta, now: datetime) -> bool:
    last = _done.get(what)
    if last is not None and timedelta() <= now - last < every:
        return False
    _done[what] = now
    return True
