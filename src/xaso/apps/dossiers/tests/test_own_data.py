"""A person's copy of her data holds what is hers, in words, and nothing of anybody else; taking it is written down."""

import json
import shutil
import subprocess
from typing import Any

import pytest
from django.test import Client

from xaso.apps.audit import facade as audit
from xaso.apps.dossiers import testing
from xaso.apps.dossiers.testing import POOR, Office, account_of
from xaso.apps.procedures import facade as procedures
from xaso.platform.actor import Actor
from xaso.platform.acts import facts_in_words

pytestmark = pytest.mark.django_db
JSON, PDF = "/du-lieu-cua-toi/ban-sao.json", "/du-lieu-cua-toi/ban-sao.pdf"


@pytest.fixture
def office() -> Office:
    return testing.office()


def signed_in(actor: Any) -> Client:
    client = Client()
    client.force_login(account_of(actor))
    return client


def copied(office: Office, who: Any) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(signed_in(who).get(JSON).content)
    return {one["name"]: one["records"] for one in said["holdings"]}


def test_the_copy_holds_the_dossier_its_answers_in_words_and_who_did_what(office: Office) -> None:
    dossier = testing.examining(office, POOR)
    held = copied(office, office.owner)
    (mine,) = held["dossiers.Dossier"]

    assert (mine["code"], mine["applicant_name"], mine["state"]) == (dossier.code, dossier.applicant_name, "Đang thẩm tra")
    assert mine["applicant_personal_number"] == dossier.applicant_personal_number
    assert all(label[0].isupper() for answer in mine["answers"] for label in answer)
    assert [step["verb"] for step in held["dossiers.Step"]] == ["Nộp hồ sơ", "Tiếp nhận", "Nhận việc"]
    assert held["people.Citizen"][0]["full_name"] == office.owner.name


def test_papers_fee_slips_and_result_are_told_by_their_names(office: Office) -> None:
    dossier = testing.solved(office)
    given = procedures.get_version(dossier.version_id).papers[0]
    dossier.papers = {given.id: {"kind": "original", "count": 2}, "gone": {"kind": "copy", "count": 1}}
    dossier.save()
    held = copied(office, office.owner)
    (mine,) = held["dossiers.Dossier"]
    slips = [line for slip in held["dossiers.Slip"] for line in slip["data"]]
    told = [*mine["fee"], *held["dossiers.Result"][0]["fields"], *slips]

    assert mine["papers"] == [{given.name["vi"]: "bản chính · 2"}]
    assert any(amount.endswith(" đ") for line in mine["fee"] for amount in line.values())
    assert {"Giấy": "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"} in told
    assert {"Họ tên": mine["applicant_name"]} in told
    assert all(label[0].isupper() and isinstance(value, str) for line in told for label, value in line.items())


def test_what_was_done_is_told_in_words_with_what_stands_beside_it(office: Office) -> None:
    dossier = testing.examining(office, POOR)
    lines = {line["verb"]: line["detail"] for line in copied(office, office.owner)["audit.AuditEntry"]}

    assert lines["Tiếp nhận"] == [{"Hồ sơ": dossier.code}, {"Từ": "Chờ tiếp nhận"}, {"Sang": "Đã tiếp nhận"}]
    assert all("Từ" not in one for one in lines["Nộp hồ sơ"])


def test_what_the_software_did_by_itself_is_not_told_under_an_internal_name(office: Office) -> None:
    dossier = testing.examining(office, POOR)
    system = Actor.system(dossier.commune_id, "signing")
    audit.record(system, "signing.time_stamped", f"dossier:{dossier.id}", {"level": "B-T"}, now=dossier.submitted_at)

    names = {line["actor_name"] for line in copied(office, office.owner)["audit.AuditEntry"] if line["verb"].startswith("Thêm dấu")}

    assert names == {"Hệ thống của xã tự làm"}


@pytest.mark.parametrize(
    ("verb", "detail", "told"),
    [
        ("dossiers.uncovered", {"code": "XS-1", "purpose": "complaint", "words": ""}, ["XS-1", "Giải quyết khiếu nại, phản ánh"]),
        ("people.citizen_recognised", {"fields": ["full_name", "village_id"], "level": 2}, ["Họ và tên, Thôn, bản", "2"]),
        ("signing.time_stamped", {"level": "B-T", "sha256": "25", "at": "2026-12-01", "by": "TSA"}, ["B-T", "2026-12-01", "TSA"]),
        ("audit.question_asked", {"entry": "01a2", "due_on": "2026-12-11"}, ["2026-12-11"]),
        ("dossiers.confirm_person", {"how": "desk", "paper": "Thẻ căn cước"}, ["Giấy tờ ở quầy", "Thẻ căn cước"]),
        ("dossiers.attach", {"code": "XS-1", "paper": "birth_certificate"}, ["XS-1"]),
        ("rights.ask", {"code": "DL-1", "kind": "view", "form": "pdf"}, ["DL-1", "Xem dữ liệu xã đang giữ", "PDF"]),
        ("nobody.knows", {"thing": True}, ["Có"]),
    ],
    ids=["uncovered", "recognised", "stamped", "asked", "confirmed", "attached", "request", "undeclared"],
)
def test_facts_beside_an_act_are_told_without_codes_and_ids(verb: str, detail: dict[str, Any], told: list[str]) -> None:
    assert [text for line in facts_in_words(verb, detail) for text in line.values()] == told


def test_the_copy_holds_nothing_of_anybody_else(office: Office) -> None:
    testing.examining(office, POOR)
    held = copied(office, office.stranger)

    assert {name for name, records in held.items() if records} == {"people.Account", "people.Citizen"}
    assert [one["full_name"] for one in held["people.Citizen"]] == [office.stranger.name]


def test_secrets_and_other_peoples_accounts_are_left_out(office: Office) -> None:
    testing.examining(office, POOR)
    said = signed_in(office.owner).get(JSON).content.decode()

    assert "password" not in said
    assert str(office.officer.account_id) not in said
    assert "10.0.0" not in said


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is not installed")
def test_the_pdf_is_for_reading(office: Office) -> None:
    dossier = testing.examining(office, POOR)
    answer = signed_in(office.owner).get(PDF)
    read = subprocess.run(["pdftotext", "-", "-"], input=answer.content, capture_output=True, check=True).stdout.decode()

    assert answer["Content-Type"] == "application/pdf"
    assert "BẢN SAO DỮ LIỆU CÁ NHÂN" in read
    for said in (dossier.code, dossier.applicant_personal_number, "Đang thẩm tra"):
        assert said in read


def test_each_copy_is_written_down_with_its_form(office: Office) -> None:
    browser = signed_in(office.owner)
    browser.get(JSON)
    browser.get(PDF)

    lines = audit.history_of(f"citizen:{office.owner.citizen_id}")
    assert [(line.verb, line.detail) for line in lines] == [("rights.copied", {"form": "json"}), ("rights.copied", {"form": "pdf"})]


def test_a_visitor_is_sent_to_sign_in_and_an_official_finds_nothing(office: Office) -> None:
    assert Client().get(JSON)["Location"] == f"/dang-nhap/?next={JSON}"
    assert signed_in(office.officer).get(JSON).status_code == 404
    assert audit.history_of(f"citizen:{office.owner.citizen_id}") == []
