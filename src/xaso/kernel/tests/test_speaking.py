"""A written text is said as people say it, and is cut where they breathe."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xaso.kernel.numbers import number_in_words
from xaso.kernel.speaking import sentences_of, spoken
from xaso.kernel.speaking.numbers import figure, roman
from xaso.kernel.speaking.sentences import LONGEST
from xaso.kernel.speaking.words import ABBREVIATIONS, UNITS

YEAR = "năm hai nghìn không trăm hai mươi sáu"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("25/11/2026", f"ngày hai mươi lăm tháng mười một {YEAR}"),
        ("Ngày 25/11/2026.", f"Ngày hai mươi lăm tháng mười một {YEAR}."),
        ("trước ngày 05.11.2026", f"trước ngày năm tháng mười một {YEAR}"),
        ("2026-11-25", f"ngày hai mươi lăm tháng mười một {YEAR}"),
        ("11/2026", f"tháng mười một {YEAR}"),
        ("trong tháng 11/2026", f"trong tháng mười một {YEAR}"),
        ("ngày 02/09", "ngày hai tháng chín"),
        ("ngày 29/02", "ngày hai mươi chín tháng hai"),
        ("30/02/2026", "ba mươi không hai hai nghìn không trăm hai mươi sáu"),
        ("14:30", "mười bốn giờ ba mươi phút"),
        ("lúc 07:00", "lúc bảy giờ"),
        ("7h30–11h30", "bảy giờ ba mươi phút đến mười một giờ ba mươi phút"),
        ("8h", "tám giờ"),
        ("25:70", "hai mươi lăm:bảy mươi"),
    ],
)
def test_days_and_hours_are_said_in_words(written: str, said: str) -> None:
    assert " ".join(spoken(written).replace(": ", ":").split()) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("15.000 đ", "mười lăm nghìn đồng"),
        ("15.000đ", "mười lăm nghìn đồng"),
        ("8.000 đ/bản", "tám nghìn đồng một bản"),
        ("Phí: 1.250.000 VNĐ.", "Phí: một triệu hai trăm năm mươi nghìn đồng."),
        ("10.000–15.000 đ", "mười nghìn đến mười lăm nghìn đồng"),
        ("0 đồng", "không đồng"),
        ("3–5 ngày", "ba đến năm ngày"),
        ("12,5%", "mười hai phẩy năm phần trăm"),
        ("0,05", "không phẩy không năm"),
        ("2,5 km", "hai phẩy năm ki lô mét"),
        ("120 m²", "một trăm hai mươi mét vuông"),
        ("60 km/h", "sáu mươi ki lô mét trên giờ"),
        ("tệp ≤ 10 MB", "tệp nhiều nhất mười mê ga bai"),
        ("Bước 1/4", "Bước một trên bốn"),
        ("1.234.567", "một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy"),
        ("mẫu số 07", "mẫu số không bảy"),
        ("lớp 5A", "lớp năm a"),
        ("ảnh 3x4 cm", "ảnh ba nhân bốn xăng ti mét"),
        ("8 giờ 30", "tám giờ ba mươi"),
        ("5 mẹ", "năm mẹ"),
    ],
)
def test_money_measures_and_numbers_are_said_in_words(written: str, said: str) -> None:
    assert spoken(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("XS-261124-0007", "ích sờ, hai sáu một một hai bốn, không không không bảy"),
        ("1.001193", "một chấm không không một một chín ba"),
        ("H38.2-260518-0200015", "hát ba tám chấm hai, hai sáu không năm một tám, không hai không không không một năm"),
        ("0912 345 678", "không chín một hai, ba bốn năm, sáu bảy tám"),
        ("0912345678", "không chín một hai, ba bốn năm, sáu bảy tám"),
        ("+84912345678", "cộng tám bốn, chín một hai, ba bốn năm, sáu bảy tám"),
        ("19001010", "một chín không không, một không một không"),
        ("012345678901", "không một hai, ba bốn năm, sáu bảy tám, chín không một"),
        ("012*****8901", "không một hai, năm số ẩn, tám chín không một"),
        ("mẫu TK1", "mẫu tê ca một"),
        ("gọi 113", "gọi một một ba"),
        ("Tổng đài số 111 làm việc 24/24 giờ", "Tổng đài số một một một làm việc hai mươi tư trên hai mươi tư giờ"),
        ("dichvucong.gov.vn", "dichvucong chấm gov chấm vê nờ"),
        ("https://xaso.vn/thu-tuc/", "xaso chấm vê nờ gạch chéo thu gạch ngang tuc"),
        ("xa@laocai.gov.vn", "xa a còng laocai chấm gov chấm vê nờ"),
    ],
)
def test_codes_numbers_to_dial_and_addresses_are_said_sign_by_sign(written: str, said: str) -> None:
    assert spoken(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("UBND xã Bảo Nhai", "Ủy ban nhân dân xã Bảo Nhai"),
        ("thẻ CCCD, HĐND", "thẻ căn cước công dân, Hội đồng nhân dân"),
        ("Anh/chị là ai?", "Anh chị là ai?"),
        ("và/hoặc", "và hoặc"),
        ("TP. Lào Cai", "thành phố Lào Cai"),
        ("giấy tờ, v.v.", "giấy tờ, vân vân."),
        ("Nghị định 118/2025/NĐ-CP", "Nghị định một trăm mười tám, năm hai nghìn không trăm hai mươi lăm, của Chính phủ"),
        ("theo 118/2025/NĐ-CP", "theo Nghị định số một trăm mười tám, năm hai nghìn không trăm hai mươi lăm, của Chính phủ"),
        ("Thông tư số 15/2025/TT-BTP", "Thông tư số mười lăm, năm hai nghìn không trăm hai mươi lăm, của Bộ Tư pháp"),
        ("Nghị định 123/2021/NĐ-CP", "Nghị định một trăm hai mươi ba, năm hai nghìn không trăm hai mươi mốt, của Chính phủ"),
        ("29/2026/QĐ-TTg", f"Quyết định số hai mươi chín, {YEAR}, của Thủ tướng Chính phủ"),
        ("91/2015/QH13", "chín mươi mốt, năm hai nghìn không trăm mười lăm, Quốc hội khóa mười ba"),
        ("12/QĐ-UBND", "Quyết định số mười hai, của Ủy ban nhân dân"),
        ("Phần II", "Phần hai"),
        ("quý III/2026", f"quý ba {YEAR}"),
        ("hạng C", "hạng xê"),
        ("Chương IIX", "Chương i i ích"),
        ("TỜ KHAI ĐĂNG KÝ", "tờ khai đăng ký"),
        ("GIAY TO", "giay to"),
        ("XYZ", "ích i dài dét"),
        ("Y tế, A Lử", "y tế, a Lử"),
        ("(thứ Hai – thứ Sáu)", "thứ Hai, thứ Sáu"),
        ("“Tiếp tục” & in", "Tiếp tục và in"),
        ("Người H’Mông", "Người Mông"),
    ],
)
def test_short_forms_papers_of_law_and_signs_are_said_as_what_they_stand_for(written: str, said: str) -> None:
    assert spoken(written) == said


@pytest.mark.parametrize("written", ["NĐX", "UBNDX", "kmx"])
def test_a_short_form_is_none_inside_a_longer_word(written: str) -> None:
    assert not any(meant in spoken(written) for meant in (*ABBREVIATIONS.values(), *UNITS.values()) if len(meant) > 4)


def test_another_language_is_left_to_its_voice() -> None:
    assert spoken("Fee: 15,000 VND,  UBND", "en") == "Fee: 15,000 VND, UBND"


@given(st.text(alphabet="aAđĐ0123456789./-:,; %*()“”@IVX\n", max_size=60))
def test_whatever_is_written_something_without_figures_is_said(written: str) -> None:
    assert not any(sign.isdecimal() for sign in spoken(written))


@given(st.text(max_size=80))
def test_any_text_at_all_can_be_said_and_cut(written: str) -> None:
    spoken(written)
    assert all(sentence == sentence.strip() != "" for sentence in sentences_of(written))


@given(st.integers(0, 10**9))
def test_a_whole_number_is_said_the_same_with_and_without_points(number: int) -> None:
    assert figure(f"{number:,}".replace(",", ".")) == figure(str(number)) == number_in_words(number)


def test_roman_numbers_are_read_and_their_likes_refused() -> None:
    assert [roman(text) for text in ("I", "IV", "IX", "XIV", "XL", "XC")] == [1, 4, 9, 14, 40, 90]
    assert [roman(text) for text in ("IC", "IIII", "VX", "IIX")] == [None] * 4


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Anh/chị nộp tại xã. Sau đó chờ 3 ngày.", ("Anh/chị nộp tại xã.", "Sau đó chờ 3 ngày.")),
        ("Nộp tại TP. Lào Cai! Được chưa?", ("Nộp tại TP. Lào Cai!", "Được chưa?")),
        ("1. Tờ khai; 2. Giấy chứng sinh", ("1. Tờ khai;", "2. Giấy chứng sinh")),
        ("Ông Nguyễn V. A ký.", ("Ông Nguyễn V. A ký.",)),
        ("Phí 15.000 đ. Lúc 14:30", ("Phí 15.000 đ.", "Lúc 14:30")),
        ("dòng một\n\n dòng   hai ", ("dòng một", "dòng hai")),
        ("“Đúng.” Rồi sao?", ("“Đúng.”", "Rồi sao?")),
        ("· — …", ()),
        ("", ()),
    ],
)
def test_a_text_is_cut_into_its_sentences(text: str, sentences: tuple[str, ...]) -> None:
    assert sentences_of(text) == sentences


def test_a_long_sentence_is_cut_at_its_pauses_and_nothing_of_it_is_lost() -> None:
    long = ", ".join(f"phần thứ {number} của câu" for number in range(60))
    pieces = sentences_of(long)
    assert len(pieces) > 2
    assert all(len(piece) <= LONGEST for piece in pieces)
    assert " ".join(pieces) == long
