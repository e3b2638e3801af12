"""Vietnamese text folds, compares and sorts as people expect."""

import itertools
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xaso.kernel.text import fold, given_name, name_order, name_sort_key, nfc, same_name, slugify_ascii, tidy_name, vietnamese_sort_key

VIETNAMESE = st.text(st.sampled_from("aàảãáạăằâậbcdđeêệghiìklmnoòôồơờpqrstuùưừvxyỳ AÀĂÂĐÊÔƠƯ'-"), max_size=20)


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def test_the_composed_form_is_shorter() -> None:
    assert len(nfc(nfd("Nậm Đét"))) == 7
    assert len(nfd("Nậm Đét")) == 10


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Nậm Đét", "nam det"),
        (nfd("Nậm Đét"), "nam det"),
        ("  Bảo \t Nhai\u00a0", "bao nhai"),
        ("ĐẶNG THỊ ƯỚC", "dang thi uoc"),
        ("Ðặng ðức Ɖạt", "dang duc dat"),
        ("Bảo\u200b Nhai\ufeff\x00", "bao nhai"),
        ("H’Lan", "h'lan"),
        ("Straße ①", "strasse ①"),
        ("", ""),
    ],
)
def test_folding_drops_case_marks_and_the_bar_of_d(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(VIETNAMESE)
def test_vietnamese_folds_to_ascii_whatever_its_form(text: str) -> None:
    assert fold(text).isascii()
    assert fold(nfd(text)) == fold(text)


def test_a_tidy_name_keeps_case_and_spelling() -> None:
    assert tidy_name(f"  {nfd('GIÀNG')}   A  Pao\n") == "GIÀNG A Pao"
    assert tidy_name("\u202eSùng\u200b Thị Mỷ") == "Sùng Thị Mỷ"
    assert tidy_name("Ma\tA\x00 Pho") == "Ma A Pho"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nguyễn Văn Hòa", "NGUYỄN VĂN HOÀ"),
        ("Lý Thị Thủy", "lý thị thuỷ"),
        ("Vàng Thị Mỷ", nfd("Vàng  Thị Mỷ ")),
        ("Đặng Văn Đô", "Ðặng Văn Ðô"),
        ("H'Lan", "H’LAN"),
        ("Pao", "PAO"),
    ],
)
def test_one_name_in_two_spellings(one: str, other: str) -> None:
    assert same_name(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ma", "Má"), ("Mỷ", "Mỉ"), ("Sùng", "Xùng"), ("Hòa", "Hoa"), ("Đô", "Do"), ("An Hoà", "Ân Hoà")],
)
def test_two_names_stay_two(one: str, other: str) -> None:
    assert not same_name(one, other)


def test_people_are_greeted_by_the_last_word() -> None:
    assert given_name("Giàng A Pao ") == "Pao"
    assert given_name("Pao") == "Pao"
    assert given_name("  ") == ""


def test_letters_stand_in_the_order_of_the_alphabet() -> None:
    letters = list("aăâbcdđeêghiklmnoôơpqrstuưvxy")
    backwards = letters[::-1]
    assert sorted(backwards, key=vietnamese_sort_key) == letters


def test_tones_stand_in_their_order() -> None:
    tones = ["ma", "mà", "mả", "mã", "má", "mạ"]
    backwards = tones[::-1]
    assert sorted(backwards, key=vietnamese_sort_key) == tones
    assert sorted(["mẫ", "mắ", "mạ", "mẩ"], key=vietnamese_sort_key) == ["mạ", "mắ", "mẩ", "mẫ"]


def test_letters_weigh_more_than_tones_and_tones_more_than_case() -> None:
    assert sorted(["Hoạ My", "Họa Mi", "Hoa Ny"], key=vietnamese_sort_key) == ["Họa Mi", "Hoạ My", "Hoa Ny"]
    assert sorted(["Má", "má", "mà", "Mà"], key=vietnamese_sort_key) == ["mà", "Mà", "má", "Má"]


def test_a_shorter_text_and_digits_come_first() -> None:
    names = ["Bản 2", "Bản Dù", "Bản", "Bảo Tấn 1", "Bảo Tấn 2", "Cốc Ly", "Đội 3", "Dốc"]
    assert sorted(names, key=vietnamese_sort_key) == ["Bản", "Bản 2", "Bản Dù", "Bảo Tấn 1", "Bảo Tấn 2", "Cốc Ly", "Dốc", "Đội 3"]


def test_people_sort_by_given_name_then_family_then_middle() -> None:
    names = ["Vàng A Pao", "Pao", "Lù Thị Ân", "Đặng Văn An", "Bàn Văn An", "Bàn Thị An", "Nông Văn Ảnh", "Bàn Văn Án"]
    expected = ["Bàn Thị An", "Bàn Văn An", "Đặng Văn An", "Bàn Văn Án", "Nông Văn Ảnh", "Lù Thị Ân", "Pao", "Vàng A Pao"]
    for shuffled in itertools.islice(itertools.permutations(names), 0, 40320, 997):
        assert sorted(shuffled, key=name_sort_key) == expected
        assert sorted(shuffled, key=name_order) == expected


@given(st.text())
def test_any_text_has_a_key(text: str) -> None:
    assert vietnamese_sort_key(text) == vietnamese_sort_key(nfd(nfc(text)))


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Đơn xin nghỉ (bản 2).PDF", "don-xin-nghi-ban-2-pdf"),
        ("../../etc/passwd", "etc-passwd"),
        ("Con", "tep-con"),
        ("COM1", "tep-com1"),
        ("😀", "tep"),
        ("", "tep"),
    ],
)
def test_a_file_name_is_plain_ascii(text: str, slug: str) -> None:
    assert slugify_ascii(text) == slug


def test_a_long_file_name_is_cut_without_a_hyphen_at_its_end() -> None:
    assert slugify_ascii("aaaa bbbb cccc", longest=10) == "aaaa-bbbb"


@given(st.text())
def test_every_file_name_is_safe(text: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slugify_ascii(text))
