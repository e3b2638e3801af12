"""Who is about to be late: tables of cases for the rule, without a database."""

from datetime import date, datetime, timedelta

import pytest

from xaso.apps.dossiers.pace import ENOUGH, SoonLate, Standing, Usual, soon_late, times_in_stages, usual_of
from xaso.kernel.worktime import VN, Pause, WorkCalendar

HOUR = timedelta(hours=1)
DAY = timedelta(hours=7, minutes=30)
TERM = 10 * DAY
PACE = {"accepted": Usual(HOUR, 9), "examining": Usual(4 * DAY, 12), "in_review": Usual(3 * DAY, 20)}
CALENDAR = WorkCalendar(years=frozenset({2026}))


def standing(state: str, left: timedelta, in_state: timedelta = timedelta(), term: timedelta = TERM) -> Standing:
    return Standing(state, term, left, in_state)


def warned(state: str, left: timedelta, in_state: timedelta = timedelta(), pace: dict[str, Usual] | None = None) -> SoonLate | None:
    return soon_late(standing(state, left, in_state), PACE if pace is None else pace)


@pytest.mark.parametrize(
    ("state", "left", "in_state", "needed"),
    [
        ("in_review", 2 * DAY, timedelta(), 3 * DAY),
        ("in_review", 3 * DAY, timedelta(), None),
        ("in_review", 2 * DAY, DAY, None),
        ("in_review", DAY, DAY, 2 * DAY),
        ("examining", 7 * DAY, timedelta(), None),
        ("examining", 6 * DAY, timedelta(), 7 * DAY),
        ("examining", 4 * DAY, 2 * DAY, 5 * DAY),
        ("accepted", 7 * DAY, timedelta(), 7 * DAY + HOUR),
        ("accepted", 7 * DAY + HOUR, timedelta(), None),
    ],
)
def test_warned_when_less_is_left_than_the_steps_from_here_usually_take(
    state: str, left: timedelta, in_state: timedelta, needed: timedelta | None
) -> None:
    why = warned(state, left, in_state)
    assert (why.usual if why else None) == needed


def test_the_warning_names_what_it_rests_on() -> None:
    why = warned("in_review", 2 * DAY)
    assert why == SoonLate(2 * DAY, 3 * DAY, 20, 0.8, last_step_only=True)
    assert why.spare == -DAY
    from_here = warned("examining", 6 * DAY)
    assert from_here is not None
    assert (from_here.dossiers, from_here.last_step_only) == (12, False)


@pytest.mark.parametrize(
    ("state", "used", "is_warned"),
    [
        ("accepted", 0.49, False),
        ("accepted", 0.5, True),
        ("examining", 0.74, False),
        ("examining", 0.75, True),
        ("in_review", 0.89, False),
        ("in_review", 0.9, True),
    ],
)
@pytest.mark.parametrize("pace", [{}, {**PACE, "in_review": Usual(HOUR, ENOUGH - 1)}], ids=["no history", "too little history"])
def test_without_enough_history_the_used_share_of_the_term_decides(
    state: str, used: float, is_warned: bool, pace: dict[str, Usual]
) -> None:
    left = timedelta(seconds=round(TERM.total_seconds() * (1 - used)))
    why = warned(state, left, pace=pace)
    assert (why is not None) == is_warned
    assert why is None or why.usual is None


@pytest.mark.parametrize(("left", "is_warned"), [(3 * DAY, False), (DAY, True)])
def test_a_step_slower_than_usual_says_nothing_any_more_and_the_share_decides(left: timedelta, is_warned: bool) -> None:
    quick = {**PACE, "in_review": Usual(HOUR, 30)}
    why = warned("in_review", left, in_state=2 * HOUR, pace=quick)
    assert (why is not None) == is_warned


@pytest.mark.parametrize(
    ("state", "left"), [("in_review", timedelta()), ("in_review", -DAY), ("supplement_asked", HOUR), ("solved", HOUR), ("submitted", HOUR)]
)
def test_what_is_late_already_or_whose_clock_does_not_run_is_not_warned_of(state: str, left: timedelta) -> None:
    assert warned(state, left) is None


def test_a_quick_office_is_not_warned_of_a_nearly_used_term() -> None:
    quick = {"in_review": Usual(timedelta(minutes=20), 40)}
    assert soon_late(standing("in_review", HOUR, timedelta(minutes=5)), quick) is None


@pytest.mark.parametrize(("hours", "usual"), [([1, 2, 90], 2), ([4], 4), ([1, 3], 2)])
def test_the_usual_time_is_the_median(hours: list[int], usual: int) -> None:
    assert usual_of([timedelta(hours=one) for one in hours]) == Usual(timedelta(hours=usual), len(hours))


def test_nothing_finished_has_no_usual_time() -> None:
    with pytest.raises(ValueError, match="no finished step"):
        usual_of([])


def test_time_in_a_step_is_office_time_without_pauses_and_a_step_done_twice_counts_whole() -> None:
    def at(day: int, hour: int) -> datetime:
        return datetime(2026, 11, day, hour, tzinfo=VN)

    assert CALENDAR.is_working_day(date(2026, 11, 19))
    entered = [
        ("submitted", at(19, 8)),
        ("accepted", at(19, 9)),
        ("examining", at(19, 10)),
        ("in_review", at(19, 15)),
        ("examining", at(20, 8)),
        ("in_review", at(20, 10)),
        ("solved", at(20, 11)),
    ]
    spent = times_in_stages(entered, [Pause(at(20, 8), at(20, 9))], CALENDAR)
    assert spent == {"accepted": HOUR, "examining": 4 * HOUR, "in_review": 3 * HOUR + timedelta(minutes=30)}
