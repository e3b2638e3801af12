"""What may be done about a due date that can't be kept: who is told by when, how often the date moves, and how the outcome counts. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import count

from xaso.kernel.worktime import VN, Pause, Term, Unit, WorkCalendar, due_at


@dataclass(frozen=True)
class ExtensionRule:
    """How often a due date may move, and how many days before it the apology must be given at the latest. `confirm`: not proven."""

    most: int
    least_days_before: int
    source: str
    confirm: bool


RULE = ExtensionRule(
    most=1,
    least_days_before=1,
    source="Theo Nghị định 61/2018/NĐ-CP (đã hết hiệu lực); chưa đối chiếu với Nghị định 118/2025/NĐ-CP và Thông tư 03/2025/TT-VPCP",
    confirm=True,
)
"""Recalled from the decree that was replaced; the new texts have not been read for it. So people see that it is to be confirmed."""


class Standing(StrEnum):
    """What an apology given now would do: move the due date, only promise a day, or nothing, since the date has moved already."""

    MOVES = "moves"
    TOO_LATE = "too_late"
    USED_UP = "used_up"


@dataclass(frozen=True)
class Moved:
    """A due date that was moved: when, and to when."""

    at: datetime
    new_due_at: datetime


class Outcome(StrEnum):
    """How a dossier stands with what was promised; `EXTENDED` was kept by the new date and not by the first."""

    EARLY = "early"
    ON_TIME = "on_time"
    EXTENDED = "extended"
    LATE = "late"
    RUNNING = "running"
    OVERDUE = "overdue"
    PAUSED = "paused"
    ENDED = "ended"
    UNKNOWN = "unknown"


def standing(due: datetime, now: datetime, moved_before: int, rule: ExtensionRule = RULE) -> Standing:
    """Tell what an apology given now does. Days are whole days of the calendar: what is due tomorrow may be excused today."""
    last_day = due.astimezone(VN).date() - timedelta(days=rule.least_days_before)
    if now.astimezone(VN).date() > last_day:
        return Standing.TOO_LATE
    return Standing.USED_UP if moved_before >= rule.most else Standing.MOVES


def fault_of_day(new_on: date, due: datetime, now: datetime, calendar: WorkCalendar) -> str:
    """Return the code of what is wrong with a promised day, empty when nothing is: it is later than both due date and today, and worked."""
    if new_on <= max(due.astimezone(VN).date(), now.astimezone(VN).date()):
        return "dossiers.day_too_early"
    if not calendar.knows(new_on):
        return "dossiers.day_unknown"
    return "" if calendar.is_working_day(new_on) else "dossiers.day_off"


def moved_due_at(moved: Moved, calendar: WorkCalendar, pauses: Iterable[Pause]) -> datetime | None:
    """Return the new due date, pushed on by as many working days as the clock stood since it was promised; None while it stands."""
    later = tuple(pause for pause in pauses if pause.start >= moved.at)
    first, last = moved.at.astimezone(VN).date(), moved.new_due_at.astimezone(VN).date()
    days = sum(calendar.is_working_day(first + timedelta(days=number)) for number in range(1, (last - first).days + 1))
    return due_at(moved.at, Term(max(days, 1), Unit.WORKING_DAY), calendar, later)


def due_with(term_due: datetime | None, moves: Iterable[Moved], calendar: WorkCalendar, pauses: Iterable[Pause]) -> datetime | None:
    """Return the later of what the term gives and what was promised instead; None where the term gives none."""
    taken = tuple(pauses)
    if term_due is None:
        return None
    return max([term_due, *(due for moved in moves if (due := moved_due_at(moved, calendar, taken)) is not None)])


def kept(due: datetime | None, at: datetime) -> Outcome:
    """Tell how a moment stands with a due date: before its day, on it, or after it."""
    if due is None:
        return Outcome.UNKNOWN
    if at > due:
        return Outcome.LATE
    return Outcome.EARLY if at.astimezone(VN).date() < due.astimezone(VN).date() else Outcome.ON_TIME


def outcome(
    *, first_due_at: datetime | None, due: datetime | None, solved_at: datetime | None, is_ended: bool, is_paused: bool, now: datetime
) -> Outcome:
    """Tell how a dossier stands with its promise. `first_due_at` is the date before it was moved, None if it never was.

    Who is answered after the first date and by the moved one was not answered on time: that is counted by itself.
    """
    if solved_at is not None:
        if first_due_at is None or solved_at <= first_due_at:
            return kept(first_due_at or due, solved_at)
        return Outcome.EXTENDED if due is not None and solved_at <= due else Outcome.LATE
    if is_ended:
        return Outcome.ENDED
    if is_paused:
        return Outcome.PAUSED
    if due is None:
        return Outcome.UNKNOWN
    return Outcome.OVERDUE if now > due else Outcome.RUNNING


def soonest_day(due: datetime, now: datetime, calendar: WorkCalendar) -> date:
    """Return the first day that may be promised."""
    start = max(due.astimezone(VN).date(), now.astimezone(VN).date())
    return next(day for number in count(1) if calendar.is_working_day(day := start + timedelta(days=number)))
