"""Dates may lack their day and month."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xaso.kernel.errors import Refusal
from xaso.kernel.partial_dates import PartialDate


@pytest.mark.parametrize(
    ("text", "shown", "iso"),
    [
        ("1952", "1952", "1952"),
        ("11/1952", "11/1952", "1952-11"),
        ("05/11/1952", "05/11/1952", "1952-11-05"),
        ("5/1/1952", "05/01/1952", "1952-01-05"),
        (" 5 - 11 - 1952 ", "05/11/1952", "1952-11-05"),
        ("5.11.1952", "05/11/1952", "1952-11-05"),
        ("00/00/1952", "1952", "1952"),
        ("00/11/1952", "11/1952", "1952-11"),
        ("29/02/2024", "29/02/2024", "2024-02-29"),
    ],
)
def test_what_people_write_is_read(text: str, shown: str, iso: str) -> None:
    read = PartialDate.parse(text)
    assert (str(read), read.iso) == (shown, iso)
    assert PartialDate.from_iso(iso) == read


@pytest.mark.parametrize("text", ["", "52", "5/11/52", "1952/11/05", "năm 1952", "05/11/1952 abc", "1952\n1953", "١٩٥٢"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        PartialDate.parse(text)
    assert (refused.value.code, refused.value.params) == ("date.malformed", {"text": text})


@pytest.mark.parametrize("text", ["30/02/2026", "29/02/2026", "31/04/2026", "05/13/1952", "05/00/1952", "13/1952", "0000", "9999"])
def test_a_day_that_no_calendar_has_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        PartialDate.parse(text)
    assert refused.value.code == "date.impossible"


@pytest.mark.parametrize(
    ("text", "code"),
    [("1952-1", "date.malformed"), ("05/11/1952", "date.malformed"), ("1952-00", "date.impossible"), ("1952-02-30", "date.impossible")],
)
def test_the_stored_form_is_strict(text: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        PartialDate.from_iso(text)
    assert refused.value.code == code


def test_a_day_without_month_is_a_defect() -> None:
    with pytest.raises(ValueError, match="needs its month"):
        PartialDate(1952, day=5)


def test_it_knows_the_days_between_which_it_lies() -> None:
    assert (PartialDate(1952).earliest, PartialDate(1952).latest) == (date(1952, 1, 1), date(1952, 12, 31))
    assert (PartialDate(2024, 2).earliest, PartialDate(2024, 2).latest) == (date(2024, 2, 1), date(2024, 2, 29))


@given(st.dates(min_value=date(1800, 1, 1), max_value=date(2200, 12, 31)))
def test_a_full_date_survives_writing_and_reading(day: date) -> None:
    whole = PartialDate.of(day)
    assert whole.earliest == whole.latest == day
    assert PartialDate.parse(str(whole)) == PartialDate.from_iso(whole.iso) == whole
    assert whole.iso == day.isoformat()
