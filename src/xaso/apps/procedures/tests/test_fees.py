"""What applications cost, by the rules of the shipped procedures."""

from datetime import date, timedelta
from typing import Any

import pytest

from xaso.apps.procedures.fees import fee_of, is_late, page_fee
from xaso.apps.procedures.shapes import Exemptions, FeeRule, Late, ProvincialFee, Tier
from xaso.kernel.forms import Condition

ON = date(2026, 11, 23)
TIERS = (Tier(1, 2000), Tier(3, 1000))
NAME = {"vi": "Phí", "en": "Fee"}
COPY = FeeRule("copy", NAME, "per_page", tiers=TIERS, max_vnd_per_copy=200_000, rows="documents", copies="copies", pages="pages")
LATE = FeeRule("late", NAME, "provincial", late=Late("died_on", 15), exemptible=True, source="Tỉnh quy định")
EXTRACT = FeeRule("extract", NAME, "per_copy", amount_vnd=8000, copies="copies")
POOR = Exemptions("group", {"poor": {"vi": "hộ nghèo", "en": "poor household"}})


def document(pages: int, copies: int) -> dict[str, Any]:
    return {"name": "Căn cước", "pages": pages, "copies": copies}


@pytest.mark.parametrize(
    ("pages", "price"), [(1, 2000), (2, 4000), (3, 5000), (10, 12_000), (198, 200_000), (199, 200_000), (500, 200_000)]
)
def test_a_copy_costs_by_pages_of_the_original_up_to_a_limit(pages: int, price: int) -> None:
    assert page_fee(pages, TIERS, 200_000) == price


def test_each_row_and_each_copy_is_charged() -> None:
    fee = fee_of([COPY], None, {"documents": [document(2, 3), document(3, 1)]}, (), on=ON)
    assert (fee.total_vnd, fee.lines[0].quantity, fee.confirm) == (3 * 4000 + 5000, 4, False)


@pytest.mark.parametrize("answers", [{}, {"documents": []}, {"documents": "?"}, {"documents": [7]}])
def test_a_fee_stays_open_until_the_rows_are_known(answers: dict[str, Any]) -> None:
    fee = fee_of([COPY], None, answers, (), on=ON)
    assert (fee.total_vnd, fee.confirm) == (None, True)


def test_answers_as_typed_do_not_break_the_fee() -> None:
    fee = fee_of([COPY], None, {"documents": [{"pages": "hai", "copies": "x"}, document(1, 1)]}, (), on=ON)
    assert fee.total_vnd == 2000


def test_no_copies_cost_nothing_and_show_no_line() -> None:
    fee = fee_of([EXTRACT], None, {}, (), on=ON)
    assert (fee.lines, fee.total_vnd, fee.confirm) == ((), 0, False)


@pytest.mark.parametrize(
    ("since", "late"),
    [
        ("2026-11-08", False),
        ("2026-11-07", True),
        ("2026-11-23", False),
        ("2026-10", True),
        ("2026-11", None),
        ("2026", None),
        ("2025", True),
        ("2027-01", False),
    ],
)
def test_lateness_counts_days_after_the_event_and_knows_partial_dates(since: str, late: bool | None) -> None:
    assert is_late(since, 15, ON) is late


def test_a_late_registration_costs_what_the_province_set_last() -> None:
    amounts = [
        ProvincialFee("late", 5000, date(2026, 1, 1), "NQ 1"),
        ProvincialFee("late", 9000, date(2026, 7, 1), "NQ 2"),
        ProvincialFee("late", 99_000, ON + timedelta(days=1), "NQ 3"),
        ProvincialFee("other", 1, date(2026, 8, 1), "NQ 4"),
    ]
    fee = fee_of([LATE, EXTRACT], POOR, {"died_on": "2026-01-01", "copies": 2}, amounts, on=ON)
    assert [(line.id, line.amount_vnd, line.basis) for line in fee.lines] == [("late", 9000, "NQ 2"), ("extract", 16_000, "")]
    assert (fee.total_vnd, fee.exempt_reason, fee.confirm) == (25_000, None, False)


def test_an_unknown_amount_of_the_province_is_never_free() -> None:
    fee = fee_of([LATE, EXTRACT], POOR, {"died_on": "2026-01-01", "copies": 1}, (), on=ON)
    assert (fee.total_vnd, fee.confirm) == (None, True)
    assert [line.amount_vnd for line in fee.lines] == [None, 8000]


def test_a_date_of_death_not_given_yet_leaves_the_fee_open() -> None:
    amounts = [ProvincialFee("late", 5000, date(2026, 1, 1), "NQ 1")]
    assert fee_of([LATE], None, {}, amounts, on=ON).total_vnd is None
    assert fee_of([LATE], None, {"died_on": "2026"}, amounts, on=ON).total_vnd is None


def test_a_poor_household_pays_no_registration_but_still_its_copies() -> None:
    answers = {"died_on": "2026-01-01", "copies": 1, "group": "poor"}
    fee = fee_of([LATE, EXTRACT], POOR, answers, (), on=ON)
    assert fee.total_vnd == 8000
    assert fee.exempt_reason == {"vi": "hộ nghèo", "en": "poor household"}
    assert [(line.id, line.amount_vnd, line.exempt) for line in fee.lines] == [("late", 0, True), ("extract", 8000, False)]
    assert fee.confirm is False


def test_a_group_that_frees_from_nothing_is_no_reason() -> None:
    fee = fee_of([LATE, EXTRACT], POOR, {"died_on": "2026-11-20", "copies": 1, "group": "poor"}, (), on=ON)
    assert (fee.total_vnd, fee.exempt_reason) == (8000, None)


def test_a_fee_with_a_condition_is_due_only_under_it() -> None:
    rule = FeeRule("seal", NAME, "fixed", amount_vnd=5000, conditions=(Condition("way", ("paper",)),))
    assert fee_of([rule], None, {"way": "paper"}, (), on=ON).total_vnd == 5000
    assert fee_of([rule], None, {"way": "file"}, (), on=ON).lines == ()


def test_a_fee_to_be_confirmed_says_so() -> None:
    rule = FeeRule("unsure", NAME, "fixed", amount_vnd=5000, confirm=True)
    assert fee_of([rule], None, {}, (), on=ON).confirm is True


def test_a_fee_goes_into_json_whole() -> None:
    fee = fee_of([EXTRACT], None, {"copies": 2}, (), on=ON)
    assert fee.as_json() == {
        "lines": [{"id": "extract", "name": NAME, "amount_vnd": 16_000, "quantity": 2, "exempt": False, "basis": ""}],
        "total_vnd": 16_000,
        "exempt_reason": None,
        "confirm": False,
    }
