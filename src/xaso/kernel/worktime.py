"""The legal clock: office hours, days off, terms in hours, days and working days, pauses, and what is left or overdue."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

VN = ZoneInfo("Asia/Ho_Chi_Minh")

Span = tuple[datetime, datetime]
_DAY = timedelta(days=1)


class Unit(StrEnum):
    """What a term is counted in."""

    HOUR = "hour"
    DAY = "day"
    WORKING_DAY = "working_day"


@dataclass(frozen=True)
class Term:
    """How long the office has for its answer, 1 or more of the unit.

    `same_day_until` is for work done while people wait: what comes in on a working day by that minute has that day as its first,
    so that `Term(1, Unit.WORKING_DAY, time(15))` is due today, and from 15:01 on the next working day.
    """

    amount: int
    unit: Unit
    same_day_until: time | None = None

    def __post_init__(self) -> None:
        if self.amount < 1:
            raise ValueError(f"a term is 1 or more, not {self.amount}")
        if self.unit is Unit.HOUR and self.same_day_until is not None:
            raise ValueError("a term in hours has no same-day rule")


@dataclass(frozen=True)
class OfficeHours:
    """The spans of a working day in which the office works, in order."""

    spans: tuple[tuple[time, time], ...] = ((time(7, 30), time(11, 30)), (time(13, 30), time(17, 0)))

    def __post_init__(self) -> None:
        moments = [moment for span in self.spans for moment in span]
        if not moments or any(later <= earlier for earlier, later in pairwise(moments)):
            raise ValueError(f"office hours must rise: {self.spans}")


USUAL_HOURS = OfficeHours()


@dataclass(frozen=True)
class WorkCalendar:
    """Which days are worked, and when. Saturdays and Sundays are off but for `work_swaps`; `holidays` holds all other days off.

    `years` are those whose days off are known; beyond them only weekends are.
    """

    holidays: frozenset[date] = frozenset()
    work_swaps: frozenset[date] = frozenset()
    hours: OfficeHours = USUAL_HOURS
    years: frozenset[int] = frozenset()

    def is_working_day(self, day: date) -> bool:
        """Tell whether the office works on the day."""
        return day in self.work_swaps or (day.weekday() < 5 and day not in self.holidays)

    def next_working_day(self, day: date) -> date:
        """Return the first working day after the given day."""
        day += _DAY
        while not self.is_working_day(day):
            day += _DAY
        return day

    def close_of(self, day: date) -> datetime:
        """Return when the office closes, or would close if it worked, on the day."""
        return datetime.combine(day, self.hours.spans[-1][1], tzinfo=VN)

    def spans_of(self, day: date) -> tuple[Span, ...]:
        """Return the office hours of the day; none on a day off."""
        if not self.is_working_day(day):
            return ()
        return tuple(
            (datetime.combine(day, opens, tzinfo=VN), datetime.combine(day, closes, tzinfo=VN)) for opens, closes in self.hours.spans
        )

    def knows(self, day: date) -> bool:
        """Tell whether the days off of that year are known."""
        return day.year in self.years


@dataclass(frozen=True)
class Pause:
    """A time in which the clock stands; without an end it still does."""

    start: datetime
    end: datetime | None = None

    def __post_init__(self) -> None:
        _local(self.start)
        if self.end is not None and _local(self.end) < self.start:
            raise ValueError(f"a pause ends before it begins: {self}")

    def holds(self, instant: datetime) -> bool:
        """Tell whether the clock stands at the instant; at the pause's two ends it runs."""
        return self.start < instant and (self.end is None or instant < self.end)


@dataclass(frozen=True)
class Stretch:
    """Office time as a page shows it: whole working days, or hours and minutes within less than that; all 0 outside office hours."""

    working_days: int
    hours: int
    minutes: int


def due_at(accepted_at: datetime, term: Term, calendar: WorkCalendar, pauses: Iterable[Pause] = ()) -> datetime | None:
    """Return the last moment for the answer, in Vietnam's time; None while a pause has no end.

    Days: the day of acceptance does not count, and counting begins on the next day also when that or the day itself is off (Civil Code
    91/2015/QH13, art. 147(2)); a term with `same_day_until` may count its own day. A term in plain days counts all days; where its last
    is off it ends on the next working day (art. 148(5)). It ends when the office closes, not at midnight.

    Hours are office hours, from the moment of acceptance or the next opening.

    Pauses may overlap. A day counts if the clock runs when the office closes: of a pause from Tuesday 10:00 to Thursday 09:00, Tuesday and
    Wednesday are given back and Thursday counts; a pause within one day's hours gives none back. With `same_day_until` the clock must also
    run at that minute. Hours spent in a pause are given back to the second. A pause after the end changes nothing.

    Whether a term resumes or starts anew after a supplement is the caller's choice: for anew, pass the later `accepted_at` and no pauses.
    """
    taken = tuple(pauses)
    started_at = _local(accepted_at)
    if any(pause.end is None for pause in taken):
        return None
    if term.unit is Unit.HOUR:
        return _after_office_hours(started_at, timedelta(hours=term.amount), calendar, taken)
    return _after_days(started_at, term, calendar, taken)


def remaining(due: datetime, now: datetime, calendar: WorkCalendar) -> Stretch | None:
    """Return the office time that is left; None once it is overdue.

    Days are working days after today up to that of the end; where less than a day's office hours is left, hours and minutes, rounded down.
    """
    end, start = _local(due), _local(now)
    if start > end:
        return None
    days = sum(calendar.is_working_day(day) for day in _days_after(start.date(), end.date()))
    left = office_time(start, end, calendar)
    if days and left >= _full_day(calendar):
        return Stretch(days, 0, 0)
    return _in_hours(left)


def lateness(due: datetime, now: datetime, calendar: WorkCalendar, pauses: Iterable[Pause] = ()) -> Stretch | None:
    """Return by how much office time it is overdue; None while it is not.

    From the next working day on it is counted in days, as registers do; on the day itself in hours and minutes, rounded down.
    Days and hours in which the clock stands are not late. Source: the national portal's synchronisation rules (its states 5, 6 and 8).
    """
    start, end = _local(due), _local(now)
    if end <= start:
        return None
    taken = tuple(pauses)
    days = [day for day in _days_after(start.date(), end.date()) if calendar.is_working_day(day)]
    late = sum(not _stands(min(calendar.close_of(day), end), taken) for day in days)
    return Stretch(late, 0, 0) if late else _in_hours(office_time(start, end, calendar, taken))


def office_time(start: datetime, end: datetime, calendar: WorkCalendar, pauses: Iterable[Pause] = ()) -> timedelta:
    """Return how much of the time between two moments lies in office hours and in no pause."""
    first, last = _local(start), _local(end)
    taken = tuple(pauses)
    total = timedelta()
    for day in _days_after(first.date() - _DAY, last.date()):
        for begins, ends in _running(calendar.spans_of(day), first, taken):
            total += max(min(ends, last) - begins, timedelta())
    return total


class DayKind(StrEnum):
    """Why a day is off, or worked: by law, in place of a day off that was a holiday or is worked, or in exchange for such a day."""

    HOLIDAY = "holiday"
    COMP_OFF = "comp_off"
    WORK_SWAP = "work_swap"


@dataclass(frozen=True)
class SpecialDay:
    """An entry of the holidays of a year. `name` holds the languages; `confirm` says that the fact is not proven yet."""

    day: date
    kind: DayKind
    name: Mapping[str, str]
    source: str
    checked_on: date
    confirm: bool


def special_days(year: Mapping[str, Any]) -> tuple[SpecialDay, ...]:
    """Return the entries of one year's file, in order of days. Raises ValueError for an entry that can't be so, and names it."""
    found = tuple(sorted((_special_day(entry) for entry in year["days"]), key=lambda special: special.day))
    for earlier, later in pairwise(found):
        if earlier.day == later.day:
            raise ValueError(f"{later.day} stands twice")
    if strange := [special.day for special in found if special.day.year != year["year"]]:
        raise ValueError(f"{strange[0]} is no day of {year['year']}")
    return found


def load_calendar(years: Iterable[Mapping[str, Any]], hours: OfficeHours = USUAL_HOURS) -> WorkCalendar:
    """Return the calendar that the files of several years make together.

    A file is `{year, days: [{date, kind, name: {vi, en}, source, checked_on, confirm?}]}`. Raises ValueError as `special_days` does.
    """
    files = tuple(years)
    entries = [special for year in files for special in special_days(year)]
    return WorkCalendar(
        holidays=frozenset(special.day for special in entries if special.kind is not DayKind.WORK_SWAP),
        work_swaps=frozenset(special.day for special in entries if special.kind is DayKind.WORK_SWAP),
        hours=hours,
        years=frozenset(int(year["year"]) for year in files),
    )


def _after_days(started_at: datetime, term: Term, calendar: WorkCalendar, pauses: tuple[Pause, ...]) -> datetime:
    day = started_at.date()
    if not _counts_own_day(started_at, term, calendar):
        day += _DAY
    left = term.amount
    while True:
        worked = calendar.is_working_day(day)
        if not any(_stands(instant, pauses) for instant in _tests_of(day, term, calendar)):
            left -= worked or term.unit is Unit.DAY
            if left <= 0 and worked:
                return calendar.close_of(day)
        day += _DAY


def _after_office_hours(started_at: datetime, left: timedelta, calendar: WorkCalendar, pauses: tuple[Pause, ...]) -> datetime:
    day = started_at.date()
    while True:
        for begins, ends in _running(calendar.spans_of(day), started_at, pauses):
            if ends - begins >= left:
                return begins + left
            left -= ends - begins
        day += _DAY


def _counts_own_day(started_at: datetime, term: Term, calendar: WorkCalendar) -> bool:
    if term.same_day_until is None or not calendar.is_working_day(started_at.date()):
        return False
    return started_at <= _last_instant_of(started_at.date(), term.same_day_until)


def _tests_of(day: date, term: Term, calendar: WorkCalendar) -> Iterator[datetime]:
    """Yield the moments at which the clock must run for the day to count."""
    yield calendar.close_of(day)
    if term.same_day_until is not None:
        yield _last_instant_of(day, term.same_day_until)


def _last_instant_of(day: date, minute: time) -> datetime:
    """Return the end of that minute: a slip shows 15:00 for 15:00:40 too."""
    return datetime.combine(day, minute.replace(second=59, microsecond=999_999), tzinfo=VN)


def _stands(instant: datetime, pauses: tuple[Pause, ...]) -> bool:
    return any(pause.holds(instant) for pause in pauses)


def _running(spans: tuple[Span, ...], since: datetime, pauses: tuple[Pause, ...]) -> list[Span]:
    """Return what is left of a day's spans, in order, from `since` on and without the pauses."""
    left = [(max(begins, since), ends) for begins, ends in spans if ends > since]
    for pause in pauses:
        left = [piece for span in left for piece in _without(span, pause)]
    return left


def _without(span: Span, pause: Pause) -> Iterator[Span]:
    begins, ends = span
    if pause.start > begins:
        yield begins, min(ends, pause.start)
    if pause.end is not None and pause.end < ends:
        yield max(begins, pause.end), ends


def _full_day(calendar: WorkCalendar) -> timedelta:
    minutes = sum((closes.hour - opens.hour) * 60 + closes.minute - opens.minute for opens, closes in calendar.hours.spans)
    return timedelta(minutes=minutes)


def _in_hours(office: timedelta) -> Stretch:
    hours, minutes = divmod(int(office.total_seconds()) // 60, 60)
    return Stretch(0, hours, minutes)


def _days_after(first: date, last: date) -> Iterator[date]:
    """Yield the days after the first, up to and with the last."""
    for number in range(1, (last - first).days + 1):
        yield first + timedelta(days=number)


def _local(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError(f"no time zone: {instant}")
    return instant.astimezone(VN)


def _special_day(entry: Mapping[str, Any]) -> SpecialDay:
    special = SpecialDay(
        day=_as_date(entry["date"]),
        kind=DayKind(entry["kind"]),
        name=dict(entry["name"]),
        source=str(entry["source"]),
        checked_on=_as_date(entry["checked_on"]),
        confirm=bool(entry.get("confirm", False)),
    )
    weekend = special.day.weekday() >= 5
    if weekend != (special.kind is DayKind.WORK_SWAP) and special.kind is not DayKind.HOLIDAY:
        raise ValueError(f"{special.day} is {'a weekend' if weekend else 'no weekend'}: it can't be {special.kind}")
    return special


def _as_date(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value
