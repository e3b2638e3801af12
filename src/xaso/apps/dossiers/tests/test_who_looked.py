"""Who looked: what is sensitive is covered for who does not work on a case, uncovered for a purpose, and read by the person it is about."""

from dataclasses import replace
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client

from xaso.apps.audit import facade as audit
from xaso.apps.dossiers import access, testing
from xaso.apps.dossiers.actions import looking, results, supplement
from xaso.apps.dossiers.look_work import open_look_questions
from xaso.apps.dossiers.looking_rules import COVERED, works_on
from xaso.apps.dossiers.models import Attachment, Dossier, ResultNumber
from xaso.apps.dossiers.testing import MORNING, POOR, Office, account_of
from xaso.apps.notices import facade as notices
from xaso.apps.people import testing as build
from xaso.apps.people.facade import Role
from xaso.kernel.errors import Refusal
from xaso.platform import clock, outbox
from xaso.platform.actor import Actor
from xaso.platform.tests.file_samples import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return testing.office()


def signed_in(actor: Any) -> Client:
    client = Client()
    client.force_login(account_of(actor))
    return client


def colleague(office: Office) -> Any:
    return build.actor_for(build.staff_of(office.commune_id, Role.CASE_OFFICER, title="Công chức địa chính", full_name="Lù Thị Tò Mò"))


def head(office: Office) -> Any:
    return build.actor_for(build.staff_of(office.commune_id, Role.CENTRE_HEAD, title="Giám đốc trung tâm"))


def text(answer: Any) -> str:
    return unescape(answer.content.decode())


def verbs(dossier: Dossier) -> list[str]:
    return [line.verb for line in audit.history_of(access.subject_of(dossier.id)) if "look" in line.verb or "uncover" in line.verb]


@pytest.mark.parametrize(
    ("roles", "state", "delivery", "mine", "sees"),
    [
        ({"case_officer"}, "examining", "none", True, True),
        ({"case_officer"}, "supplement_asked", "none", True, True),
        ({"case_officer"}, "examining", "none", False, False),
        ({"case_officer"}, "solved", "ready", True, False),
        ({"case_officer"}, "refused", "none", True, False),
        ({"desk"}, "submitted", "none", False, True),
        ({"desk"}, "accepted", "none", False, True),
        ({"desk"}, "examining", "none", False, False),
        ({"desk"}, "solved", "ready", False, True),
        ({"desk"}, "solved", "handed_over", False, False),
        ({"signer"}, "in_review", "none", False, True),
        ({"signer"}, "examining", "none", False, False),
        ({"leader", "centre_head", "clerk"}, "in_review", "none", False, False),
    ],
)
def test_who_works_on_a_case_sees_all_of_it_and_nobody_else(roles: set[str], state: str, delivery: str, mine: bool, sees: bool) -> None:
    assert works_on(roles, state=state, delivery_state=delivery, is_assignee=mine) is sees


def test_the_assigned_officer_is_not_slowed_down(office: Office) -> None:
    dossier = testing.examining(office, POOR)
    page = text(signed_in(office.officer).get(f"/ho-so/{dossier.code}/"))

    assert COVERED not in page
    assert "Xem để làm gì" not in page
    assert dossier.applicant_personal_number in page
    assert verbs(dossier) == ["dossiers.looked"]


def test_what_is_sensitive_is_covered_for_a_colleague_and_the_look_is_written_down_once(office: Office) -> None:
    dossier = testing.examining(office, POOR)
    browser = signed_in(colleague(office))
    page = text(browser.get(f"/ho-so/{dossier.code}/"))
    browser.get(f"/ho-so/{dossier.code}/")

    assert COVERED in page
    assert dossier.applicant_personal_number not in page
    assert "Xem để làm gì" in page
    assert verbs(dossier) == ["dossiers.looked_beside"]


def test_with_a_purpose_it_is_uncovered_for_a_while_and_the_purpose_is_kept(office: Office) -> None:
    dossier, other = testing.examining(office, POOR), colleague(office)
    browser = signed_in(other)
    answer = browser.post(f"/ho-so/{dossier.code}/xem/", {"purpose": "other", "words": "Đối chiếu ruộng giáp ranh"})

    assert answer.status_code == 302
    assert COVERED not in text(browser.get(f"/ho-so/{dossier.code}/"))
    assert COVERED in text(signed_in(head(office)).get(f"/ho-so/{dossier.code}/"))
    (line,) = [line for line in audit.history_of(access.subject_of(dossier.id)) if line.verb == looking.UNCOVERED]
    assert line.detail == {"code": dossier.code, "purpose": "other", "words": "Đối chiếu ruộng giáp ranh"}
    assert not looking.look(other, dossier, now=line.at + timedelta(minutes=31))


@pytest.mark.parametrize("sent", [{}, {"purpose": "curious"}, {"purpose": "other"}, {"purpose": "other", "words": " ab "}])
def test_without_a_purpose_nothing_is_uncovered(office: Office, sent: dict[str, str]) -> None:
    dossier = testing.examining(office, POOR)
    browser = signed_in(colleague(office))
    answer = browser.post(f"/ho-so/{dossier.code}/xem/", sent, follow=True)

    assert "Anh/chị chọn xem để làm gì" in text(answer)
    assert COVERED in text(answer)
    assert looking.UNCOVERED not in verbs(dossier)


def test_papers_open_for_who_works_on_the_case_or_said_what_for(office: Office) -> None:
    dossier = testing.examining(office, POOR)
    paper = given_paper(office, dossier)
    address = f"/ho-so/{dossier.code}/tep/{paper.id}/"
    browser = signed_in(colleague(office))

    assert browser.get(address)["Location"] == f"/ho-so/{dossier.code}/?mo=xem#xem"
    browser.post(f"/ho-so/{dossier.code}/xem/", {"purpose": "complaint"})
    for who in (browser, signed_in(office.officer)):
        answer = who.get(address)
        assert (answer.status_code, bool(answer.getvalue())) == (200, True)
    opened = [line for line in audit.history_of(access.subject_of(dossier.id)) if line.verb == looking.FILE_OPENED]
    assert [line.detail["name"] for line in opened] == [paper.name] * 2


def given_paper(office: Office, dossier: Dossier) -> Attachment:
    supplement.attach(office.officer, dossier.id, "other", pdf(), name="can-cuoc.pdf", source="desk", now=MORNING)
    return Attachment.objects.get(dossier=dossier)


def test_the_person_reads_who_looked_in_which_post_and_what_for(office: Office) -> None:
    dossier = testing.examining(office, POOR)
    browser = signed_in(colleague(office))
    browser.get(f"/ho-so/{dossier.code}/")
    browser.post(f"/ho-so/{dossier.code}/xem/", {"purpose": "inspection"})
    page = text(signed_in(office.owner).get("/ai-da-xem/"))

    for said in ("Lù Thị Tò Mò", "Công chức địa chính", "Xem thông tin nhạy cảm", "Kiểm tra, giám sát theo nhiệm vụ", dossier.code):
        assert said in page
    assert "Lù Thị Tò Mò" not in text(signed_in(office.stranger).get("/ai-da-xem/"))
    assert Client().get("/ai-da-xem/")["Location"] == "/dang-nhap/?next=/ai-da-xem/"


def test_machines_and_exports_appear_too(office: Office) -> None:
    dossier = testing.examining(office, POOR)
    machine = Actor(kind="token", commune_id=office.commune_id, name="Cổng của tỉnh", channel="api")
    looking.look(machine, dossier, now=clock.now())
    signed_in(head(office)).get("/tai-bang/so-theo-doi/").getvalue()
    page = text(signed_in(office.owner).get("/ai-da-xem/"))

    assert "Phần mềm Cổng của tỉnh" in page
    assert "Tải hoặc in một danh sách; có thể có anh/chị: Sổ theo dõi" in page


def asked(office: Office) -> tuple[Dossier, Any, audit.Question]:
    dossier, other = testing.examining(office, POOR), colleague(office)
    signed_in(other).get(f"/ho-so/{dossier.code}/")
    trace = audit.traces_of([access.subject_of(dossier.id)], limit=1)[0]
    signed_in(office.owner).post(f"/ai-da-xem/{trace.id}/hoi/", {"question": "Sao chị Tò Mò xem hồ sơ nhà tôi?"})
    (question,) = audit.open_questions(office.commune_id)
    return dossier, other, question


def test_a_question_becomes_work_with_a_deadline_and_its_answer_is_told(office: Office) -> None:
    dossier, _other, question = asked(office)
    boss = head(office)
    now = clock.now()

    assert (question.due_on - question.asked_at.date()).days in {9, 10, 11}
    (item,) = open_look_questions(boss, now)
    assert item.due_at is not None
    assert item.detail == "Sao chị Tò Mò xem hồ sơ nhà tôi?"
    assert open_look_questions(office.desk, now) == []
    browser = signed_in(boss)
    assert "Sao chị Tò Mò xem hồ sơ nhà tôi?" in text(browser.get("/ai-da-xem/cau-hoi/"))
    browser.post(f"/ai-da-xem/cau-hoi/{question.id}/", {"answer": "Chị ấy mở nhầm, đã được nhắc nhở."})
    outbox.relay(clock.now() + timedelta(seconds=1))

    assert "Chị ấy mở nhầm, đã được nhắc nhở." in text(signed_in(office.owner).get("/ai-da-xem/"))
    assert open_look_questions(boss, now) == []
    told = notices.messages_about(office.commune_id, access.subject_of(dossier.id))
    assert any("ai đã xem" in line.body.lower() or "ai da xem" in line.body.lower() for line in told)


def test_who_is_asked_about_does_not_answer(office: Office) -> None:
    dossier, boss = testing.examining(office, POOR), head(office)
    signed_in(boss).get(f"/ho-so/{dossier.code}/")
    trace = audit.traces_of([access.subject_of(dossier.id)], limit=1)[0]
    signed_in(office.owner).post(f"/ai-da-xem/{trace.id}/hoi/", {"question": "Vì sao giám đốc xem?"})
    (question,) = audit.open_questions(office.commune_id)

    with pytest.raises(Refusal, match="own_look"):
        audit.answer(boss, question.id, "Tôi có quyền.", now=clock.now())
    assert open_look_questions(boss, clock.now()) == []
    assert len(audit.open_questions(office.commune_id)) == 1


def test_nobody_asks_about_what_is_not_hers_nor_twice(office: Office) -> None:
    _dossier, _other, question = asked(office)
    address = f"/ai-da-xem/{question.about.id}/hoi/"

    assert signed_in(office.stranger).post(address, {"question": "Tôi tò mò thôi"}).status_code == 404
    assert "đã hỏi về dòng này rồi" in text(signed_in(office.owner).post(address, {"question": "Hỏi lại lần nữa"}, follow=True))
    assert [one.question for one in audit.open_questions(office.commune_id)] == [question.question]


@pytest.mark.parametrize("search", ["/so-theo-doi/", "/can-bo/tim/"])
def test_the_head_sees_who_looked_at_a_neighbours_file_without_saying_why(office: Office, search: str) -> None:
    dossier, curious = testing.examining(office, POOR), colleague(office)
    signed_in(curious).get(f"{search}?q={dossier.applicant_name}")
    signed_in(curious).get(f"/ho-so/{dossier.code}/")
    page = text(signed_in(head(office)).get("/ai-da-xem/cau-hoi/"))

    assert "Lù Thị Tò Mò" in page
    assert dossier.code in page
    assert f">{dossier.applicant_name}</td>" in page
    (searched,) = audit.last_acts(office.commune_id, [looking.SEARCHED], limit=5)
    assert (searched.actor_name, searched.detail) == ("Lù Thị Tò Mò", {"text": dossier.applicant_name})
    assert signed_in(curious).get("/ai-da-xem/cau-hoi/").status_code == 404


def test_who_took_a_copy_of_her_data_is_there_too_and_can_be_asked_about(office: Office) -> None:
    chief, citizen_id = head(office), office.owner.citizen_id
    audit.record(chief, "rights.copied", f"citizen:{citizen_id}", {"form": "pdf", "code": "DL-1"}, now=MORNING)
    browser = signed_in(office.owner)
    page = text(browser.get("/ai-da-xem/"))
    assert "Tải bản sao dữ liệu" in page
    assert "/ho-so-cua-toi/DL-1/" not in page
    assert "Tải bản sao dữ liệu" not in text(signed_in(office.stranger).get("/ai-da-xem/"))

    (trace,) = audit.traces_of([f"citizen:{citizen_id}"], limit=9)
    browser.post(f"/ai-da-xem/{trace.id}/hoi/", {"question": "Sao lại tải dữ liệu của tôi?"})
    (question,) = audit.open_questions(chief.commune_id)
    leader = build.actor_for(build.staff_of(office.commune_id, Role.LEADER))
    audit.answer(leader, question.id, "Theo yêu cầu của chị hôm trước.", now=clock.now())
    outbox.relay(clock.now())
    (sms,) = [line.body for line in notices.messages_about(office.commune_id, f"citizen:{citizen_id}")]
    assert sms.startswith("Xa da tra loi anh/chi: ai da xem thong tin.")


def test_who_opened_the_computer_by_a_pin_uncovers_and_signs_nothing(office: Office) -> None:
    testing.give_certificates(office)
    dossier = testing.in_review(office, POOR)
    by_pin = replace(office.signer, is_by_pin=True)

    with pytest.raises(Refusal, match=r"platform\.confirm_first"):
        looking.uncover(by_pin, dossier.id, "complaint", "", now=MORNING)
    with pytest.raises(Refusal, match=r"platform\.confirm_first"):
        results.sign_result(by_pin, dossier.id, clock=lambda: MORNING)

    dossier.refresh_from_db()
    assert dossier.state == "in_review"
    assert not ResultNumber.objects.filter(dossier=dossier).exists()
    assert "dossiers.uncovered" not in verbs(dossier)
