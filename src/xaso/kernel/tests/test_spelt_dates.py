"""Days and hours are written out as a certificate says them, and no two sound alike."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xaso.kernel.errors import Refusal
from xaso.kernel.numbers import number_in_words
from xaso.kernel.partial_dates import PartialDate
from xaso.kernel.spelt_dates import Hour, date_at_length, date_in_words, hour_at_length, hour_in_words


@pytest.mark.parametrize(
    ("iso", "figures", "words"),
    [
        ("2026-11-05", "ngày 05 tháng 11 năm 2026", "ngày năm tháng mười một năm hai nghìn không trăm hai mươi sáu"),
        ("2026-02-10", "ngày 10 tháng 02 năm 2026", "ngày mười tháng hai năm hai nghìn không trăm hai mươi sáu"),
        ("2025-01-01", "ngày 01 tháng 01 năm 2025", "ngày một tháng một năm hai nghìn không trăm hai mươi lăm"),
        ("2024-04-04", "ngày 04 tháng 4 năm 2024", "ngày bốn tháng tư năm hai nghìn không trăm hai mươi tư"),
        ("2000-12-15", "ngày 15 tháng 12 năm 2000", "ngày mười lăm tháng mười hai năm hai nghìn"),
        ("2005-03-21", "ngày 21 tháng 3 năm 2005", "ngày hai mươi mốt tháng ba năm hai nghìn không trăm linh năm"),
        ("1999-07-31", "ngày 31 tháng 7 năm 1999", "ngày ba mươi mốt tháng bảy năm một nghìn chín trăm chín mươi chín"),
        ("1952-11", "tháng 11 năm 1952", "tháng mười một năm một nghìn chín trăm năm mươi hai"),
        ("1940", "năm 1940", "năm một nghìn chín trăm bốn mươi"),
    ],
)
def test_a_date_is_told_in_figures_and_in_words_as_far_as_it_is_known(iso: str, figures: str, words: str) -> None:
    date = PartialDate.from_iso(iso)
    assert date_at_length(date) == figures
    assert date_in_words(date) == words


DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@given(DAYS, DAYS)
def test_two_days_never_sound_alike(one: date, other: date) -> None:
    first, second = PartialDate.of(one), PartialDate.of(other)
    assert (date_in_words(first) == date_in_words(second)) == (first == second)


@pytest.mark.parametrize(
    ("typed", "figures", "words"),
    [
        ("14:30", "14 giờ 30 phút", "mười bốn giờ ba mươi phút"),
        ("3h05", "03 giờ 05 phút", "ba giờ năm phút"),
        ("21g", "21 giờ", "hai mươi mốt giờ"),
        (" 0:00 ", "00 giờ 00 phút", "không giờ không phút"),
        ("14 giờ 30 phút", "14 giờ 30 phút", "mười bốn giờ ba mươi phút"),
    ],
)
def test_an_hour_is_told_in_figures_and_in_words(typed: str, figures: str, words: str) -> None:
    hour = Hour.parse(typed)
    assert hour_at_length(hour) == figures
    assert hour_in_words(hour) == words


@pytest.mark.parametrize("typed", ["", "25:00", "14:60", "14", "sáng sớm", "14:30:10", "-1:00"])
def test_what_no_clock_shows_is_refused(typed: str) -> None:
    with pytest.raises(Refusal, match=r"hour\.malformed"):
        Hour.parse(typed)


def test_numbers_below_zero_have_no_words_here() -> None:
    assert number_in_words(0) == "không"
    with pytest.raises(ValueError, match="no number of ours"):
        number_in_words(-1)
