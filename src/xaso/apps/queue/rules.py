"""What the house decides about a queue, as pure functions: when numbers are given, whose turn it is, how long one may have to wait."""

import math
from collections import deque
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median, quantiles

from xaso.kernel.worktime import VN, Span, WorkCalendar

FAVOURED_IN_A_ROW = 2
"""After so many who went first, one who did not goes, so that nobody waits for ever."""
LATE_AFTER = timedelta(minutes=15)
"""Who comes later than this to an appointment queues from her arrival like everybody else."""
ARRIVE_BEFORE = timedelta(hours=1)
"""An appointment's number is given from this long before its time."""
FEWEST_MEASURED = 5
"""With fewer services measured nothing is said about waiting."""
ROUNDED_TO_MINUTES = 5
COUNTER_WORKS_FOR = timedelta(minutes=90)
"""A counter that called nobody for longer counts as closed."""
DAYS_AHEAD = 14


@dataclass(frozen=True)
class Hours:
    """When a group is served: its days of the week, and what narrows the office hours."""

    weekdays: frozenset[int]
    open_from: time | None = None
    open_until: time | None = None


@dataclass(frozen=True)
class Place:
    """One who waits, as far as the order needs it. `turn_at` is when her place was taken; `booked_for` the time of an appointment."""

    key: object
    turn_at: datetime
    number: int
    priority: bool = False
    booked_for: datetime | None = None

    @property
    def favoured(self) -> bool:
        """Tell whether she goes first: the desk said so, or she has an appointment and was in time for it."""
        return self.priority or (self.booked_for is not None and not is_late(self.booked_for, self.turn_at))


@dataclass(frozen=True)
class Wait:
    """A range in whole minutes."""

    least_minutes: int
    most_minutes: int


def spans(hours: Hours, day: date, calendar: WorkCalendar) -> tuple[Span, ...]:
    """Return when the group is served on the day: office hours within its own limits, on its days of the week that are no days off.

    A group may be served at weekends too; of days worked in exchange all are.
    """
    if day in calendar.holidays or (day.weekday() not in hours.weekdays and day not in calendar.work_swaps):
        return ()
    earliest = datetime.combine(day, hours.open_from or time.min, tzinfo=VN)
    latest = datetime.combine(day, hours.open_until or time.max, tzinfo=VN)
    office = ((datetime.combine(day, opens, tzinfo=VN), datetime.combine(day, closes, tzinfo=VN)) for opens, closes in calendar.hours.spans)
    cut = ((max(opens, earliest), min(closes, latest)) for opens, closes in office)
    return tuple((opens, closes) for opens, closes in cut if opens < closes)


def gives_numbers(hours: Hours, now: datetime, calendar: WorkCalendar) -> bool:
    """Tell whether numbers are given: on a day on which the group is served, from an hour before it opens until it closes for the day.

    Over the noon break numbers are given too: people who came from far need not stand at the door.
    """
    today = spans(hours, now.astimezone(VN).date(), calendar)
    return bool(today) and today[0][0] - ARRIVE_BEFORE <= now < today[-1][1]


def is_served(hours: Hours, now: datetime, calendar: WorkCalendar) -> bool:
    """Tell whether the group is served at this moment."""
    return any(opens <= now < closes for opens, closes in spans(hours, now.astimezone(VN).date(), calendar))


def slots(hours: Hours, day: date, calendar: WorkCalendar, minutes: int) -> list[datetime]:
    """Return when appointments of a day begin: one after the other, none that would end after the office closes."""
    found, length = [], timedelta(minutes=minutes)
    for opens, closes in spans(hours, day, calendar):
        begins = opens
        while begins + length <= closes:
            found.append(begins)
            begins += length
    return found


def is_late(booked_for: datetime, arrived_at: datetime) -> bool:
    """Tell whether she came too late for her appointment to count."""
    return arrived_at > booked_for + LATE_AFTER


def order(waiting: Iterable[Place], lately_favoured: Sequence[bool], now: datetime) -> list[Place]:
    """Return those who wait as they are called. `lately_favoured` says of those called last, newest first, who went first.

    Priority persons and appointments whose time has come go first, but after FAVOURED_IN_A_ROW of them one of the others, if any waits.
    Within each the place that was taken first; who was held keeps hers. An appointment whose time has not come stands behind all others.
    """
    everybody = sorted(waiting, key=lambda place: (max(place.turn_at, place.booked_for or place.turn_at), place.number))
    early = [place for place in everybody if not place.priority and place.booked_for is not None and place.booked_for > now]
    present = [place for place in everybody if place not in early]
    first, rest = (deque(place for place in present if place.favoured is favoured) for favoured in (True, False))
    in_a_row = next((count for count, favoured in enumerate(lately_favoured) if not favoured), len(lately_favoured))
    called = []
    while first or rest:
        takes_first = bool(first) and (in_a_row < FAVOURED_IN_A_ROW or not rest)
        called.append((first if takes_first else rest).popleft())
        in_a_row = in_a_row + 1 if takes_first else 0
    return called + early


def wait(*, ahead: int, ahead_of_counters: int, counters: int, service_seconds: Collection[float]) -> Wait | None:
    """Return how long one may wait; None when that is not known: nothing or too little was measured, or no counter works.

    At best only those before her in her own group (`ahead`) are served, each in the time that a quarter stays below; at worst everybody
    whom the same counters call before her (`ahead_of_counters`) and one who is being served, each in the time that a quarter exceeds.
    Rounded outwards to ROUNDED_TO_MINUTES.
    """
    if counters < 1 or len(service_seconds) < FEWEST_MEASURED:
        return None
    short, _middle, long = quantiles(service_seconds, n=4, method="inclusive")
    step = ROUNDED_TO_MINUTES * 60
    least = math.floor(ahead * short / counters / step) * ROUNDED_TO_MINUTES
    most = math.ceil((ahead_of_counters + 1) * long / counters / step) * ROUNDED_TO_MINUTES
    return Wait(least, max(most, ROUNDED_TO_MINUTES))


def middle(seconds: Collection[float]) -> int | None:
    """Return the median in whole seconds; None of nothing."""
    return round(median(seconds)) if seconds else None
