"""Whole đồng are read, written and spoken as in Vietnam."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xaso.kernel.errors import Refusal
from xaso.kernel.money import MOST_VND, format_vnd, in_words, parse_vnd


@pytest.mark.parametrize(
    ("amount", "shown"),
    [(0, "0 đ"), (999, "999 đ"), (8_000, "8.000 đ"), (15_000, "15.000 đ"), (1_234_567, "1.234.567 đ"), (-15_000, "-15.000 đ")],
)
def test_points_stand_between_thousands(amount: int, shown: str) -> None:
    assert format_vnd(amount) == shown


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("15.000 đ", 15_000),
        ("15.000đ", 15_000),
        (" 15000 ", 15_000),
        ("15 000 đồng", 15_000),
        ("15\u00a0000\u00a0₫", 15_000),
        ("15,000 VND", 15_000),
        ("1.234.567 VNĐ", 1_234_567),
        ("0", 0),
        ("007", 7),
    ],
)
def test_an_amount_is_read_as_people_write_it(text: str, amount: int) -> None:
    assert parse_vnd(text) == amount


@pytest.mark.parametrize(
    "text",
    [
        "",
        "đ",
        "-5000",
        "15.00",
        "15,5",
        "1.500.00",
        "1.000,000",
        "8.000,50",
        "15k",
        "mười lăm nghìn",
        "1e6",
        "١٥",
        "1000000000000001",
        "9" * 5_000,
        "15.000\n16.000",
    ],
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_vnd(text)
    assert (refused.value.code, refused.value.params) == ("money.malformed", {"text": text})


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "không đồng"),
        (1, "một đồng"),
        (5, "năm đồng"),
        (10, "mười đồng"),
        (11, "mười một đồng"),
        (14, "mười bốn đồng"),
        (15, "mười lăm đồng"),
        (20, "hai mươi đồng"),
        (21, "hai mươi mốt đồng"),
        (24, "hai mươi tư đồng"),
        (25, "hai mươi lăm đồng"),
        (55, "năm mươi lăm đồng"),
        (100, "một trăm đồng"),
        (101, "một trăm linh một đồng"),
        (105, "một trăm linh năm đồng"),
        (110, "một trăm mười đồng"),
        (115, "một trăm mười lăm đồng"),
        (121, "một trăm hai mươi mốt đồng"),
        (1_000, "một nghìn đồng"),
        (1_005, "một nghìn không trăm linh năm đồng"),
        (1_050, "một nghìn không trăm năm mươi đồng"),
        (8_000, "tám nghìn đồng"),
        (15_000, "mười lăm nghìn đồng"),
        (105_000, "một trăm linh năm nghìn đồng"),
        (200_000, "hai trăm nghìn đồng"),
        (2_530_000, "hai triệu năm trăm ba mươi nghìn đồng"),
        (1_000_005, "một triệu không trăm linh năm đồng"),
        (1_001_000, "một triệu không trăm linh một nghìn đồng"),
        (21_024_015, "hai mươi mốt triệu không trăm hai mươi tư nghìn không trăm mười lăm đồng"),
        (1_000_000_000, "một tỷ đồng"),
        (1_000_000_001, "một tỷ không trăm linh một đồng"),
        (1_050_000_000, "một tỷ không trăm năm mươi triệu đồng"),
        (12_345_678_901, "mười hai tỷ ba trăm bốn mươi lăm triệu sáu trăm bảy mươi tám nghìn chín trăm linh một đồng"),
        (1_000_000_000_000, "một nghìn tỷ đồng"),
        (10**18, "một tỷ tỷ đồng"),
        (-15_000, "âm mười lăm nghìn đồng"),
    ],
)
def test_an_amount_in_words(amount: int, words: str) -> None:
    assert in_words(amount) == words


@given(st.integers(0, MOST_VND))
def test_figures_survive_writing_and_reading(amount: int) -> None:
    assert parse_vnd(format_vnd(amount)) == amount


@given(st.integers(0, MOST_VND), st.integers(0, MOST_VND))
def test_two_amounts_never_sound_alike(one: int, other: int) -> None:
    assert (in_words(one) == in_words(other)) == (one == other)
    assert "  " not in in_words(one)
