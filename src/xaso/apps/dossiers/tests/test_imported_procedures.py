"""An imported procedure in the desk's and the citizen's hands: guided at first, then filed through the general form, to its result."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from xaso.apps.dossiers import testing
from xaso.apps.dossiers.actions import drafts, examination, intake, results
from xaso.apps.dossiers.listeners import tell_of_withdrawal
from xaso.apps.dossiers.models import Dossier, Draft
from xaso.apps.dossiers.notices import LONGEST_NAME, shortened
from xaso.apps.dossiers.shapes import Applicant
from xaso.apps.dossiers.testing import MORNING, Office
from xaso.apps.dossiers.tests.test_filing_pages import account_of, client_of
from xaso.apps.notices import facade as notices
from xaso.apps.procedures import facade as procedures
from xaso.apps.procedures import testing as catalogue
from xaso.kernel.errors import Refusal
from xaso.platform.models import OutboxMessage
from xaso.platform.outbox import Message, relay
from xaso.platform.tests.file_samples import photo

CODE, OTHER = "1.900001", "1.900002"
LATER = MORNING + timedelta(days=1)
REQUEST = {"request": "Xin xác nhận bến bãi ở bản Cốc Đào"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(db: None, tmp_path: Path) -> Office:
    """Return an office whose administrator approved an edition of two procedures."""
    made = testing.office()
    records = [catalogue.national_record(code) for code in (CODE, OTHER)]
    catalogue.imported(made.administrator, tmp_path / "a.jsonl", *records, now=MORNING)
    return made


def _offer(office: Office, *channels: str) -> None:
    ground = procedures.Ground(MORNING.date(), decision="12/QĐ-UBND")
    for channel in channels:
        procedures.set_filing_place(office.administrator, CODE, channel, "here", ground, now=MORNING)
    procedures.set_issuer(office.administrator, CODE, "commune", ground, now=MORNING)


def _begun(office: Office, *, channel: str = "online") -> Draft:
    applicant = Applicant(name="Giàng A Pao", phone="0912345678", citizen_id=office.owner.citizen_id)
    actor = office.owner if channel == "online" else office.desk
    draft = drafts.start_draft(actor, CODE, applicant, channel=channel, on=MORNING.date(), now=MORNING)
    return drafts.save_answers(actor, draft.id, REQUEST, screen="de-nghi", now=MORNING + timedelta(minutes=1))


def _withdraw(office: Office, tmp_path: Path) -> None:
    catalogue.imported(office.administrator, tmp_path / "b.jsonl", catalogue.national_record(OTHER), now=LATER)


def test_a_guided_procedure_is_filed_by_nobody(office: Office) -> None:
    with pytest.raises(Refusal, match=r"dossiers\.taken_elsewhere"):
        _begun(office)

    assert not Draft.objects.exists()


def test_a_draft_begun_before_the_commune_stopped_taking_it_in_is_filed_by_nobody(office: Office) -> None:
    _offer(office, "online")
    draft = _begun(office)
    procedures.set_issuer(office.administrator, CODE, "", procedures.Ground(MORNING.date(), decision="13/QĐ-UBND"), now=LATER)

    with pytest.raises(Refusal, match=r"dossiers\.taken_elsewhere"):
        drafts.submit(office.owner, draft.id, language="vi", now=LATER)

    assert not Dossier.objects.exists()


def test_the_general_form_asks_for_the_request_and_has_one_slot_for_each_paper(office: Office) -> None:
    version = procedures.current(office.commune_id, CODE, MORNING.date())

    assert version is not None
    assert [field.name for field in version.form.fields] == ["request"]
    assert [paper.name["vi"] for paper in version.papers] == ["Đơn đề nghị xác nhận bến bãi", "Bản vẽ vị trí"]


def test_once_offered_it_goes_from_the_general_form_to_a_signed_result(office: Office) -> None:
    _offer(office, "online", "counter")
    testing.give_certificates(office)
    draft = _begun(office)
    drafts.add_paper(office.owner, draft.id, "p1", photo(), name="don.jpg", source="phone", now=MORNING)

    dossier = drafts.submit(office.owner, draft.id, language="vi", now=MORNING)
    accepted = intake.accept(office.desk, dossier.id, now=MORNING)
    examination.take(office.officer, dossier.id, now=MORNING)
    results.prepare_result(office.officer, dossier.id, {"content": "Xác nhận bến bãi đủ điều kiện."}, now=MORNING)
    solved = results.sign_result(office.signer, dossier.id, clock=lambda: MORNING + timedelta(hours=1))

    assert (dossier.answers, dossier.filing_place, dossier.issued_by, dossier.fee_vnd) == (REQUEST, "here", "commune", 0)
    assert accepted.due_at is not None
    assert accepted.due_at.date().isoformat() == "2026-11-27"
    assert (solved.state, solved.delivery_state) == ("solved", "ready")


def test_without_a_proven_term_the_dossier_has_no_due_date_and_the_fee_stays_open(office: Office, tmp_path: Path) -> None:
    cell = "Hình thức nộpThời gianPhí, lệ phíMô tảTrực tiếp5Miễn phí(Mức do Hội đồng nhân dân tỉnh quyết định)"
    bare = catalogue.national_record(CODE, cach_thuc_thuc_hien=cell)
    catalogue.imported(office.administrator, tmp_path / "b.jsonl", bare, catalogue.national_record(OTHER), now=MORNING)
    _offer(office, "counter")
    draft = _begun(office, channel="counter")

    dossier = drafts.submit(office.desk, draft.id, language="vi", now=MORNING)

    assert intake.accept(office.desk, dossier.id, now=MORNING).due_at is None
    assert (dossier.fee_vnd, dossier.money_state, dossier.fee["confirm"]) == (None, "unknown", True)


def test_a_fee_that_the_source_prints_for_the_post_alone_counts_on_that_channel(office: Office, tmp_path: Path) -> None:
    cell = f"{catalogue.CHANNELS_HEAD}Trực tiếp5 Ngày làm việcKhông có thông tinDịch vụ bưu chính5 Ngày làm việc30,000 VNĐ"
    record = catalogue.national_record(CODE, cach_thuc_thuc_hien=cell)
    catalogue.imported(office.administrator, tmp_path / "b.jsonl", record, catalogue.national_record(OTHER), now=MORNING)
    version = catalogue.procedure(CODE)

    fees = [
        procedures.compute_fee(office.commune_id, version, {}, on=MORNING.date(), channel=channel) for channel in ("post", "counter", "")
    ]

    assert [(fee.total_vnd, fee.confirm) for fee in fees] == [(30_000, True), (None, True), (None, True)]


def test_a_withdrawn_procedure_ends_drafts_with_a_notice_and_filed_dossiers_go_on(office: Office, tmp_path: Path) -> None:
    _offer(office, "online")
    filed = drafts.submit(office.owner, _begun(office).id, language="vi", now=MORNING)
    left = _begun(office)
    _withdraw(office, tmp_path)

    with pytest.raises(Refusal, match=r"dossiers\.procedure_withdrawn"):
        drafts.submit(office.owner, left.id, language="vi", now=LATER)
    relay(LATER)

    (told,) = notices.messages_about(office.commune_id, f"draft:{left.id}")
    assert "da thoi ap dung" in told.body
    assert notices.messages_about(office.commune_id, f"draft:{filed.id}") == []
    assert Draft.objects.get(pk=left.pk).answers == REQUEST
    accepted = intake.accept(office.desk, filed.id, now=LATER)
    assert accepted.state == "accepted"
    assert procedures.get_version(accepted.version_id).code == CODE


def test_a_withdrawal_told_twice_is_one_notice_and_untouched_drafts_are_told_nothing(office: Office, tmp_path: Path) -> None:
    _offer(office, "online")
    untouched = drafts.start_draft(
        office.owner, CODE, Applicant(name="A", phone="0912345678"), channel="online", on=MORNING.date(), now=MORNING
    )
    draft = _begun(office)
    _withdraw(office, tmp_path)
    row = OutboxMessage.objects.get(topic="procedures.withdrawn")
    message = Message(row.id, row.topic, row.subject, row.payload, row.created_at)

    tell_of_withdrawal(message)
    tell_of_withdrawal(message)

    assert len(notices.messages_about(office.commune_id, f"draft:{draft.id}")) == 1
    assert notices.messages_about(office.commune_id, f"draft:{untouched.id}") == []


def test_a_long_name_is_cut_for_the_message() -> None:
    assert shortened("Xác nhận") == "Xác nhận"
    assert len(shortened("Xác nhận " * 100)) == LONGEST_NAME


class TestPages:
    """What people see of it."""

    @pytest.fixture
    def citizen(self, office: Office) -> Client:
        return client_of(office.owner)

    def test_applying_for_a_guided_procedure_leads_to_its_page(self, office: Office, citizen: Client) -> None:
        answer = citizen.get(f"/nop-ho-so/{CODE}/")

        assert (answer.status_code, answer["Location"]) == (302, f"/thu-tuc/{CODE}/")

    def test_an_offered_one_begins_with_the_source_s_papers(self, office: Office, citizen: Client) -> None:
        _offer(office, "online")

        page: Any = citizen.get(f"/nop-ho-so/{CODE}/").content.decode()

        assert "Bản vẽ vị trí" in page
        assert "Danh sách của cơ sở dữ liệu quốc gia" in page

    def test_a_draft_of_a_withdrawn_procedure_says_so_on_every_screen_and_in_the_list(
        self, office: Office, citizen: Client, tmp_path: Path
    ) -> None:
        _offer(office, "online")
        draft = _begun(office)
        _withdraw(office, tmp_path)

        screen = citizen.get(f"/nop-ho-so/{CODE}/{draft.id}/de-nghi/").content.decode()
        mine = citizen.get("/ho-so-cua-toi/").content.decode()

        assert "Thủ tục này đã thôi áp dụng" in screen
        assert "Cốc Đào" in screen
        assert "không nộp được" in mine

    def test_the_desk_is_told_that_a_procedure_is_only_guided(self, office: Office, client: Client) -> None:
        client.force_login(account_of(office.desk))

        found = client.get("/mot-cua/moi/?q=bến bãi").content.decode()
        begun = client.post(f"/mot-cua/moi/{CODE}/", follow=True).content.decode()

        assert f'href="/thu-tuc/{CODE}/"' in found
        assert "Chỉ hướng dẫn, không nhận tại quầy này" in found
        assert f'action="/mot-cua/moi/{CODE}/"' not in found
        assert "Xã không nhận thủ tục này." in begun
        assert not Draft.objects.exists()
