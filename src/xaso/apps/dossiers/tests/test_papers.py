"""What slips and results say: every procedure's result can be laid out, filled from answers and the officer's fields, and read back."""

from io import BytesIO

import pikepdf
import pytest

from xaso.apps.dossiers import testing
from xaso.apps.dossiers.actions import intake, results
from xaso.apps.dossiers.models import Dossier, Result, Slip
from xaso.apps.dossiers.papers.filling import Sources, filled
from xaso.apps.dossiers.papers.results import in_one_line, number_in_words, result_paper, shown_answers, signing_titles
from xaso.apps.dossiers.papers.slips import render_slip
from xaso.apps.dossiers.testing import MORNING
from xaso.apps.people import facade as people
from xaso.apps.procedures import facade as procedures
from xaso.apps.procedures.testing import codes_filed_here
from xaso.kernel.forms import Row


def sources(**answers: object) -> Sources:
    return Sources(answers=answers, shown={"sex": "Nữ"}, fields={"subject": "Căn cước"}, facts={"year": "2026"})


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


def test_what_somebody_typed_is_never_read_as_a_place() -> None:
    assert filled("{name}", sources(name="{fact.year}")) == "{fact.year}"
    assert filled("Ông {name}", sources(name="{fact.year}")) == "Ông {fact.year}"


@pytest.mark.parametrize(("number", "symbol", "shown"), [(5, "QĐ-UBND", "05/QĐ-UBND"), (112, "", "112/2026"), (None, "QĐ-UBND", "…")])
def test_a_number_has_two_digits_below_ten(number: int | None, symbol: str, shown: str) -> None:
    assert number_in_words(number, symbol, MORNING) == shown


def test_a_vice_chair_signs_for_the_chair() -> None:
    assert signing_titles("Phó Chủ tịch UBND xã") == ["TM. Ủy ban nhân dân", "KT. Chủ tịch", "Phó Chủ tịch"]
    assert signing_titles("Chủ tịch") == ["TM. Ủy ban nhân dân", "Chủ tịch"]


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
    shown = shown_answers(version, dossier)
    result = Result(dossier=dossier, fields={entry.name: shown.get(entry.answer, "") for entry in version.result.fields}, token="t" * 24)
    paper = result_paper(
        people.commune_of(dossier.commune_id),
        version,
        dossier,
        result,
        7,
        signer_name="Nông Thị Chanh",
        signer_title="Phó Chủ tịch UBND",
        now=MORNING,
    )
    assert paper.data["signer"]["post"] == "Phó Chủ tịch UBND xã Thử Nghiệm"
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
    results.prepare_result(office.officer, dossier.id, {"person_name": "Giàng A Páo", "status": "Chưa đăng ký kết hôn với ai"}, now=MORNING)
    dossier = Dossier.objects.get(pk=dossier.pk)
    version = procedures.get_version(dossier.version_id)
    paper = result_paper(
        people.commune_of(dossier.commune_id),
        version,
        dossier,
        Result.objects.get(dossier=dossier),
        None,
        signer_name="",
        signer_title="",
        now=MORNING,
    )
    assert paper.data["person"]["name"] == "Giàng A Páo"
