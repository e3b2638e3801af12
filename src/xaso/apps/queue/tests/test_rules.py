"""When numbers are given, whose turn it is, what is said about waiting: pure functions."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from xaso.apps.queue import rules
from xaso.apps.queue.rules import Hours, Place, Wait
from xaso.kernel.worktime import VN, WorkCalendar

EVERY_WORKING_DAY = Hours(frozenset({0, 1, 2, 3, 4}))
CALENDAR = WorkCalendar(holidays=frozenset({date(2026, 11, 24)}), work_swaps=frozenset({date(2026, 11, 28)}))
AT = datetime(2026, 11, 25, 9, 0, tzinfo=VN)


def at(text: str, day: int = 25) -> datetime:
    return datetime.combine(date(2026, 11, day), time.fromisoformat(text), tzinfo=VN)


def place(key: str, minutes_ago: int, *, priority: bool = False, booked_for: datetime | None = None) -> Place:
    return Place(key, AT - timedelta(minutes=minutes_ago), int(key[1:]), priority, booked_for)


def keys(*waiting: Place, lately: tuple[bool, ...] = (), now: datetime = AT) -> list[object]:
    return [one.key for one in rules.order(waiting, lately, now)]


@pytest.mark.parametrize(
    ("moment", "given"),
    [
        (at("06:29"), False),
        (at("06:30"), True),
        (at("12:00"), True),
        (at("16:59"), True),
        (at("17:00"), False),
        (at("09:00", 24), False),
        (at("09:00", 28), True),
        (at("09:00", 29), False),
    ],
)
def test_numbers_are_given_on_working_days_from_an_hour_before_opening_until_closing(moment: datetime, given: bool) -> None:
    assert rules.gives_numbers(EVERY_WORKING_DAY, moment, CALENDAR) is given


def test_a_group_may_narrow_the_office_hours_and_its_days() -> None:
    mornings = Hours(frozenset({2}), open_until=time(11, 0))

    assert rules.spans(mornings, date(2026, 11, 25), CALENDAR) == ((at("07:30"), at("11:00")),)
    assert rules.spans(mornings, date(2026, 11, 26), CALENDAR) == ()
    assert not rules.is_served(mornings, at("11:00"), CALENDAR)
    assert rules.is_served(mornings, at("10:59"), CALENDAR)


def test_a_group_may_be_served_on_saturdays_but_on_no_holiday() -> None:
    every_day = Hours(frozenset(range(7)))
    saturday = date(2026, 12, 5)

    assert [opens.hour for opens, _closes in rules.spans(every_day, saturday, CALENDAR)] == [7, 13]
    assert rules.spans(EVERY_WORKING_DAY, saturday, CALENDAR) == ()
    assert rules.spans(every_day, date(2026, 11, 24), CALENDAR) == ()


def test_slots_follow_each_other_and_none_runs_into_the_break() -> None:
    found = rules.slots(Hours(frozenset({2}), open_until=time(14, 15)), date(2026, 11, 25), CALENDAR, 60)

    assert found == [at("07:30"), at("08:30"), at("09:30"), at("10:30")]
    assert rules.slots(EVERY_WORKING_DAY, date(2026, 11, 24), CALENDAR, 30) == []


def test_first_come_first_called() -> None:
    assert keys(place("A2", 10), place("A1", 20), place("A3", 5)) == ["A1", "A2", "A3"]


def test_of_two_at_one_moment_the_smaller_number_goes_first() -> None:
    assert keys(place("A2", 10), place("A1", 10)) == ["A1", "A2"]


def test_priority_goes_first_but_after_two_one_of_the_others() -> None:
    waiting = [place("A1", 30), place("A2", 29), *(place(f"A{number}", 20 - number, priority=True) for number in (3, 4, 5, 6))]

    assert keys(*waiting) == ["A3", "A4", "A1", "A5", "A6", "A2"]
    assert keys(*waiting, lately=(True,)) == ["A3", "A1", "A4", "A5", "A2", "A6"]
    assert keys(*waiting, lately=(True, True)) == ["A1", "A3", "A4", "A2", "A5", "A6"]
    assert keys(*waiting, lately=(False, True)) == ["A3", "A4", "A1", "A5", "A6", "A2"]


def test_where_only_priority_waits_they_go_one_after_the_other() -> None:
    assert keys(*(place(f"A{n}", 20 - n, priority=True) for n in (1, 2, 3, 4))) == ["A1", "A2", "A3", "A4"]


def test_an_appointment_in_its_time_goes_first_and_before_its_time_last() -> None:
    booked = place("A9", 5, booked_for=AT)

    assert keys(place("A1", 60), booked) == ["A9", "A1"]
    assert keys(place("A1", 60), booked, now=AT - timedelta(minutes=1)) == ["A1", "A9"]


def test_who_came_late_to_an_appointment_queues_from_her_arrival() -> None:
    late = place("A9", 0, booked_for=AT - timedelta(minutes=16))
    in_time = place("A8", 0, booked_for=AT - timedelta(minutes=15))

    assert not late.favoured
    assert in_time.favoured
    assert keys(place("A1", 10), late, in_time) == ["A8", "A1", "A9"]


def test_nobody_is_lost_or_doubled_in_any_order() -> None:
    waiting = [
        place(f"A{n}", n * 7 % 13, priority=n % 3 == 0, booked_for=AT + timedelta(minutes=n) if n % 4 == 0 else None) for n in range(40)
    ]

    assert sorted(map(str, keys(*waiting))) == sorted(f"A{n}" for n in range(40))


def test_waiting_is_a_range_from_measured_services() -> None:
    seconds = [300.0, 360.0, 420.0, 480.0, 600.0]

    assert rules.wait(ahead=4, ahead_of_counters=6, counters=2, service_seconds=seconds) == Wait(10, 30)
    assert rules.wait(ahead=0, ahead_of_counters=0, counters=1, service_seconds=seconds) == Wait(0, 10)


@pytest.mark.parametrize(("counters", "measured"), [(0, 50), (2, 4), (1, 0)])
def test_nothing_is_said_about_waiting_where_nothing_is_known(counters: int, measured: int) -> None:
    assert rules.wait(ahead=3, ahead_of_counters=3, counters=counters, service_seconds=[300.0] * measured) is None


def test_the_middle_of_nothing_is_nothing() -> None:
    assert rules.middle([]) is None
    assert rules.middle([10.0, 20.0, 60.0]) == 20


def test_the_clock_of_vietnam_counts_and_not_that_of_utc() -> None:
    assert rules.gives_numbers(EVERY_WORKING_DAY, datetime(2026, 11, 24, 23, 45, tzinfo=UTC), CALENDAR)
