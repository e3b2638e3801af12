"""The legal clocks of people's requests about their data. Pure.

Figures: Decree 356/2025/NĐ-CP, art. 5, as a summary gives them (read 23/11/2026, not compared with the decree's own text; to be confirmed).
"""

from dataclasses import dataclass
from datetime import date, datetime

from xaso.kernel.worktime import Term, Unit, WorkCalendar, due_at

SOURCE = "Nghị định 356/2025/NĐ-CP, điều 5"
CHECKED_ON = date(2026, 11, 23)
RECEIPT = Term(2, Unit.WORKING_DAY)
"""Within this the person is told that her request was received."""


@dataclass(frozen=True)
class Clock:
    """Days for the answer, counted from the request; `processor_days` where the work is done by a processor, None where none is named."""

    days: int
    extension_days: int
    processor_days: int | None = None


CLOCKS = {
    "view": Clock(10, 10, 15),
    "give": Clock(10, 10, 15),
    "correct": Clock(10, 10, 15),
    "delete": Clock(20, 20, 30),
    "restrict": Clock(15, 15, 20),
    "object": Clock(15, 15, 20),
    "withdraw": Clock(15, 15, 20),
    "protect": Clock(15, 15),
}


def receipt_due_at(asked_at: datetime, calendar: WorkCalendar) -> datetime:
    """Return the last moment to tell the person that her request was received."""
    return _due(asked_at, RECEIPT, calendar)


def answer_due_at(
    kind: str, asked_at: datetime, calendar: WorkCalendar, *, by_processor: bool = False, is_extended: bool = False
) -> datetime:
    """Return the last moment for the answer.

    The extension is counted from the request too, so that a first day off gives no more time; a last day off moves to the next working
    day (Civil Code 91/2015/QH13, art. 148(5)). Raises KeyError for an unknown kind.
    """
    clock = CLOCKS[kind]
    days = clock.processor_days if by_processor and clock.processor_days else clock.days
    return _due(asked_at, Term(days + (clock.extension_days if is_extended else 0), Unit.DAY), calendar)


def _due(asked_at: datetime, term: Term, calendar: WorkCalendar) -> datetime:
    due = due_at(asked_at, term, calendar)
    assert due is not None, "no pause stops this clock"
    return due
