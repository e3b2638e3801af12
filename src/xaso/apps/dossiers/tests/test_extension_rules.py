"""What an apology does to a due date, and how a dossier's outcome counts: tables of cases, without a database."""

from datetime import date, datetime, time

import pytest

from xaso.apps.dossiers.due import LegalClock, Stood
from xaso.apps.dossiers.extending import (
    Moved,
    Outcome,
    Standing,
    due_with,
    fault_of_day,
    kept,
    moved_due_at,
    outcome,
    soonest_day,
    standing,
)
from xaso.kernel.worktime import VN, Pause, Term, Unit, WorkCalendar

CALENDAR = WorkCalendar(holidays=frozenset({date(2026, 11, 24)}), years=frozenset({2026}))


def at(day: int, hour: int = 9, minute: int = 0) -> datetime:
    """Return a moment of November 2026 in Vietnam; 19 November is a Thursday, 24 November is off."""
    return datetime(2026, 11, day, hour, minute, tzinfo=VN)


DUE = at(26, 17)


@pytest.mark.parametrize(
    ("now", "moved_before", "does"),
    [
        (at(20), 0, Standing.MOVES),
        (at(25, 23, 59), 0, Standing.MOVES),
        (at(26, 0, 0), 0, Standing.TOO_LATE),
        (at(26, 16, 59), 0, Standing.TOO_LATE),
        (at(30), 0, Standing.TOO_LATE),
        (at(20), 1, Standing.USED_UP),
        (at(30), 1, Standing.TOO_LATE),
    ],
)
def test_an_apology_moves_the_date_once_and_a_day_before_at_the_latest(now: datetime, moved_before: int, does: Standing) -> None:
    assert standing(DUE, now, moved_before) is does


@pytest.mark.parametrize(
    ("new_on", "now", "fault"),
    [
        (date(2026, 11, 27), at(20), ""),
        (date(2026, 11, 26), at(20), "dossiers.day_too_early"),
        (date(2026, 11, 30), at(30), "dossiers.day_too_early"),
        (date(2026, 11, 28), at(20), "dossiers.day_off"),
        (date(2027, 1, 4), at(20), "dossiers.day_unknown"),
    ],
)
def test_a_promised_day_is_a_known_working_day_after_the_due_date_and_today(new_on: date, now: datetime, fault: str) -> None:
    assert fault_of_day(new_on, DUE, now, CALENDAR) == fault


@pytest.mark.parametrize(("due", "now", "day"), [(DUE, at(20), date(2026, 11, 27)), (at(27, 17), at(20), date(2026, 11, 30))])
def test_the_soonest_day_skips_days_off(due: datetime, now: datetime, day: date) -> None:
    assert soonest_day(due, now, CALENDAR) == day


@pytest.mark.parametrize(
    ("pauses", "due"),
    [
        ((), at(30, 17)),
        ((Pause(at(16), at(18)),), at(30, 17)),
        ((Pause(at(23, 10), at(25, 9)),), datetime(2026, 12, 1, 17, tzinfo=VN)),
        ((Pause(at(23, 10)),), None),
    ],
    ids=["none", "before", "one working day", "open"],
)
def test_a_moved_date_is_pushed_on_by_what_stood_after_it(pauses: tuple[Pause, ...], due: datetime | None) -> None:
    assert moved_due_at(Moved(at(20), at(30, 17)), CALENDAR, pauses) == due


def test_a_moved_date_never_comes_before_what_the_term_gives() -> None:
    moved = [Moved(at(20), at(26, 17))]
    assert due_with(at(27, 17), moved, CALENDAR, ()) == at(27, 17)
    assert due_with(at(25, 17), moved, CALENDAR, ()) == at(26, 17)
    assert due_with(None, moved, CALENDAR, ()) is None


@pytest.mark.parametrize(
    ("moment", "known"),
    [
        (at(19, 10), at(23, 17)),
        (at(20, 9), at(23, 17)),
        (at(20, 15), None),
        (at(23, 9), None),
        (at(23, 10), at(26, 17)),
        (at(27), at(30, 17)),
    ],
)
def test_the_due_date_is_known_as_it_was_at_any_moment(moment: datetime, known: datetime | None) -> None:
    clock = LegalClock(
        accepted_at=at(19),
        term=Term(2, Unit.WORKING_DAY),
        calendar=CALENDAR,
        stood=(Stood(Pause(at(20, 9), at(23, 10)), for_supplement=True),),
        moves=(Moved(at(25), at(30, 17)),),
        restarts=True,
    )
    assert clock.due_as_of(moment) == known


@pytest.mark.parametrize(
    ("moment", "counts"),
    [(at(25, 16), Outcome.EARLY), (at(26, 9), Outcome.ON_TIME), (DUE, Outcome.ON_TIME), (at(26, 17, 1), Outcome.LATE)],
)
def test_what_comes_before_the_day_is_early_and_after_the_hour_late(moment: datetime, counts: Outcome) -> None:
    assert kept(DUE, moment) is counts


@pytest.mark.parametrize(
    ("first", "due", "solved", "counts"),
    [
        (None, DUE, at(26), Outcome.ON_TIME),
        (at(23, 17), DUE, at(23, 16), Outcome.ON_TIME),
        (at(23, 17), DUE, at(26), Outcome.EXTENDED),
        (at(23, 17), DUE, at(27), Outcome.LATE),
        (None, DUE, at(27), Outcome.LATE),
        (None, None, at(27), Outcome.UNKNOWN),
    ],
)
def test_a_moved_date_kept_is_no_first_date_kept(first: datetime | None, due: datetime | None, solved: datetime, counts: Outcome) -> None:
    found = outcome(first_due_at=first, due=due, solved_at=solved, is_ended=True, is_paused=False, now=at(30))
    assert found is counts


@pytest.mark.parametrize(
    ("facts", "counts"),
    [
        ({"is_ended": True}, Outcome.ENDED),
        ({"is_paused": True, "due": None}, Outcome.PAUSED),
        ({"due": None}, Outcome.UNKNOWN),
        ({}, Outcome.RUNNING),
        ({"now": at(27)}, Outcome.OVERDUE),
    ],
)
def test_what_is_not_solved_is_running_overdue_or_ended(facts: dict[str, object], counts: Outcome) -> None:
    usual = {"first_due_at": None, "due": DUE, "solved_at": None, "is_ended": False, "is_paused": False, "now": at(20)}
    assert outcome(**usual | facts) is counts  # type: ignore[arg-type]


def test_a_calendar_with_other_hours_closes_the_promised_day_when_it_closes() -> None:
    assert CALENDAR.close_of(date(2026, 11, 27)).time() == time(17)
