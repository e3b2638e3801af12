"""What slips and results say: every procedure's result can be laid out, filled from answers and the officer's fields, and read back."""

import subprocess
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from xaso.apps.dossiers import testing
from xaso.apps.dossiers.actions import intake, results
from xaso.apps.dossiers.models import Dossier, Result, Slip
from xaso.apps.dossiers.papers.fee_slip import fee_slip
from xaso.apps.dossiers.papers.filling import Sources, filled
from xaso.apps.dossiers.papers.result_fields import check_values
from xaso.apps.dossiers.papers.results import number_in_words, preview, result_paper
from xaso.apps.dossiers.papers.shown_answers import in_one_line
from xaso.apps.dossiers.papers.signers import Signer
from xaso.apps.dossiers.papers.slips import render_slip
from xaso.apps.dossiers.testing import MORNING
from xaso.apps.people import facade as people
from xaso.apps.procedures import facade as procedures
from xaso.apps.procedures.testing import codes_filed_here
from xaso.kernel.forms import Row
from xaso.kernel.identifiers import grouped_paper_code
from xaso.kernel.money import format_vnd


def sources(**answers: object) -> Sources:
    return Sources(answers=answers, shown={"sex": "Nữ"}, fields={"subject": "Căn cước"}, facts={"year": "2026"})


def texts_in(value: Any) -> list[str]:
    """Return every text of a paper's data, however deep."""
    if isinstance(value, Mapping):
        return [text for one in value.values() for text in texts_in(one)]
    if isinstance(value, list):
        return [text for one in value for text in texts_in(one)]
    return [value] if isinstance(value, str) else []


def test_a_place_takes_an_answer_as_it_is_or_stands_inside_a_text() -> None:
    assert filled("{pages}", sources(pages=3)) == 3
    assert filled("{pages} trang, {shown.sex}, {field.subject}, {fact.year}", sources(pages=3)) == "3 trang, Nữ, Căn cước, 2026"
    assert filled("{unknown}", sources()) == ""


def test_a_table_fills_a_list_and_a_condition_chooses() -> None:
    rows = {"members": [{"name": "Pao"}, {"name": "Mỷ"}], "kind": "near_poor"}
    pattern = {
        "list": {"each": "members", "as": {"who": "{name}"}},
        "kind": {"if": "kind", "is": "near_poor", "then": "cận", "else": "nghèo"},
    }
    assert filled(pattern, sources(**rows)) == {"list": [{"who": "Pao"}, {"who": "Mỷ"}], "kind": "cận"}


def test_pieces_of_which_nothing_is_known_are_left_out_of_a_joined_text() -> None:
    pattern = {"join": ["{name}", "số {number}", "ngày {shown.day}"], "with": ", "}
    assert filled(pattern, sources(name="Giấy báo tử", number="12")) == "Giấy báo tử, số 12"
    assert filled(pattern, sources()) == ""
    assert filled({"join": ["theo giấy tờ", "số {number}"], "with": " "}, sources(number=7)) == "theo giấy tờ số 7"


def test_a_tables_rows_are_joined_to_one_text_and_written_lines_are_taken_apart_again() -> None:
    rows = {"trades": [{"name": "Bán ngô, thóc", "code": "4620"}, {"name": "Xay xát"}]}
    line = {"each": "trades", "as": {"join": ["{name}", "{code}"], "with": ": "}, "with": "\n"}
    assert filled(line, sources(**rows)) == "Bán ngô, thóc: 4620\nXay xát"
    written = sources(written=" Bán ngô, thóc : 4620\n\nXay xát")
    assert filled({"lines": "written", "as": ["name", "code"]}, written) == [
        {"name": "Bán ngô, thóc", "code": "4620"},
        {"name": "Xay xát", "code": ""},
    ]


def test_no_case_is_taken_for_want_of_a_better() -> None:
    pattern = {"match": "wanted", "cases": {"poor": "hộ nghèo", "near_poor": "hộ {shown.sex}"}}
    assert [filled(pattern, sources(wanted=value)) for value in ("poor", "near_poor", "unsure", "")] == ["hộ nghèo", "hộ Nữ", "", ""]


def test_a_field_with_options_is_printed_in_words_and_compared_by_its_value() -> None:
    chosen = replace(sources(), fields={"sex": "male"}, field_words={"sex": {"male": "Nam", "female": "Nữ"}})
    assert filled("Giới tính: {field.sex}", chosen) == "Giới tính: Nam"
    assert filled({"match": "field.sex", "cases": {"male": "ông", "female": "bà"}}, chosen) == "ông"
    assert filled({"if": "field.sex", "is": "male", "then": "ông", "else": "bà"}, chosen) == "ông"


@pytest.mark.parametrize(
    ("value", "words", "long"),
    [
        (30_000_000, "ba mươi triệu đồng", "30000000"),
        ("30.000.000 đ", "ba mươi triệu đồng", "30.000.000 đ"),
        ("2026-11-05", "ngày năm tháng mười một năm hai nghìn không trăm hai mươi sáu", "ngày 05 tháng 11 năm 2026"),
        ("05/11/2026", "ngày năm tháng mười một năm hai nghìn không trăm hai mươi sáu", "ngày 05 tháng 11 năm 2026"),
        ("1952", "năm một nghìn chín trăm năm mươi hai", "năm 1952"),
        ("14:30", "mười bốn giờ ba mươi phút", "14 giờ 30 phút"),
        ("sáng sớm", "", "sáng sớm"),
        ("", "", ""),
    ],
)
def test_amounts_dates_and_hours_are_said_in_words_and_at_length(value: object, words: str, long: str) -> None:
    assert filled("{words.it}", sources(it=value)) == words
    assert filled("{long.it}", sources(it=value)) == long


def test_what_somebody_typed_is_never_read_as_a_place() -> None:
    assert filled("{name}", sources(name="{fact.year}")) == "{fact.year}"
    assert filled("Ông {name}", sources(name="{fact.year}")) == "Ông {fact.year}"


@pytest.mark.parametrize(("number", "symbol", "shown"), [(5, "QĐ-UBND", "05/QĐ-UBND"), (112, "", "112/2026"), (None, "QĐ-UBND", "…")])
def test_a_number_has_two_digits_below_ten(number: int | None, symbol: str, shown: str) -> None:
    assert number_in_words(number, symbol, MORNING) == shown


@pytest.mark.django_db
def test_the_slip_of_a_payment_says_what_was_paid_and_names_the_receipt() -> None:
    office = testing.office()
    dossier = testing.paid(office, testing.accepted(office))

    told = text_of(fee_slip(dossier, dossier.payments.get()))

    assert "0000123" in told
    assert format_vnd(dossier.fee_vnd or 0) in told


@pytest.mark.django_db
def test_a_preview_is_marked_as_a_draft_and_bears_no_code() -> None:
    office = testing.office()
    dossier = testing.in_review(office)

    told = text_of(preview(office.officer, dossier, now=MORNING))

    assert "DỰ THẢO" in told
    assert Result.objects.get(dossier=dossier).token[:5] not in told


@pytest.mark.django_db
def test_the_code_of_a_paper_is_printed_under_its_qr() -> None:
    dossier = testing.accepted(testing.office())
    slip = Slip.objects.get(dossier=dossier, form="01")

    assert grouped_paper_code(slip.token)[:11] in text_of(render_slip("01", slip.data))


def text_of(pdf: bytes) -> str:
    """Return the letters of a PDF, as another program reads them."""
    return subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


def test_a_tables_rows_stand_in_one_text_with_the_names_of_what_they_hold() -> None:
    def part(label: str, shown: str) -> Row:
        return Row(label, shown, ("documents", 0, label))

    first = Row("Giấy tờ 1", "", ("documents", 0), parts=(part("Giấy tờ gì", "Căn cước"), part("Số trang", "2"), part("Ghi chú", "")))
    second = Row("Giấy tờ 2", "", ("documents", 1), parts=(part("Giấy tờ gì", "Bằng lái"),))
    assert in_one_line(Row("Giấy tờ", "", ("documents",), parts=(first, second))) == "Căn cước (số trang: 2); Bằng lái"


@pytest.mark.django_db
@pytest.mark.parametrize("code", codes_filed_here())
def test_every_procedure_of_the_commune_can_be_filed_and_its_result_laid_out(code: str) -> None:
    office = testing.office()
    dossier = testing.submitted(office, code)
    version = procedures.get_version(dossier.version_id)
    result = Result(dossier=dossier, fields=testing.prepared(dossier), token="t" * 24)
    check_values(version, result.fields, missing="dossiers.field_missing")
    paper = result_paper(
        people.commune_of(dossier.commune_id),
        version,
        dossier,
        result,
        7,
        signer=Signer("Nông Thị Chanh", "Phó Chủ tịch UBND"),
        now=MORNING,
    )
    assert paper.data["signer"]["post"] == "Phó Chủ tịch UBND xã Thử Nghiệm"
    assert version.result.paper is not None
    assert [text for text in texts_in(paper.data) if "{" in text] == []
    with pikepdf.open(BytesIO(paper.render())) as pdf:
        assert len(pdf.pages) >= 1


@pytest.mark.django_db
def test_a_slip_prints_the_same_bytes_each_time_whatever_name_is_on_it() -> None:
    office = testing.office()
    name = "Ma Thị <script>alert(1)</script> #let x = 1 😀 " + "Nguyễn" * 8
    dossier = intake.accept(office.desk, testing.submitted(office, name=name).id, now=MORNING)
    slip = Slip.objects.get(dossier=dossier)
    assert slip.data["applicant"]["name"] == name
    assert render_slip("01", slip.data) == render_slip("01", slip.data)


@pytest.mark.django_db
def test_the_officers_correction_stands_in_the_result_not_the_first_answer() -> None:
    office = testing.office()
    dossier = testing.examining(office, testing.MARITAL)
    results.prepare_result(office.officer, dossier.id, testing.prepared(dossier, person_name="Giàng A Páo"), now=MORNING)
    dossier = Dossier.objects.get(pk=dossier.pk)
    version = procedures.get_version(dossier.version_id)
    paper = result_paper(
        people.commune_of(dossier.commune_id),
        version,
        dossier,
        Result.objects.get(dossier=dossier),
        None,
        signer=Signer("", ""),
        now=MORNING,
    )
    assert paper.data["person"]["name"] == "Giàng A Páo"
