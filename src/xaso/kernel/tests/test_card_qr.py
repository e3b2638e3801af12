"""The QR of a card is read whatever its extras, and a wrong code is told from a spoilt one."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xaso.kernel.errors import Refusal
from xaso.kernel.identifiers import CardQr, PersonalNumber, read_card_qr
from xaso.kernel.partial_dates import PartialDate

CARD = "000090678901|123456789|Giàng A Pao|01011990|Nam|Thôn Nậm Đét, Xã Nậm Đét, Huyện Bắc Hà, Lào Cai|01012022"
TODAY = date(2026, 11, 23)


def read(text: str) -> CardQr:
    return read_card_qr(text, today=TODAY, demo=True)


def refusal(text: str) -> str:
    with pytest.raises(Refusal) as refused:
        read(text)
    return refused.value.code


def test_a_card_is_read_whole() -> None:
    assert read(CARD) == CardQr(
        number=PersonalNumber("000090678901"),
        old_number="123456789",
        full_name="Giàng A Pao",
        birth=PartialDate(1990, 1, 1),
        sex="male",
        address="Thôn Nậm Đét, Xã Nậm Đét, Huyện Bắc Hà, Lào Cai",
        issued_on=date(2022, 1, 1),
        expires_on=None,
        warnings=(),
    )


def test_the_former_number_may_be_empty() -> None:
    assert read(CARD.replace("123456789", "", 1)).old_number == ""


def test_six_fields_suffice() -> None:
    card = read(CARD.rpartition("|")[0])
    assert (card.issued_on, card.warnings) == (None, ())


def test_fields_to_come_are_passed_over() -> None:
    card = read(CARD + "|Giàng A Chu|Sùng Thị Mỷ||2|\x1d")
    assert (card.expires_on, card.warnings) == (None, ())


def test_names_are_composed_and_tidy() -> None:
    card = read("\ufeff" + unicodedata.normalize("NFD", CARD).replace(" A ", "  A ") + "\r\n")
    assert card.full_name == "Giàng A Pao"
    assert card.warnings == ()


@pytest.mark.parametrize(("written", "sex"), [("Nam", "male"), ("NAM", "male"), ("Nữ", "female"), ("nu", "female")])
def test_sex_is_read_in_either_case(written: str, sex: str) -> None:
    assert read(CARD.replace("|Nam|", f"|{written}|")).sex == sex


def test_an_expired_card_is_read_with_a_warning() -> None:
    card = read(CARD + "|22112026")
    assert (card.expires_on, card.warnings) == (date(2026, 11, 22), ("card_qr.expired",))
    assert read(CARD + "|23112026").warnings == ()
    assert read_card_qr(CARD + "|22112026", demo=True).warnings == ()


def test_an_eighth_field_before_the_issue_is_no_expiry() -> None:
    assert read(CARD + "|01012021").expires_on is None


def test_a_reading_in_the_wrong_encoding_is_mended() -> None:
    garbled = CARD.replace("Giàng", "Sùng").encode().decode("latin-1")
    assert read(garbled).full_name == "Sùng A Pao"
    assert read("000090678901||Mã A Pao|1990|Nam|Xã Bảo".encode().decode("latin-1")).address == "Xã Bảo"


@pytest.mark.parametrize("name", ["Gi?ng A Pao", "Gi\ufffdng A Pao", "Gia2ng A Pao", "Giаng A Pao"])
def test_a_garbled_name_is_pointed_out(name: str) -> None:
    assert read(CARD.replace("Giàng A Pao", name)).warnings == ("card_qr.name_unsure",)


def test_ethnic_names_are_not_taken_for_garbled() -> None:
    for name in ("Y H'Lan", "Ma A-Pho", "Lò Thị Ỏn", "Pao"):
        assert read(CARD.replace("Giàng A Pao", name)).warnings == ()


@pytest.mark.parametrize(
    ("field", "birth"),
    [
        ("05111952", PartialDate(1952, 11, 5)),
        ("1952", PartialDate(1952)),
        ("00001952", PartialDate(1952)),
        ("00111952", PartialDate(1952, 11)),
    ],
)
def test_a_birth_may_be_partial(field: str, birth: PartialDate) -> None:
    card = read(CARD.replace("01011990", field).replace("000090", "000052"))
    assert (card.birth, card.warnings) == (birth, ())


def test_what_disagrees_is_a_warning() -> None:
    card = read_card_qr(CARD.replace("|Nam|", "|Nữ|").replace("01011990", "01011991"), today=TODAY)
    assert card.warnings == ("personal_number.province_unknown", "personal_number.birth_differs", "personal_number.sex_differs")
    assert read(CARD.replace("|Nam|", "|?|")).warnings == ("card_qr.sex_unsure",)


@pytest.mark.parametrize("issued", ["31022022", "2022", "24112026"])
def test_a_strange_day_of_issue_is_pointed_out(issued: str) -> None:
    assert read(CARD.replace("01012022", issued)).warnings == ("card_qr.issue_day_unsure",)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "card_qr.empty"),
        (" \r\n", "card_qr.empty"),
        ("https://example.vn/xac-minh/abc", "card_qr.web_address"),
        ("00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA53037045802VN63049E6F", "card_qr.payment"),
        ("GD4010123456789|5669e1bb8774|01/01/1990|1|…|38", "card_qr.not_a_card"),
        ("P<LAOSOMBOUN<<KHAM<<<<<<<<<<<<<<<<<<<<<<<<<<", "card_qr.not_a_card"),
        ("1103700123456|SOMCHAI|JAIDEE|01011990|M|BANGKOK|01012020", "card_qr.not_a_card"),
        ("|||||||", "card_qr.not_a_card"),
        ("XS-261123-0007", "card_qr.not_a_card"),
        ("012345678901", "card_qr.not_a_card"),
    ],
)
def test_another_code_is_told_from_a_card(text: str, code: str) -> None:
    assert refusal(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "000090678901|123456789|Giàng A",
        CARD.replace("Giàng A Pao", ""),
        CARD.replace("01011990", "31021990"),
        CARD.replace("01011990", "0101199"),
        CARD.replace("01011990", ""),
        CARD.replace("01011990", "24112026"),
    ],
)
def test_a_spoilt_card_is_refused_as_unreadable(text: str) -> None:
    assert refusal(text) == "card_qr.unreadable"


def outcome(text: str) -> str:
    """Return the number that is read, or the code of the refusal."""
    try:
        return read(text).number.digits
    except Refusal as refused:
        return refused.code


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    assert outcome(text).startswith("card_qr.")


@given(st.lists(st.text(max_size=10), min_size=6, max_size=14))
def test_any_fields_after_a_number_are_read_or_refused(fields: list[str]) -> None:
    assert outcome("|".join(["000090678901", *fields])) in {"000090678901", "card_qr.unreadable"}


@given(st.lists(st.text(st.characters(blacklist_characters="|"), max_size=12), max_size=9))
def test_no_field_beyond_the_seventh_spoils_a_card(extras: list[str]) -> None:
    assert read("|".join([CARD, *extras])).full_name == "Giàng A Pao"
