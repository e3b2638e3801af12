"""The rules of a dossier, with the law's own examples."""

from datetime import date, datetime

import pytest

from xaso.apps.dossiers import rules
from xaso.apps.dossiers.flow import DELIVERY, MONEY, WORK
from xaso.kernel.worktime import VN, Pause, Term, Unit, WorkCalendar

CALENDAR = WorkCalendar(holidays=frozenset({date(2026, 11, 24)}), years=frozenset({2026}))


def at(day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=VN)


@pytest.mark.parametrize(
    ("work", "money", "delivery", "expected"),
    [
        ("held", "none", "not_ready", None),
        ("submitted", "due", "not_ready", 1),
        ("accepted", "none", "not_ready", 2),
        ("refused", "none", "not_ready", 3),
        ("examining", "due", "not_ready", 4),
        ("in_review", "paid", "not_ready", 4),
        ("asked_at_intake", "none", "not_ready", 5),
        ("supplement_asked", "requested", "not_ready", 5),
        ("examining", "requested", "not_ready", 6),
        ("withdrawn", "due", "not_ready", 7),
        ("stopped", "none", "not_ready", 8),
        ("solved", "paid", "ready", 9),
        ("solved", "paid", "handed_over", 10),
    ],
)
def test_our_four_states_say_which_of_the_ten_national_states_it_is(work: str, money: str, delivery: str, expected: int | None) -> None:
    assert rules.national_state(work, money, delivery) == expected


def test_every_combination_of_states_has_a_national_state_or_is_held() -> None:
    for work in WORK.states:
        for money in MONEY.states:
            for delivery in DELIVERY.states:
                found = rules.national_state(work, money, delivery)
                assert (found is None) == (work in rules.HELD)
                assert found is None or found in rules.NATIONAL_STATES


@pytest.mark.parametrize(("fee_vnd", "expected"), [(None, "unknown"), (0, "none"), (8_000, "due")])
def test_a_fee_that_nobody_could_compute_is_unknown_and_not_free(fee_vnd: int | None, expected: str) -> None:
    assert rules.money_at_filing(fee_vnd) == expected


def test_the_clock_stands_while_papers_or_money_are_asked_for() -> None:
    assert rules.clock_stands("supplement_asked", "none")
    assert rules.clock_stands("examining", "requested")
    assert not rules.clock_stands("examining", "due")


def test_a_pause_pushes_the_due_date_and_an_open_one_leaves_none() -> None:
    term = Term(3, Unit.WORKING_DAY)
    running = rules.legal_due_at(at(19), term, CALENDAR, [])
    assert running is not None
    assert running.date() == date(2026, 11, 25)
    assert rules.legal_due_at(at(19), term, CALENDAR, [Pause(at(20), None)]) is None
    resumed = rules.legal_due_at(at(19), term, CALENDAR, [Pause(at(20), at(25))])
    restarted = rules.legal_due_at(at(19), term, CALENDAR, [Pause(at(20), at(25))], restarted_at=at(25))
    assert resumed is not None
    assert restarted is not None
    assert running < resumed <= restarted
    assert restarted.date() == date(2026, 11, 30)


def test_after_a_restart_only_later_pauses_push_the_due_date_and_none_restarts_it() -> None:
    term = Term(3, Unit.WORKING_DAY)
    supplement, payment = Pause(at(20), at(25)), Pause(at(26), at(27))
    both = rules.legal_due_at(at(19), term, CALENDAR, [supplement, payment], restarted_at=at(25))
    assert both is not None
    assert both.date() == date(2026, 12, 1)


def test_a_procedure_without_a_proven_term_has_no_due_date() -> None:
    assert rules.legal_due_at(at(19), None, CALENDAR, []) is None


@pytest.mark.parametrize(
    ("digits", "fits"), [("5678", True), ("1214", True), ("0000", False), ("567", False), ("", False), ("٥٦٧٨", False), ("15678", False)]
)
def test_a_dossier_opens_with_the_last_four_digits_of_phone_or_number(digits: str, fits: bool) -> None:
    assert rules.lookup_matches(digits, "0912345678", "999123451214") is fits


def test_an_empty_phone_opens_nothing() -> None:
    assert not rules.lookup_matches("", "", "")
    assert not rules.lookup_matches("0000", "", "")


def test_a_due_date_in_a_year_whose_days_off_nobody_knows_is_unknown() -> None:
    known = WorkCalendar(holidays=frozenset(), work_swaps=frozenset(), years=frozenset({2026}))
    last_week = datetime(2026, 12, 28, 9, 0, tzinfo=VN)
    assert rules.legal_due_at(last_week, Term(2, Unit.WORKING_DAY), known, []) is not None
    assert rules.legal_due_at(last_week, Term(5, Unit.WORKING_DAY), known, []) is None
