"""The legal clock counts as the law and the office's calendar say."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from xaso.kernel.worktime import (
    VN,
    DayKind,
    OfficeHours,
    Pause,
    Stretch,
    Term,
    Unit,
    WorkCalendar,
    due_at,
    lateness,
    load_calendar,
    office_time,
    remaining,
    special_days,
)

HOLIDAYS = Path(__file__).parents[4] / "catalogue" / "holidays"
YEARS: list[dict[str, Any]] = [yaml.safe_load((HOLIDAYS / f"{year}.yaml").read_text(encoding="utf-8")) for year in (2026, 2027)]
CALENDAR = load_calendar(YEARS)
SAME_DAY = Term(1, Unit.WORKING_DAY, same_day_until=time(15))


def at(day: int, month: int, hour: int = 9, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=VN)


def working_days(amount: int) -> Term:
    return Term(amount, Unit.WORKING_DAY)


def days(amount: int) -> Term:
    return Term(amount, Unit.DAY)


def hours(amount: int) -> Term:
    return Term(amount, Unit.HOUR)


@pytest.mark.parametrize(
    ("accepted", "term", "due"),
    [
        pytest.param(at(19, 11), working_days(3), at(25, 11, 17), id="culture-day-24-11-is-off"),
        pytest.param(at(23, 11, 15, 20), SAME_DAY, at(25, 11, 17), id="after-15-00-before-a-holiday"),
        pytest.param(at(20, 8), working_days(7), at(28, 8, 17), id="saturday-22-08-works"),
        pytest.param(at(24, 4), working_days(3), at(4, 5, 17), id="across-hung-kings-and-the-two-days"),
    ],
)
def test_the_deadlines_of_the_law(accepted: datetime, term: Term, due: datetime) -> None:
    assert due_at(accepted, term, CALENDAR) == due


@pytest.mark.parametrize(
    ("accepted", "due"),
    [
        (at(18, 11, 9), at(18, 11, 17)),
        (at(18, 11, 15), at(18, 11, 17)),
        (at(18, 11, 15) + timedelta(seconds=40), at(18, 11, 17)),
        (at(18, 11, 15, 1), at(19, 11, 17)),
        (at(20, 11, 15, 1), at(23, 11, 17)),
        (at(21, 11, 10), at(23, 11, 17)),
        (at(22, 8, 10), at(22, 8, 17)),
        (at(21, 8, 16), at(22, 8, 17)),
        (datetime(2026, 11, 18, 7, 59, tzinfo=UTC), at(18, 11, 17)),
        (datetime(2026, 11, 18, 8, 1, tzinfo=UTC), at(19, 11, 17)),
    ],
)
def test_work_done_while_people_wait_is_due_today_until_three_o_clock(accepted: datetime, due: datetime) -> None:
    assert due_at(accepted, SAME_DAY, CALENDAR) == due


@pytest.mark.parametrize(
    ("accepted", "amount", "due"),
    [
        (at(18, 11), 1, at(19, 11, 17)),
        (at(18, 11), 3, at(23, 11, 17)),
        (at(18, 11), 6, at(25, 11, 17)),
        (at(13, 2), 1, at(23, 2, 17)),
        (at(1, 2, year=2027), 4, at(11, 2, 17, year=2027)),
        (at(18, 11, 23, 59), 5, at(23, 11, 17)),
        (at(22, 11), 1, at(23, 11, 17)),
    ],
)
def test_plain_days_that_end_on_a_day_off_end_on_the_next_working_day(accepted: datetime, amount: int, due: datetime) -> None:
    assert due_at(accepted, days(amount), CALENDAR) == due


def test_the_day_of_acceptance_does_not_count_nor_shift_the_start() -> None:
    assert due_at(at(20, 11, 0, 1), working_days(1), CALENDAR) == at(23, 11, 17)
    assert due_at(at(20, 11, 23, 59), working_days(1), CALENDAR) == at(23, 11, 17)
    assert due_at(at(21, 11), working_days(1), CALENDAR) == at(23, 11, 17)
    assert due_at(at(24, 11), working_days(1), CALENDAR) == at(25, 11, 17)


def test_a_moment_counts_as_the_day_it_is_in_vietnam() -> None:
    assert due_at(datetime(2026, 11, 18, 16, 59, tzinfo=UTC), working_days(1), CALENDAR) == at(19, 11, 17)
    assert due_at(datetime(2026, 11, 18, 17, 0, tzinfo=UTC), working_days(1), CALENDAR) == at(20, 11, 17)


@pytest.mark.parametrize(
    ("accepted", "amount", "due"),
    [
        (at(18, 11, 8), 2, at(18, 11, 10)),
        (at(18, 11, 9, 30), 2, at(18, 11, 11, 30)),
        (at(18, 11, 10), 2, at(18, 11, 14)),
        (at(18, 11, 12), 2, at(18, 11, 15, 30)),
        (at(18, 11, 9), 8, at(19, 11, 9, 30)),
        (at(18, 11, 20), 8, at(20, 11, 8)),
        (at(20, 11, 16), 2, at(23, 11, 8, 30)),
        (at(23, 11, 16, 30), 1, at(25, 11, 8)),
        (at(21, 8, 16), 2, at(22, 8, 8, 30)),
    ],
)
def test_hours_run_in_office_hours(accepted: datetime, amount: int, due: datetime) -> None:
    assert due_at(accepted, hours(amount), CALENDAR) == due


def test_a_pause_gives_back_the_days_at_whose_close_the_clock_stood() -> None:
    asked = Pause(at(17, 11, 10), at(19, 11, 9))
    assert due_at(at(16, 11), working_days(3), CALENDAR) == at(19, 11, 17)
    assert due_at(at(16, 11), working_days(3), CALENDAR, [asked]) == at(23, 11, 17)
    assert due_at(at(16, 11), days(3), CALENDAR, [asked]) == at(23, 11, 17)
    assert due_at(at(16, 11), days(1), CALENDAR, [asked]) == at(19, 11, 17)


def test_a_pause_over_days_off_gives_back_only_days_that_count() -> None:
    weekend = Pause(at(20, 11, 17), at(23, 11, 8))
    assert due_at(at(19, 11), working_days(2), CALENDAR, [weekend]) == due_at(at(19, 11), working_days(2), CALENDAR)
    assert due_at(at(19, 11), days(6), CALENDAR) == at(25, 11, 17)
    assert due_at(at(19, 11), days(6), CALENDAR, [weekend]) == at(27, 11, 17)


def test_a_pause_within_one_day_gives_no_day_back() -> None:
    assert due_at(at(18, 11), working_days(1), CALENDAR, [Pause(at(19, 11, 8), at(19, 11, 16))]) == at(19, 11, 17)


def test_a_pause_at_the_close_of_the_last_day_moves_the_end_beyond_it() -> None:
    assert due_at(at(19, 11), days(2), CALENDAR) == at(23, 11, 17)
    assert due_at(at(19, 11), days(2), CALENDAR, [Pause(at(23, 11, 8), at(25, 11, 8))]) == at(25, 11, 17)


def test_hours_of_a_pause_are_given_back() -> None:
    assert due_at(at(18, 11, 8), hours(2), CALENDAR, [Pause(at(18, 11, 9), at(18, 11, 9, 45))]) == at(18, 11, 10, 45)
    assert due_at(at(18, 11, 8), hours(2), CALENDAR, [Pause(at(18, 11, 9), at(19, 11, 14))]) == at(19, 11, 15)
    assert due_at(at(18, 11, 8), hours(4), CALENDAR, [Pause(at(18, 11, 11), at(18, 11, 14))]) == at(18, 11, 15, 0)
    assert due_at(at(18, 11, 8), hours(2), CALENDAR, [Pause(at(18, 11, 11), at(18, 11, 14))]) == at(18, 11, 10)


def test_pauses_that_overlap_count_once() -> None:
    whole = [Pause(at(17, 11, 10), at(19, 11, 9))]
    pieces = [Pause(at(18, 11, 8), at(19, 11, 9)), Pause(at(17, 11, 10), at(18, 11, 12)), Pause(at(17, 11, 10), at(17, 11, 18))]
    for term in (working_days(3), days(3), hours(20)):
        assert due_at(at(16, 11), term, CALENDAR, pieces) == due_at(at(16, 11), term, CALENDAR, whole)


def test_an_open_pause_stops_the_clock() -> None:
    for term in (working_days(3), days(3), hours(3), SAME_DAY):
        assert due_at(at(16, 11), term, CALENDAR, [Pause(at(17, 11))]) is None


def test_pauses_before_the_start_and_after_the_end_change_nothing() -> None:
    around = [Pause(at(2, 11), at(16, 11, 8)), Pause(at(19, 11, 17), at(30, 11))]
    assert due_at(at(16, 11), working_days(3), CALENDAR, around) == at(19, 11, 17)
    assert due_at(at(16, 11), hours(3), CALENDAR, around) == at(16, 11, 14)


def test_papers_added_after_three_o_clock_give_same_day_work_until_the_next_day() -> None:
    assert due_at(at(16, 11, 10), SAME_DAY, CALENDAR, [Pause(at(16, 11, 11), at(18, 11, 14))]) == at(18, 11, 17)
    assert due_at(at(16, 11, 10), SAME_DAY, CALENDAR, [Pause(at(16, 11, 11), at(18, 11, 15, 30))]) == at(19, 11, 17)


def test_the_office_hours_of_a_commune_count() -> None:
    early = WorkCalendar(CALENDAR.holidays, CALENDAR.work_swaps, OfficeHours(((time(7), time(11)), (time(13), time(16, 30)))))
    assert due_at(at(19, 11), working_days(3), early) == at(25, 11, 16, 30)
    assert due_at(at(18, 11, 10), hours(2), early) == at(18, 11, 14)


@pytest.mark.parametrize(
    ("due", "now", "left"),
    [
        (at(18, 11, 17), at(18, 11, 14, 20), Stretch(0, 2, 40)),
        (at(18, 11, 17), at(18, 11, 10), Stretch(0, 5, 0)),
        (at(18, 11, 17), at(18, 11, 6), Stretch(0, 7, 30)),
        (at(18, 11, 17), at(18, 11, 16, 59) + timedelta(seconds=30), Stretch(0, 0, 0)),
        (at(18, 11, 17), at(18, 11, 17), Stretch(0, 0, 0)),
        (at(18, 11, 10), at(17, 11, 16), Stretch(0, 3, 30)),
        (at(18, 11, 17), at(17, 11, 16), Stretch(1, 0, 0)),
        (at(25, 11, 17), at(20, 11, 9), Stretch(2, 0, 0)),
        (at(25, 11, 17), at(24, 11, 9), Stretch(1, 0, 0)),
    ],
)
def test_what_is_left_is_said_in_working_days_or_in_hours(due: datetime, now: datetime, left: Stretch) -> None:
    assert remaining(due, now, CALENDAR) == left
    assert lateness(due, now, CALENDAR) is None


@pytest.mark.parametrize(
    ("due", "now", "late"),
    [
        (at(18, 11, 17), at(19, 11, 8), Stretch(1, 0, 0)),
        (at(18, 11, 17), at(20, 11, 8), Stretch(2, 0, 0)),
        (at(20, 11, 17), at(22, 11, 8), Stretch(0, 0, 0)),
        (at(20, 11, 17), at(25, 11, 8), Stretch(2, 0, 0)),
        (at(18, 11, 10), at(18, 11, 14), Stretch(0, 2, 0)),
        (at(18, 11, 17), at(18, 11, 18), Stretch(0, 0, 0)),
    ],
)
def test_what_is_late_is_said_in_working_days_or_in_hours(due: datetime, now: datetime, late: Stretch) -> None:
    assert lateness(due, now, CALENDAR) == late
    assert remaining(due, now, CALENDAR) is None


def test_time_in_which_the_clock_stands_is_not_late() -> None:
    asked = Pause(at(17, 11, 9), at(18, 11, 12))
    assert lateness(at(16, 11, 17), at(20, 11, 8), CALENDAR) == Stretch(4, 0, 0)
    assert lateness(at(16, 11, 17), at(20, 11, 8), CALENDAR, [asked]) == Stretch(3, 0, 0)
    assert lateness(at(16, 11, 17), at(20, 11, 8), CALENDAR, [Pause(at(18, 11, 9))]) == Stretch(1, 0, 0)
    assert lateness(at(16, 11, 17), at(17, 11, 10), CALENDAR, [Pause(at(17, 11, 9))]) == Stretch(0, 1, 30)


def test_office_time_between_two_moments() -> None:
    assert office_time(at(20, 11, 16), at(25, 11, 8), CALENDAR) == timedelta(hours=9)
    assert office_time(at(21, 11), at(22, 11), CALENDAR) == timedelta()
    assert office_time(at(20, 11), at(19, 11), CALENDAR) == timedelta()


def test_the_years_of_the_catalogue() -> None:
    off_2026 = {(1, 1), (16, 2), (17, 2), (18, 2), (19, 2), (20, 2), (26, 4), (27, 4), (30, 4), (1, 5), (31, 8), (1, 9), (2, 9), (24, 11)}
    off_2027 = {(1, 1), *((day, 2) for day in range(4, 11)), (16, 4), (30, 4), (1, 5), (3, 5), (2, 9), (3, 9), (24, 11)}
    assert CALENDAR.holidays == {date(2026, m, d) for d, m in off_2026} | {date(2027, m, d) for d, m in off_2027}
    assert CALENDAR.work_swaps == {date(2026, 8, 22)}
    assert CALENDAR.knows(date(2027, 12, 31))
    assert not CALENDAR.knows(date(2028, 1, 1))


def test_each_entry_of_the_catalogue_has_names_and_a_source() -> None:
    for special in (special for year in YEARS for special in special_days(year)):
        assert special.name["vi"]
        assert special.name["en"]
        assert special.source
        assert special.checked_on == date(2026, 11, 23)
    swap = next(special for special in special_days(YEARS[0]) if special.kind is DayKind.WORK_SWAP)
    assert (swap.day, swap.confirm) == (date(2026, 8, 22), True)


def entry(day: str, kind: str = "holiday") -> dict[str, Any]:
    return {"date": day, "kind": kind, "name": {"vi": "Nghỉ", "en": "Off"}, "source": "luật", "checked_on": "2026-11-23"}


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ([entry("2026-01-01"), entry("2026-01-01", "comp_off")], "2026-01-01 stands twice"),
        ([entry("2027-01-01")], "2027-01-01 is no day of 2026"),
        ([entry("2026-08-24", "work_swap")], "2026-08-24 is no weekend: it can't be work_swap"),
        ([entry("2026-08-22", "comp_off")], "2026-08-22 is a weekend: it can't be comp_off"),
        ([entry("2026-08-24", "feast")], "feast"),
        ([entry("24/08/2026")], "24/08/2026"),
    ],
)
def test_a_wrong_entry_is_named(entries: list[dict[str, Any]], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        load_calendar([{"year": 2026, "days": entries}])


def test_a_work_swap_makes_its_saturday_a_working_day() -> None:
    assert CALENDAR.is_working_day(date(2026, 8, 22))
    assert CALENDAR.next_working_day(date(2026, 8, 21)) == date(2026, 8, 22)
    assert CALENDAR.next_working_day(date(2026, 8, 28)) == date(2026, 9, 3)


def test_what_makes_no_sense_is_a_defect() -> None:
    with pytest.raises(ValueError, match="1 or more"):
        working_days(0)
    with pytest.raises(ValueError, match="same-day"):
        Term(8, Unit.HOUR, same_day_until=time(15))
    with pytest.raises(ValueError, match="must rise"):
        OfficeHours(((time(13), time(17)), (time(7), time(11))))
    with pytest.raises(ValueError, match="must rise"):
        OfficeHours(())
    with pytest.raises(ValueError, match="ends before it begins"):
        Pause(at(2, 11), at(1, 11))
    naive = at(2, 11).replace(tzinfo=None)
    with pytest.raises(ValueError, match="no time zone"):
        Pause(naive)
    with pytest.raises(ValueError, match="no time zone"):
        due_at(naive, days(1), CALENDAR)


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 11, 30), timezones=st.just(VN))  # noqa: DTZ001 - the strategy adds the zone
TERMS = st.builds(Term, st.integers(1, 40), st.sampled_from(Unit)) | st.just(SAME_DAY)
PAUSES = st.lists(
    st.builds(lambda start, length: Pause(start, start + length), MOMENTS, st.timedeltas(timedelta(), timedelta(days=40))), max_size=4
)


@given(MOMENTS, TERMS, PAUSES)
def test_an_answer_is_due_in_office_hours_of_a_working_day_while_the_clock_runs(
    accepted: datetime, term: Term, pauses: list[Pause]
) -> None:
    due = due_at(accepted, term, CALENDAR, pauses)
    assert due is not None
    assert CALENDAR.is_working_day(due.date())
    assert any(begins < due <= ends for begins, ends in CALENDAR.spans_of(due.date()))
    assert not any(pause.holds(due) for pause in pauses)


@given(MOMENTS, TERMS, PAUSES)
def test_a_pause_never_brings_the_end_nearer(accepted: datetime, term: Term, pauses: list[Pause]) -> None:
    free, paused = due_at(accepted, term, CALENDAR), due_at(accepted, term, CALENDAR, pauses)
    assert free is not None
    assert paused is not None
    assert paused >= free


@given(MOMENTS, MOMENTS, TERMS)
def test_who_comes_later_is_never_served_earlier(one: datetime, other: datetime, term: Term) -> None:
    earlier, later = (due_at(moment, term, CALENDAR) for moment in sorted((one, other)))
    assert earlier is not None
    assert later is not None
    assert earlier <= later


@given(MOMENTS, st.integers(1, 40), PAUSES)
def test_exactly_the_hours_of_the_term_lie_before_its_end(accepted: datetime, amount: int, pauses: list[Pause]) -> None:
    due = due_at(accepted, hours(amount), CALENDAR, pauses)
    assert due is not None
    assert office_time(accepted, due, CALENDAR, pauses) == timedelta(hours=amount)


@given(MOMENTS, MOMENTS, PAUSES)
def test_a_due_moment_is_either_ahead_or_past(due: datetime, now: datetime, pauses: list[Pause]) -> None:
    assert (remaining(due, now, CALENDAR) is None) != (lateness(due, now, CALENDAR, pauses) is None)
