"""A case from the desk to the signed result, with its clock, its refusals and its traces."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from xaso.apps.audit import facade as audit
from xaso.apps.dossiers import queries, testing
from xaso.apps.dossiers.actions import delivery, examination, intake, money, numbers, results, supplement
from xaso.apps.dossiers.models import Dossier, Handover, Result, ResultNumber, Slip, Step
from xaso.apps.dossiers.testing import MARITAL, MORNING, POOR, Office
from xaso.apps.signing import facade as signing
from xaso.kernel.errors import Refusal
from xaso.kernel.flow import MoveRefused
from xaso.kernel.worktime import VN
from xaso.platform import files
from xaso.platform.models import OutboxMessage
from xaso.platform.tests.file_samples import pdf

pytestmark = pytest.mark.django_db

PAYS = {"exempt_group": "none"}


def test_accepting_starts_the_clock_issues_slip_01_and_leaves_step_trace_and_fact(office: Office) -> None:
    dossier = intake.accept(office.desk, testing.submitted(office).id, now=MORNING)
    assert dossier.state == "accepted"
    assert dossier.due_at is not None
    assert dossier.due_at.astimezone(VN) == datetime(2026, 11, 19, 17, 0, tzinfo=VN)
    slip = Slip.objects.get(dossier=dossier)
    assert (slip.form, slip.number, slip.data["code"]) == ("01", 1, dossier.code)
    assert list(Step.objects.filter(dossier=dossier).values_list("verb", "to_state")) == [("submit", "submitted"), ("accept", "accepted")]
    assert [line.verb for line in audit.history_of(f"dossier:{dossier.id}")] == ["dossiers.submit", "dossiers.accept"]
    assert list(OutboxMessage.objects.values_list("topic", flat=True)) == ["dossiers.submit", "dossiers.accept"]


def test_what_comes_after_three_in_the_afternoon_is_due_on_the_next_working_day(office: Office) -> None:
    monday_1520 = datetime(2026, 11, 23, 15, 20, tzinfo=VN)
    dossier = testing.accepted(office, now=monday_1520)
    assert dossier.due_at is not None
    assert dossier.due_at.astimezone(VN).date() == datetime(2026, 11, 25, tzinfo=VN).date()


def test_a_refused_dossier_gets_form_03_with_reason_and_ground(office: Office) -> None:
    dossier = intake.refuse(office.desk, testing.submitted(office).id, "Bản chính bị tẩy xóa.", "Nghị định 23/2015/NĐ-CP", now=MORNING)
    assert dossier.state == "refused"
    slip = Slip.objects.get(dossier=dossier)
    assert slip.form == "03"
    assert slip.data["reasons"] == ["Bản chính bị tẩy xóa."]


def test_nobody_is_refused_without_a_reason(office: Office) -> None:
    dossier = testing.submitted(office)
    with pytest.raises(Refusal, match=r"dossiers\.reason_missing"):
        intake.refuse(office.desk, dossier.id, "  ", "", now=MORNING)
    assert Dossier.objects.get(pk=dossier.pk).state == "submitted"
    assert not Slip.objects.exists()


def test_asking_for_papers_stops_the_clock_and_the_answer_lets_it_run_on(office: Office) -> None:
    dossier = testing.examining(office, POOR)
    due_before = dossier.due_at
    assert due_before is not None
    asked = examination.ask_for_more(office.officer, dossier.id, [{"paper": "request", "text": "mờ"}], now=MORNING + timedelta(days=1))
    assert (asked.state, asked.due_at, asked.paused_at) == ("supplement_asked", None, MORNING + timedelta(days=1))
    assert Slip.objects.get(dossier=dossier, form="02").data["gaps"][0]["text"] == "mờ"
    back = supplement.add_supplement(office.owner, dossier.id, "Đã chụp lại", now=MORNING + timedelta(days=4))
    assert (back.state, back.paused_at) == ("examining", None)
    assert back.due_at is not None
    assert back.due_at > due_before


def test_papers_are_asked_for_only_once(office: Office) -> None:
    dossier = testing.examining(office)
    examination.ask_for_more(office.officer, dossier.id, [{"paper": "", "text": "thiếu"}], now=MORNING)
    supplement.add_supplement(office.owner, dossier.id, "Có rồi", now=MORNING)
    with pytest.raises(Refusal, match=r"dossiers\.asked_already"):
        examination.ask_for_more(office.officer, dossier.id, [{"paper": "", "text": "lại thiếu"}], now=MORNING)
    assert Dossier.objects.get(pk=dossier.pk).state == "examining"


def test_an_empty_supplement_is_not_taken(office: Office) -> None:
    dossier = testing.examining(office)
    examination.ask_for_more(office.officer, dossier.id, [{"paper": "", "text": "thiếu"}], now=MORNING)
    with pytest.raises(Refusal, match=r"dossiers\.nothing_added"):
        supplement.add_supplement(office.owner, dossier.id, " ", now=MORNING)
    assert Dossier.objects.get(pk=dossier.pk).state == "supplement_asked"


def test_a_requested_payment_stops_the_clock_until_it_is_paid(office: Office) -> None:
    dossier = testing.examining(office)
    assert dossier.fee_vnd is not None
    waiting = money.request_payment(office.officer, dossier.id, now=MORNING + timedelta(minutes=10))
    assert (waiting.due_at, waiting.money_state) == (None, "requested")
    done = testing.paid(office, waiting, now=MORNING + timedelta(hours=1))
    assert (done.money_state, done.paused_at) == ("paid", None)
    assert done.due_at is not None


def test_the_fee_is_taken_whole_and_against_a_receipt(office: Office) -> None:
    dossier = testing.accepted(office)
    with pytest.raises(Refusal, match=r"dossiers\.amount_wrong"):
        money.take_payment(office.desk, dossier.id, 1, "0001", method="cash", now=MORNING)
    with pytest.raises(Refusal, match=r"dossiers\.receipt_missing"):
        money.take_payment(office.desk, dossier.id, dossier.fee_vnd or 0, "", method="cash", now=MORNING)
    assert Dossier.objects.get(pk=dossier.pk).money_state == "due"


def test_a_fee_the_province_has_not_set_is_unknown_on_form_01_and_settled_before_the_result_is_given(office: Office) -> None:
    testing.give_certificates(office)
    dossier = testing.solved(office, MARITAL, answers=PAYS)
    assert (dossier.fee_vnd, dossier.money_state) == (None, "unknown")
    fee = Slip.objects.get(dossier=dossier, form="01").data["fee"]
    assert fee == {"total": None, "total_words": "chưa rõ mức, cần xác nhận tại quầy", "paid_words": ""}
    with pytest.raises(Refusal, match=r"dossiers\.fee_unknown"):
        delivery.hand_over(office.desk, dossier.id, "Giàng A Pao", "căn cước", signed_for=True, now=MORNING)
    with pytest.raises(Refusal, match=r"dossiers\.fee_unknown"):
        delivery.note_download(office.owner, dossier.id, now=MORNING)
    assert Dossier.objects.get(pk=dossier.pk).delivery_state == "ready"

    money.charge(office.desk, dossier.id, 3_000, "Nghị quyết của HĐND tỉnh", now=MORNING)
    testing.paid(office, Dossier.objects.get(pk=dossier.pk), now=MORNING)

    assert delivery.note_download(office.owner, dossier.id, now=MORNING).delivery_state == "downloaded"
    delivery.hand_over(office.desk, dossier.id, "Giàng A Pao", "căn cước", signed_for=True, now=MORNING)
    handover = Handover.objects.get(dossier=dossier)
    assert (handover.method, handover.shown_paper, handover.signed_for) == ("counter", "căn cước", True)


def test_an_unknown_fee_may_be_waived_with_its_ground(office: Office) -> None:
    dossier = testing.accepted(office, MARITAL, answers=PAYS)
    assert money.waive(office.desk, dossier.id, "Hộ nghèo", now=MORNING).money_state == "waived"


def test_the_signed_result_bears_a_number_two_signatures_and_is_handed_over_once(office: Office) -> None:
    testing.give_certificates(office)
    dossier = testing.solved(office)
    result = Result.objects.get(dossier=dossier)
    assert result.number == "01/QĐ-UBND"
    assert result.file is not None
    content = files.read(result.file)
    assert content.startswith(b"%PDF")
    assert content.count(b"/ByteRange") == 2
    assert (dossier.state, dossier.delivery_state) == ("solved", "ready")
    assert ResultNumber.objects.get().state == "used"
    delivery.hand_over(office.desk, dossier.id, "Giàng A Pao", "căn cước", signed_for=True, now=MORNING)
    with pytest.raises(MoveRefused):
        delivery.hand_over(office.desk, dossier.id, "Giàng A Pao", "căn cước", signed_for=True, now=MORNING)


def test_who_has_no_certificate_is_refused_before_a_number_is_taken(office: Office, settings: Any) -> None:
    dossier = testing.in_review(office, POOR)
    settings.XASO_MODE = "production"
    for _try in range(3):
        with pytest.raises(Refusal, match=r"signing\.no_certificate"):
            results.sign_result(office.signer, dossier.id, clock=lambda: MORNING)
    assert not ResultNumber.objects.exists()
    testing.give_certificates(office)
    results.sign_result(office.signer, dossier.id, clock=lambda: MORNING)
    assert Result.objects.get(dossier=dossier).number == "01/QĐ-UBND"


def test_who_may_not_sign_is_refused_before_anything_is_made_for_her(office: Office) -> None:
    dossier = testing.in_review(office, POOR)
    with pytest.raises(MoveRefused):
        results.sign_result(office.officer, dossier.id, clock=lambda: MORNING)
    assert office.officer.account_id is not None
    assert not signing.signs_as_test(account_id=office.officer.account_id, commune_id=office.commune_id, now=MORNING)


def test_a_signature_that_fails_leaves_a_reported_gap_and_the_next_number_is_new(office: Office) -> None:
    dossier = testing.in_review(office, POOR)
    assert office.signer.account_id is not None
    signing.issue_test_certificate(office.signer.account_id, office.commune_id, name=office.signer.name, now=MORNING)
    seal = signing.issue_test_seal(office.commune_id, now=MORNING)
    moments = iter(range(9))

    def clock_of_a_broken_afternoon() -> datetime:
        """The seal's certificate is withdrawn between the reservation of the number and the signature."""
        if next(moments) == 2:
            signing.revoke(office.administrator, seal.pk, now=MORNING)
        return MORNING

    with pytest.raises(Refusal, match=r"signing\.revoked"):
        results.sign_result(office.signer, dossier.id, clock=clock_of_a_broken_afternoon)
    gap = ResultNumber.objects.get()
    assert (gap.number, gap.state, gap.reason) == (1, "void", "signing.revoked")
    assert Dossier.objects.get(pk=dossier.pk).state == "in_review"
    signing.issue_test_seal(office.commune_id, now=MORNING)
    results.sign_result(office.signer, dossier.id, clock=lambda: MORNING)
    assert Result.objects.get(dossier=dossier).number == "02/QĐ-UBND"
    assert sorted(ResultNumber.objects.values_list("number", "state")) == [(1, "void"), (2, "used")]


def test_a_number_left_by_a_power_cut_becomes_a_gap_after_five_minutes(office: Office) -> None:
    dossier = testing.in_review(office, POOR)
    results.reserve(office.signer, dossier.id, is_test=True, now=MORNING)
    with pytest.raises(Refusal, match=r"dossiers\.being_signed"):
        results.sign_result(office.signer, dossier.id, clock=lambda: MORNING + timedelta(minutes=1))
    assert numbers.void_abandoned_numbers(MORNING + timedelta(minutes=6)) == 1
    assert ResultNumber.objects.get().state == "void"


def test_a_result_issued_elsewhere_is_attached_with_its_number_and_not_made_here() -> None:
    office = testing.office(files_here=False)
    dossier = testing.examining(office, testing.MARITAL, answers=PAYS)
    paper = pdf()
    with pytest.raises(Refusal, match=r"dossiers\.issued_elsewhere"):
        results.prepare_result(office.officer, dossier.id, {}, now=MORNING)
    for number, content, refused in ((" ", paper, r"dossiers\.number_missing"), ("15/2026", b"MZ\x90", r"admission\.program")):
        with pytest.raises(Refusal, match=refused):
            results.attach_result(office.officer, dossier.id, number, content, name="x.pdf", now=MORNING)
    assert Dossier.objects.get(pk=dossier.pk).state == "examining"

    done = results.attach_result(office.officer, dossier.id, " 15/2026 ", paper, name="xac-nhan.pdf", now=MORNING)

    result = Result.objects.get(dossier=dossier)
    assert (done.state, done.delivery_state, done.solved_at) == ("solved", "ready", MORNING)
    assert (result.number, result.issued_elsewhere, result.prepared_by) == ("15/2026", True, office.officer.name)
    assert result.file is not None
    assert files.read(result.file) == paper
    assert not ResultNumber.objects.exists()


def test_a_dossier_of_another_filing_place_is_held_until_its_official_code_is_entered() -> None:
    office = testing.office(files_here=False)
    dossier = testing.submitted(office, testing.BIRTH, channel="online")
    assert (dossier.state, dossier.sync_state, dossier.due_at) == ("held", "held", None)
    with pytest.raises(MoveRefused):
        intake.accept(office.desk, dossier.id, now=MORNING)
    with pytest.raises(Refusal, match=r"dossiers\.national_code_invalid"):
        intake.register(office.desk, dossier.id, "H38", now=MORNING)
    done = intake.register(office.desk, dossier.id, " h38.2-260518-0200015 ", now=MORNING)
    assert (done.state, done.sync_state, done.national_code) == ("submitted", "registered", "H38.2-260518-0200015")
    assert queries.get_by_code(office.desk, "H38.2-260518-0200015").pk == dossier.pk


def test_many_official_codes_are_entered_at_once_and_the_wrong_ones_come_back() -> None:
    office = testing.office(files_here=False)
    good, twin, bad = (testing.submitted(office, testing.BIRTH, channel="online") for _ in range(3))
    refused = intake.register_many(
        office.desk, {good.id: "H38.2-260518-0200015", twin.id: "H38.2-260518-0200015", bad.id: "khong"}, now=MORNING
    )
    assert {key: refusal.code for key, refusal in refused.items()} == {
        twin.id: "dossiers.national_code_taken",
        bad.id: "dossiers.national_code_invalid",
    }


def test_the_applicant_may_withdraw_until_the_signature_and_not_after(office: Office) -> None:
    testing.give_certificates(office)
    waiting = testing.in_review(office, POOR)
    assert examination.withdraw(office.owner, waiting.id, "Làm ở nơi khác", now=MORNING).state == "withdrawn"
    done = testing.solved(office)
    with pytest.raises(MoveRefused):
        examination.withdraw(office.owner, done.id, "muộn", now=MORNING)


def test_a_case_stopped_at_intake_comes_back_to_the_desk_and_not_past_it(office: Office) -> None:
    dossier = testing.submitted(office)
    examination.ask_for_more(office.desk, dossier.id, [{"paper": "", "text": "thiếu"}], now=MORNING)
    stopped = examination.stop(office.desk, dossier.id, "Không bổ sung.", "Phiếu yêu cầu", now=MORNING)
    assert stopped.state == "stopped_at_intake"
    back = examination.resume(office.desk, dossier.id, now=MORNING)
    assert (back.state, back.accepted_at, back.due_at) == ("submitted", None, None)
    assert intake.accept(office.desk, dossier.id, now=MORNING).accepted_at == MORNING


def test_a_personal_number_in_a_result_has_twelve_digits_or_is_left_out(office: Office) -> None:
    dossier = testing.examining(office, testing.BIRTH)
    with pytest.raises(Refusal, match=r"dossiers\.number_wrong"):
        results.prepare_result(office.officer, dossier.id, testing.prepared(dossier, child_number="Nội dung thử"), now=MORNING)
    assert Dossier.objects.get(pk=dossier.pk).state == "examining"
    assert (
        results.prepare_result(office.officer, dossier.id, testing.prepared(dossier, child_number="999326000123"), now=MORNING).state
        == "in_review"
    )


def test_a_result_is_not_prepared_while_a_required_line_is_empty_or_holds_what_is_not_offered(office: Office) -> None:
    dossier = testing.examining(office, POOR)
    for written, code in (({"head_name": " "}, "field_missing"), ({"recognised_as": ""}, "field_missing"), ({}, "field_not_offered")):
        values = testing.prepared(dossier, **(written or {"recognised_as": "Hộ cận nghèo"}))
        with pytest.raises(Refusal, match=rf"dossiers\.{code}") as caught:
            results.prepare_result(office.officer, dossier.id, values, now=MORNING)
        assert caught.value.params["line"] == ("head_name" if "head_name" in written else "recognised_as")
    assert Dossier.objects.get(pk=dossier.pk).state == "examining"
    assert not Result.objects.exists()


def test_a_result_in_which_a_required_line_is_empty_is_not_signed_and_costs_no_number(office: Office) -> None:
    testing.give_certificates(office)
    dossier = testing.in_review(office, POOR)
    result = Result.objects.get(dossier=dossier)
    result.fields = result.fields | {"recognised_as": ""}
    result.save()
    with pytest.raises(Refusal, match=r"dossiers\.result_incomplete\(field='Công nhận là'"):
        results.sign_result(office.signer, dossier.id, clock=lambda: MORNING)
    assert Dossier.objects.get(pk=dossier.pk).state == "in_review"
    assert not ResultNumber.objects.exists()


def test_what_a_held_dossier_lacks_is_asked_without_form_02_and_does_not_use_up_the_one_request() -> None:
    office = testing.office(files_here=False)
    dossier = testing.submitted(office, testing.BIRTH, channel="online")
    lacking = [{"paper": "", "text": "Ảnh mờ"}]

    asked = examination.ask_for_more(office.desk, dossier.id, lacking, now=MORNING)
    assert (asked.state, asked.due_at, Slip.objects.filter(dossier=dossier).count()) == ("asked_before_filing", None, 0)
    with pytest.raises(MoveRefused):
        intake.register(office.desk, dossier.id, "H38.2-260518-0200015", now=MORNING)
    assert supplement.add_supplement(office.owner, dossier.id, "Tôi chụp lại rồi.", now=MORNING).state == "held"

    intake.register(office.desk, dossier.id, "H38.2-260518-0200015", now=MORNING)
    assert examination.ask_for_more(office.desk, dossier.id, lacking, now=MORNING).state == "asked_at_intake"
    assert Slip.objects.get(dossier=dossier).form == "02"


def test_a_held_dossier_takes_no_fee_here() -> None:
    office = testing.office(files_here=False)
    dossier = testing.submitted(office, testing.BIRTH, channel="online")
    assert {"take_payment", "charge", "waive", "request_payment"} & queries.officer_case(office.desk, dossier.code).verbs == set()
