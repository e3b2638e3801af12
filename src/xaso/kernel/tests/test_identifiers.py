"""Row ids sort by time, codes are read as people write them, a personal number warns and never blocks."""

import time
from datetime import date
from threading import Thread
from uuid import RFC_4122, UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xaso.kernel.errors import Refusal
from xaso.kernel.identifiers import PersonalNumber, is_national_dossier_code, normalise_code, own_dossier_code, uuid7
from xaso.kernel.identifiers.personal_number import PROVINCES_OF_BIRTH
from xaso.kernel.identifiers.row_ids import _next_tick
from xaso.kernel.partial_dates import PartialDate


def test_a_row_id_is_a_version_7_uuid_of_this_moment() -> None:
    before = time.time_ns() // 1_000_000
    made = uuid7()
    assert (made.version, made.variant) == (7, RFC_4122)
    assert before <= made.int >> 80 <= before + 5_000


def test_row_ids_rise_and_never_repeat() -> None:
    made = [uuid7() for _ in range(20_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)
    assert {(one.version, one.variant) for one in made} == {(7, RFC_4122)}


def test_row_ids_of_several_threads_never_repeat() -> None:
    made: list[UUID] = []
    threads = [Thread(target=lambda: made.extend(uuid7() for _ in range(2_000))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 8_000


def test_a_clock_set_back_does_not_turn_the_order() -> None:
    first = _next_tick(time.time_ns() // 1_000_000)
    assert _next_tick(0) > first


def test_our_own_codes() -> None:
    assert own_dossier_code(date(2026, 11, 23), 7) == "XS-261123-0007"
    assert own_dossier_code(date(2026, 11, 23), 12_345) == "XS-261123-12345"
    with pytest.raises(ValueError, match="begin with 1"):
        own_dossier_code(date(2026, 11, 23), 0)


@pytest.mark.parametrize(
    "code",
    ["H38.2-260518-0200015", "G09.20-20260609-0092637", "000.00.00.H38-250701-0001", "H38-260518-0001", "H38.12.3456.1-260518-0001"],
)
def test_national_codes_are_known(code: str) -> None:
    assert is_national_dossier_code(code)


@pytest.mark.parametrize(
    "code",
    [
        "XS-261123-0007",
        "",
        "H38.2-260518-020",
        "H38.2-2605-0200015",
        "K38-260518-0001",
        "H38.2-260518-0200015\n",
        "h38-260518-0001",
        "H38-٢٦٠٥١٨-0001",
    ],
)
def test_other_codes_are_not_national(code: str) -> None:
    assert not is_national_dossier_code(code)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("XS-261123-0007", "XS-261123-0007"),
        (" xs 261123 0007\n", "XS-261123-0007"),
        ("xs2611230007", "XS-261123-0007"),
        ("XS–261123—12345", "XS-261123-12345"),
        ("ＸＳ-261123-0007", "XS-261123-0007"),
        ("h38.2-260518-0200015 ", "H38.2-260518-0200015"),
        ("0912 345 678", "0912345678"),
        ("", ""),
    ],
)
def test_codes_are_read_as_people_write_them(text: str, code: str) -> None:
    assert normalise_code(text) == code


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)), st.integers(1, 99_999))
def test_our_code_survives_being_spoken_and_typed(day: date, number: int) -> None:
    code = own_dossier_code(day, number)
    assert normalise_code(code.lower().replace("-", " ")) == normalise_code(code.replace("-", "")) == code


def test_a_number_tells_province_century_sex_and_year() -> None:
    man = PersonalNumber.parse("010 090 123456")
    assert (man.digits, man.province_code, man.sex, man.birth_year) == ("010090123456", "010", "male", 1990)
    girl = PersonalNumber.parse("010.324-000001")
    assert (girl.sex, girl.birth_year) == ("female", 2024)


def test_a_number_shows_masked_unless_asked_for() -> None:
    number = PersonalNumber("012345678901")
    assert number.masked == str(number) == f"{number}" == "012*****8901"
    assert "5678" not in repr(number)


@pytest.mark.parametrize("text", ["", "01234567890", "0123456789012", "01234567890a", "٠١٢٣٤٥٦٧٨٩٠١", "123456789"])
def test_what_has_not_twelve_digits_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        PersonalNumber.parse(text)
    assert refused.value.code == "personal_number.malformed"


def test_a_number_that_agrees_gives_no_warning() -> None:
    number = PersonalNumber("010190123456")
    assert number.warnings(birth=PartialDate(1990, 11, 5), sex="female") == ()
    assert number.warnings(birth=PartialDate(1990), sex="") == ()
    assert number.warnings() == ()


@pytest.mark.parametrize(
    ("digits", "birth", "sex", "expected"),
    [
        ("010190123456", PartialDate(1991), "female", ("personal_number.birth_differs",)),
        ("010190123456", PartialDate(2090), "female", ("personal_number.birth_differs",)),
        ("010190123456", PartialDate(1990), "male", ("personal_number.sex_differs",)),
        ("097190123456", PartialDate(1990), "female", ("personal_number.province_unknown",)),
        ("003190123456", None, "", ("personal_number.province_unknown",)),
        ("234190123456", PartialDate(1990), "female", ()),
    ],
)
def test_what_differs_is_a_warning(digits: str, birth: PartialDate | None, sex: str, expected: tuple[str, ...]) -> None:
    assert PersonalNumber(digits).warnings(birth=birth, sex=sex) == expected


@pytest.mark.parametrize("digits", ["000190123456", "999190123456"])
def test_numbers_for_tests_pass_silently_in_the_demo_only(digits: str) -> None:
    number = PersonalNumber(digits)
    assert number.is_for_tests
    assert number.warnings(demo=True) == ()
    assert number.warnings() == ("personal_number.province_unknown",)


def test_there_were_63_provinces() -> None:
    assert len(PROVINCES_OF_BIRTH) == 63
    assert {"001", "010", "015", "096"} <= PROVINCES_OF_BIRTH
