"""What a signed result says, word for word, for each of the eight procedures: answers, what the officer wrote, nothing besides."""

import subprocess
import unicodedata
from dataclasses import replace
from typing import Any

import pytest

from xaso.apps.dossiers import testing
from xaso.apps.dossiers.actions import intake
from xaso.apps.dossiers.actions.filing import file_dossier
from xaso.apps.dossiers.models import Dossier, Result, Slip
from xaso.apps.dossiers.papers.result_fields import first_values
from xaso.apps.dossiers.papers.results import result_paper
from xaso.apps.dossiers.papers.signers import Signer
from xaso.apps.dossiers.testing import MORNING, Office
from xaso.apps.people import facade as people
from xaso.apps.procedures import facade as procedures
from xaso.kernel.worktime import VN
from xaso.platform import pdf

pytestmark = pytest.mark.django_db

BIRTH, DEATH, MARITAL, EXTRACT = "1.001193", "1.000656", "1.004873", "2.000635"
COPY, SIGNATURE, POOR, BUSINESS = "2.000815", "2.000884", "1.011607", "1.001612"


def filed(office: Office, code: str, **answers: Any) -> Dossier:
    """Return a dossier with these answers instead of the usual ones; None leaves one out."""
    usual = testing.filing(office, code)
    changed = {name: value for name, value in {**usual.answers, **answers}.items() if value is not None}
    return file_dossier(office.desk, replace(usual, answers=changed), now=MORNING)


def printed(dossier: Dossier, **written: str) -> str:
    """Return the text of the dossier's result with what the officer wrote."""
    version = procedures.get_version(dossier.version_id)
    result = Result(dossier=dossier, fields=testing.prepared(dossier, **written), token="t" * 24)
    commune = people.commune_of(dossier.commune_id)
    paper = result_paper(commune, version, dossier, result, 7, signer=Signer("Nông Thị Chanh", "Phó Chủ tịch"), now=MORNING)
    return text_of(pdf.render(paper.template, {**paper.data, "demo": False}))


def text_of(content: bytes) -> str:
    told = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True).stdout.decode()
    return " ".join(unicodedata.normalize("NFC", told).split())


def test_a_birth_certificate_says_nam_or_nu_the_date_in_words_and_the_parents_year(office: Office) -> None:
    dossier = filed(
        office, BIRTH, child_birth="2026-11-05", child_sex="female", mother_birth="1982-05-28", father_known="yes", father_birth="1979"
    )

    told = printed(dossier)

    assert "Ngày, tháng, năm sinh: 05/11/2026 (ghi bằng chữ: Ngày năm tháng mười một năm hai nghìn không trăm hai mươi sáu)" in told
    assert "Giới tính: Nữ" in told
    assert "Năm sinh: 1982" in told
    assert "Năm sinh: 1979" in told
    assert not any(word in told for word in ("Trai", "Gái", "28/05/1982", "Nơi nhận", "Ghi chú"))


def test_a_father_who_is_not_named_is_left_blank_without_a_line_to_fill(office: Office) -> None:
    told = printed(filed(office, BIRTH, father_known="no", father_name=None, father_birth=None))

    assert "Họ, chữ đệm, tên người cha: Năm sinh: Dân tộc: Quốc tịch: Nơi cư trú: Họ, chữ đệm, tên người đi khai sinh:" in told


def test_a_death_extract_says_hour_and_day_in_figures_and_in_words(office: Office) -> None:
    dossier = filed(office, DEATH, died_on="2026-11-15", died_at="14h30", notice_number="12", notice_on="2026-11-16")

    told = printed(dossier)

    assert (
        "Đã chết vào lúc: 14 giờ 30 phút, ngày 15 tháng 11 năm 2026 (ghi bằng chữ: Mười bốn giờ ba mươi phút, "
        "ngày mười lăm tháng mười một năm hai nghìn không trăm hai mươi sáu)" in told
    )
    assert "Giấy báo tử/Giấy tờ thay thế: số 12, cấp ngày 16/11/2026, Trạm Y tế xã Bảo Nhai" in told


def test_of_a_death_long_ago_only_what_is_known_is_said(office: Office) -> None:
    gone = dict.fromkeys(("notice_number", "notice_on", "notice_issuer", "died_at"))
    told = printed(filed(office, DEATH, died_on="1979-02", death_proof="old", **gone))

    assert "Đã chết vào lúc: tháng 02 năm 1979 (ghi bằng chữ: Tháng hai năm một nghìn chín trăm bảy mươi chín)" in told
    assert "Giấy báo tử" not in told


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"purpose": "marriage"}, "Giấy này được cấp để: Đăng ký kết hôn"),
        ({"purpose": "loan"}, "Giấy này được cấp để: Vay vốn"),
        ({"purpose": "other", "purpose_other": "Nhập hộ khẩu cho cháu"}, "Giấy này được cấp để: Nhập hộ khẩu cho cháu"),
        ({"status": "never"}, "Tình trạng hôn nhân: Chưa đăng ký kết hôn với ai"),
        (
            {"status": "divorced", "divorce_number": "15/QĐST", "divorce_on": "2019-03", "divorce_court": "Tòa án nhân dân Bắc Hà"},
            "Đã đăng ký kết hôn nhưng đã ly hôn theo bản án hoặc quyết định số 15/QĐST ngày 03/2019 của Tòa án nhân dân Bắc Hà",
        ),
    ],
)
def test_a_marital_status_says_what_for_and_the_status_in_whole_words(office: Office, answers: dict[str, str], said: str) -> None:
    assert said in printed(filed(office, MARITAL, **answers))


@pytest.mark.parametrize(
    ("answers", "title"),
    [
        ({"event": "birth"}, "GIẤY KHAI SINH (Bản sao)"),
        ({"event": "marriage"}, "TRÍCH LỤC KẾT HÔN (Bản sao)"),
        ({"event": "other", "event_other": "giám hộ"}, "TRÍCH LỤC GIÁM HỘ (Bản sao)"),
    ],
)
def test_an_extract_bears_the_name_of_the_record_and_what_the_register_says(office: Office, answers: dict[str, str], title: str) -> None:
    told = printed(filed(office, EXTRACT, **answers), content="Giới tính: Nam\nĐã cải chính ngày sinh.", register_number="27, quyển 1")

    assert title in told
    assert "Giới tính: Nam Đã cải chính ngày sinh. Đăng ký tại:" in told
    assert "Số đăng ký: 27, quyển 1" in told


def test_a_certified_copy_counts_pages_and_copies_in_words_of_the_trade(office: Office) -> None:
    told = printed(filed(office, COPY, documents=[{"name": "Căn cước", "pages": 2, "copies": 3}]))

    assert "Giấy tờ được chứng thực: Căn cước Số trang, số bản: bản chính có 2 trang, chứng thực 3 bản sao" in told
    assert not any(word in told for word in ("mấy", "như ghi trên", "Số: "))


def test_several_certified_papers_stand_in_a_numbered_list(office: Office) -> None:
    papers = [{"name": "Căn cước", "pages": 2, "copies": 3}, {"name": "Bằng lái xe", "pages": 1, "copies": 1}]

    told = printed(filed(office, COPY, documents=papers), note="Trang 2 có ghi chú.")

    assert "1. Căn cước: bản chính có 2 trang, chứng thực 3 bản sao 2. Bằng lái xe: bản chính có 1 trang, chứng thực 1 bản sao" in told
    assert "Ghi chú: Trang 2 có ghi chú." in told


def test_who_signed_which_paper_in_which_way_is_said_of_one_and_of_several(office: Office) -> None:
    dossier = filed(office, SIGNATURE, documents=[{"name": "Sơ yếu lý lịch", "signers": 1}], sign_way="fingerprint")

    one = printed(dossier)
    several = printed(dossier, signers="Giàng A Pao: căn cước số 000090\nSùng Thị Mỷ: hộ chiếu số C123", sign_way="signature")

    assert "giấy tờ, văn bản “Sơ yếu lý lịch” và đã điểm chỉ vào giấy tờ, văn bản này trước mặt tôi." in one
    assert "(bằng chữ: ngày mười chín tháng mười một năm hai nghìn không trăm hai mươi sáu)" in one
    assert "mấy" not in one
    assert "và đã cùng ký vào giấy tờ" in several
    assert "1 Giàng A Pao căn cước số 000090 2 Sùng Thị Mỷ hộ chiếu số C123" in several


def test_of_somebody_who_can_do_neither_it_is_not_said_that_she_signed(office: Office) -> None:
    told = printed(filed(office, SIGNATURE, sign_way="neither"))

    assert "và không thể ký, không thể điểm chỉ vào giấy tờ, văn bản này trước mặt tôi." in told
    assert "đã ký" not in told


@pytest.mark.parametrize(("recognised", "said"), [("poor", "hộ nghèo"), ("near_poor", "hộ cận nghèo")])
def test_a_household_is_recognised_as_what_the_officer_chose(office: Office, recognised: str, said: str) -> None:
    told = printed(filed(office, POOR, wanted="unsure", head_birth="2005-09-19"), recognised_as=recognised)

    assert f"Về việc công nhận {said} năm 2026" in told
    assert f"là {said}, kể từ ngày 19 tháng 11 năm 2026" in told
    assert "sinh ngày 19/09/2005" in told


def test_a_head_of_whom_the_year_is_known_is_said_to_be_born_in_it(office: Office) -> None:
    assert "sinh năm 1960," in printed(filed(office, POOR, wanted="poor", head_birth="1960"))


def test_who_is_not_sure_leaves_the_choice_to_the_officer(office: Office) -> None:
    dossier = filed(office, POOR, wanted="unsure")

    assert first_values(procedures.get_version(dossier.version_id), dossier)["recognised_as"] == ""


def test_a_business_certificate_bears_the_officers_corrections_and_the_capital_in_words(office: Office) -> None:
    dossier = filed(office, BUSINESS, trades=[{"name": "Xay xát ngô, thóc", "code": "1061"}, {"name": "Bán tạp hóa"}], capital=20_000_000)

    told = printed(dossier, capital="30.000.000 đ")

    assert "Mã số hộ kinh doanh: 15L8000323" in told
    assert "4. Vốn kinh doanh: 30.000.000 đ (bằng chữ: ba mươi triệu đồng)" in told
    assert "1 Xay xát ngô, thóc 1061 2 Bán tạp hóa" in told
    assert not any(word in told for word in ("Thư điện tử", "Dân tộc"))


def test_who_lived_elsewhere_gets_three_working_days_more_and_is_told_why(office: Office) -> None:
    elsewhere = {"lived_elsewhere": True, "places": [{"place": "Xã Lùng Phình, tỉnh Lào Cai"}]}

    usual = intake.accept(office.desk, filed(office, MARITAL).id, now=MORNING)
    longer = intake.accept(office.desk, filed(office, MARITAL, **elsewhere).id, now=MORNING)

    assert [dossier.due_at and f"{dossier.due_at.astimezone(VN):%d/%m/%Y}" for dossier in (usual, longer)] == ["25/11/2026", "30/11/2026"]
    assert Slip.objects.get(dossier=usual).data["term"] == "3 ngày làm việc"
    assert Slip.objects.get(dossier=longer).data["term"] == "6 ngày làm việc (tính cả 3 ngày làm việc hỏi nơi thường trú trước đây)"


def test_a_fee_that_nobody_knows_is_not_called_free(office: Office) -> None:
    known, free = (intake.accept(office.desk, filed(office, code).id, now=MORNING) for code in (COPY, POOR))
    unknown = intake.accept(office.desk, filed(office, MARITAL, exempt_group="none").id, now=MORNING)

    fees = [Slip.objects.get(dossier=dossier).data["fee"] for dossier in (known, free, unknown)]
    assert [fee["total"] or fee["total_words"] for fee in fees] == [known.fee_vnd, "không thu", "chưa rõ mức, cần xác nhận tại quầy"]
