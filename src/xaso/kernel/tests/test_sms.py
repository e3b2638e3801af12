"""An SMS is counted as it is paid."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xaso.kernel.sms import SmsSize, measure, octets_of, segments_of, without_marks
from xaso.kernel.text import fold


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("", SmsSize(0, "gsm7", 0)),
        ("a" * 160, SmsSize(160, "gsm7", 1)),
        ("a" * 161, SmsSize(161, "gsm7", 2)),
        ("a" * 306, SmsSize(306, "gsm7", 2)),
        ("a" * 307, SmsSize(307, "gsm7", 3)),
        ("ồ" * 70, SmsSize(70, "ucs2", 1)),
        ("ồ" * 71, SmsSize(71, "ucs2", 2)),
        ("ồ" * 134, SmsSize(134, "ucs2", 2)),
        ("ồ" * 135, SmsSize(135, "ucs2", 3)),
        ("a" * 70 + "đ", SmsSize(71, "ucs2", 2)),
        ("Chào à è ì ò ù é\r\n", SmsSize(18, "gsm7", 1)),
        ("Hồ sơ", SmsSize(5, "ucs2", 1)),
    ],
)
def test_limits_are_160_and_70_alone_153_and_67_joined(text: str, size: SmsSize) -> None:
    assert measure(text) == size


@pytest.mark.parametrize("sign", list("^{}[]~|\\€\f"))
def test_signs_of_the_extension_table_take_two_places(sign: str) -> None:
    assert measure(sign) == SmsSize(2, "gsm7", 1)
    assert measure(sign * 80) == SmsSize(160, "gsm7", 1)
    assert measure(sign * 81) == SmsSize(162, "gsm7", 2)


@pytest.mark.parametrize("sign", ["`", "ç", "á", "\t", "“", "đ", "Ă"])
def test_signs_outside_the_tables_need_ucs2(sign: str) -> None:
    assert measure(sign) == SmsSize(1, "ucs2", 1)


def test_an_escaped_sign_is_not_cut_in_two() -> None:
    text = "a" * 152 + "€" + "a" * 10
    assert segments_of(text) == ("a" * 152, "€" + "a" * 10)
    assert measure("a" * 152 + "€" + "a" * 152) == SmsSize(306, "gsm7", 3)


def test_an_emoji_takes_two_places_and_is_not_cut_in_two() -> None:
    assert measure("😀") == SmsSize(2, "ucs2", 1)
    assert measure("😀" * 35) == SmsSize(70, "ucs2", 1)
    assert segments_of("ồ" * 66 + "😀" * 5) == ("ồ" * 66, "😀" * 5)
    assert measure("ồ" * 66 + "😀" + "ồ" * 66) == SmsSize(134, "ucs2", 3)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Hồ sơ XS-261123-0007 đã được tiếp nhận.", "Ho so XS-261123-0007 da duoc tiep nhan."),
        ("ĐẶNG THỊ ƯỚC", "DANG THI UOC"),
        ("“Nậm Đét” – 15.000\u00a0₫…", '"Nam Det" - 15.000 d...'),
        ("No\u0302\u0300i", "Noi"),
    ],
)
def test_text_without_marks_keeps_case_and_fits_gsm(text: str, bare: str) -> None:
    assert without_marks(text) == bare
    assert measure(bare).encoding == "gsm7"


SIGNS = st.sampled_from("aé€[ồđ😀\n")


@given(st.text(SIGNS, max_size=400) | st.text(st.sampled_from("a€["), max_size=400) | st.text(max_size=90))
def test_pieces_join_to_the_whole_and_fit(text: str) -> None:
    size, pieces = measure(text), segments_of(text)
    assert "".join(pieces) == text
    assert len(pieces) == size.segments
    alone, joined = (160, 153) if size.encoding == "gsm7" else (70, 67)
    escaped = "€[" if size.encoding == "gsm7" else ""
    for piece in pieces:
        places = len(piece.encode("utf-16-le", "surrogatepass")) // 2 + sum(piece.count(sign) for sign in escaped)
        assert 0 < places <= (alone if len(pieces) == 1 else joined)


@given(st.text(st.sampled_from("aăâđêôơưừỡạẾĐ Ơ.1")))
def test_vietnamese_without_marks_is_gsm(text: str) -> None:
    assert measure(without_marks(text)).encoding == "gsm7"
    assert fold(without_marks(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "octets"),
    [
        ("Ho so", b"Ho so"),
        ("@_$", b"\x00\x11\x02"),
        ("[5 €]", b"\x1b\x3c5 \x1be\x1b\x3e"),
        ("§à¿", b"\x5f\x7f\x60"),
        ("đ", b"\x01\x11"),
        ("a😀", b"\x00a\xd8\x3d\xde\x00"),
        ("", b""),
    ],
)
def test_octets_are_those_of_the_tables(text: str, octets: bytes) -> None:
    assert octets_of(text) == octets


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=400))
def test_octets_are_as_many_as_the_places_counted(text: str) -> None:
    size = measure(text)

    assert len(octets_of(text)) == size.chars * (2 if size.encoding == "ucs2" else 1)
