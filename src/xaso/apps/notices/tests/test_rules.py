"""Addresses, the form of an SMS, the pauses between attempts."""

from datetime import timedelta

import pytest

from xaso.apps.notices import rules
from xaso.kernel.sms import measure


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("0912 345 678", "0912345678"),
        ("+84 912.345.678", "0912345678"),
        ("0084912345678", "0912345678"),
        ("(0214) 3880-123", "02143880123"),
        ("", None),
        ("912345678", None),
        ("0012345678", None),
        ("09123456", None),
        ("0912345678; rm", None),
        ("٠٩١٢٣٤٥٦٧٨", None),
        ("+1 202 555 0100", None),
    ],
)
def test_only_a_vietnamese_number_is_a_number(given: str, kept: str | None) -> None:
    assert rules.sendable_phone(given) == kept


@pytest.mark.parametrize(
    ("given", "kept"), [(" pao@example.org ", "pao@example.org"), ("pao", None), ("a@b.vn\nBcc: c@d.vn", None), ("", None)]
)
def test_only_an_address_is_an_address(given: str, kept: str | None) -> None:
    assert rules.sendable_email(given) == kept


def test_marks_stay_where_one_segment_holds_them_and_go_where_they_cost_a_second() -> None:
    short = "Hồ sơ XS-261123-0007 đã có kết quả."
    long = short + " Anh/chị mang giấy hẹn đến quầy một cửa để nhận."
    assert rules.sms_form(short, "auto") == short
    assert rules.sms_form(long, "auto") == "Ho so XS-261123-0007 da co ket qua. Anh/chi mang giay hen den quay mot cua de nhan."
    assert (measure(long).segments, measure(rules.sms_form(long, "auto")).segments) == (2, 1)


def test_the_operator_may_always_or_never_want_marks() -> None:
    text = "Đã có kết quả. " * 8
    assert rules.sms_form(text, "always") == text
    assert rules.sms_form("Đã có", "never") == "Da co"


def test_marks_stay_where_dropping_them_saves_nothing() -> None:
    text = "Đã nhận 😀 " * 5
    assert rules.sms_form(text, "auto") == text


def test_text_typed_in_pieces_is_composed_before_it_is_measured() -> None:
    assert rules.sms_form("Ha\u0309i", "auto") == "Hải"


def test_pauses_grow_and_the_seventh_failure_is_the_last() -> None:
    pauses = [rules.pause_after(attempt) for attempt in range(1, rules.MAX_ATTEMPTS + 1)]
    known = [pause for pause in pauses if pause is not None]
    assert known == sorted(known)
    assert (rules.MAX_ATTEMPTS, pauses[-1], known[0]) == (7, None, timedelta(minutes=1))


@pytest.mark.parametrize(
    ("answered", "told"),
    [
        ("A0000001", "2684354561"),
        ("2684354561", "A0000001"),
        ("00000f10", "3856"),
        ("3856", "f10"),
        ("0000003856", "3856"),
        ("x-17", "x-17"),
    ],
)
def test_a_reference_is_known_again_in_the_other_figures(answered: str, told: str) -> None:
    assert answered in rules.names_of_reference(told)


def test_another_reference_is_not_taken_for_it() -> None:
    assert "3856" not in rules.names_of_reference("3857")
    assert rules.names_of_reference("") == {""}


@pytest.mark.parametrize(
    ("given", "written"),
    [("0912345678", "84912345678"), ("+84912345678", "84912345678"), ("0084912345678", "84912345678"), ("1900", "1900")],
)
def test_numbers_are_compared_as_the_centre_writes_them(given: str, written: str) -> None:
    assert rules.international(given) == written


@pytest.mark.parametrize(("sender", "kind"), [("XABAONHAI", (5, 0)), ("8088", (3, 0)), ("84912345678", (1, 1)), ("", (5, 0))])
def test_the_type_of_a_sender_follows_from_it(sender: str, kind: tuple[int, int]) -> None:
    assert rules.sender_type(sender) == kind
