"""`/ho-so/<code>/`: every move by its form, what is said when it can't be made, and who finds nothing at each address."""

from collections.abc import Callable
from datetime import timedelta
from html import escape
from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from xaso.apps.dossiers import testing
from xaso.apps.dossiers.actions import examination, intake
from xaso.apps.dossiers.models import Attachment, Dossier, Handover, Slip
from xaso.apps.dossiers.testing import COPY, MORNING, POOR, Office
from xaso.apps.notices import facade as notices
from xaso.apps.procedures.testing import remembering
from xaso.platform import outbox

pytestmark = pytest.mark.django_db
LONG_NAME = "Nguyễn Hoàng Thị Phương " + "Thảo Anh Minh Châu " * 2 + "Bảo Ngọc"
QUERIES_OF_A_CASE = 16

As = Callable[[Any], Client]


@pytest.fixture
def sign_in() -> As:
    def sign(actor: Any) -> Client:
        client = Client()
        client.force_login(get_user_model().objects.get(pk=actor.account_id))
        return client

    return sign


@pytest.fixture
def desk(office: Office, sign_in: As) -> Client:
    return sign_in(office.desk)


@pytest.fixture
def officer(office: Office, sign_in: As) -> Client:
    return sign_in(office.officer)


@pytest.fixture
def signer(office: Office, sign_in: As) -> Client:
    return sign_in(office.signer)


def scan() -> SimpleUploadedFile:
    buffer = BytesIO()
    Image.new("RGB", (900, 1200), "white").save(buffer, "JPEG")
    return SimpleUploadedFile("ban-quet.jpg", buffer.getvalue(), "image/jpeg")


def address(dossier: Dossier, verb: str = "") -> str:
    return f"/ho-so/{dossier.code}/viec/{verb}/" if verb else f"/ho-so/{dossier.code}/"


def text(answer: Any) -> str:
    return str(answer.content.decode())


def whole(answer: Any) -> bytes:
    content = b"".join(answer)
    for close in answer._resource_closers:
        close()
    return content


def state_of(dossier: Dossier) -> str:
    return Dossier.objects.get(pk=dossier.pk).state


def test_the_whole_story_goes_by_the_forms_of_the_page(office: Office, desk: Client, officer: Client, signer: Client) -> None:
    testing.give_certificates(office)
    dossier = testing.submitted(office, COPY)
    desk.post(address(dossier, "accept"))
    desk.post(address(dossier, "take_payment"), {"amount": f"{dossier.fee_vnd} đ", "receipt_number": "01", "method": "cash"})
    officer.post(address(dossier, "take"))
    officer.post(address(dossier, "ask_for_more"), {"paper": "original", "why-original": "mờ", "other": "ký lại"})
    assert Slip.objects.get(form="02").data["gaps"][0]["text"] == "mờ"
    desk.post(address(dossier, "attach"), {"paper": "original", "file": scan()})
    desk.post(address(dossier, "add_supplement"), {"answer": "đã đủ"})
    officer.post(address(dossier, "prepare_result"), {"field-subject": "Căn cước"})
    assert signer.get(f"{address(dossier)}du-thao/")["Content-Type"] == "application/pdf"
    signer.post(address(dossier, "sign"))
    desk.post(address(dossier, "hand_over"), {"recipient_name": "Giàng A Pao", "shown_paper": "căn cước", "signed_for": "yes"})
    done = Dossier.objects.get(pk=dossier.pk)

    assert (done.state, done.money_state, done.delivery_state) == ("solved", "paid", "handed_over")
    assert Handover.objects.get().signed_for
    assert whole(desk.get(f"{address(dossier)}ket-qua/")).startswith(b"%PDF")
    assert "đã ký nhận" in text(desk.get(address(dossier)))


def test_refusing_shows_form_03_to_print(office: Office, desk: Client) -> None:
    dossier = testing.submitted(office)
    page = desk.post(address(dossier, "refuse"), {"reason": "Bản chính bị tẩy xóa", "legal_ground": "Nghị định 23/2015/NĐ-CP"}, follow=True)

    assert state_of(dossier) == "refused"
    assert "In phiếu từ chối" in text(page)
    assert desk.get(f"{address(dossier)}giay/{Slip.objects.get().id}/")["Content-Type"] == "application/pdf"


def test_stopping_resuming_waiving_and_withdrawing_go_by_their_forms(office: Office, desk: Client, officer: Client) -> None:
    dossier = testing.examining(office)
    officer.post(address(dossier, "stop"), {"reason": "chờ tòa án", "legal_ground": "công văn của tòa"})
    assert state_of(dossier) == "stopped"
    officer.post(address(dossier, "resume"))
    desk.post(address(dossier, "waive"), {"reason": "hộ nghèo"})
    assert Dossier.objects.get(pk=dossier.pk).money_state == "waived"
    desk.post(address(dossier, "withdraw"), {"reason": "làm ở nơi khác"})

    assert state_of(dossier) == "withdrawn"


def test_a_fee_that_the_rules_did_not_know_is_charged_with_its_basis(office: Office, officer: Client) -> None:
    dossier = testing.examining(office, POOR)
    refused = officer.post(address(dossier, "charge"), {"amount": "15.00", "basis": "NQ 10"})
    assert refused.status_code == 409
    assert 'value="15.00"' in text(refused)
    officer.post(address(dossier, "charge"), {"amount": "15.000 đ", "basis": "NQ 10"})

    assert Dossier.objects.get(pk=dossier.pk).fee_vnd == 15_000


def test_a_result_of_another_system_is_attached_with_its_number(sign_in: As) -> None:
    office = testing.office(files_here=False)
    dossier = testing.submitted(office, testing.MARITAL)
    if dossier.state == "held":
        intake.register(office.desk, dossier.id, "H38.2-260518-0200015", now=MORNING)
    intake.accept(office.desk, dossier.id, now=MORNING)
    examination.take(office.officer, dossier.id, now=MORNING)
    officer = sign_in(office.officer)
    refused = officer.post(address(dossier, "attach_result"), {"number": "12/2026"})
    assert refused.status_code == 409
    assert 'value="12/2026"' in text(refused)
    officer.post(address(dossier, "attach_result"), {"number": "12/2026", "file": scan()})

    assert state_of(dossier) == "solved"


def test_who_is_second_is_told_who_was_first_and_keeps_what_was_typed(office: Office, desk: Client, sign_in: As) -> None:
    dossier = testing.submitted(office)
    second = sign_in(testing.another_desk(office))
    desk.post(address(dossier, "accept"))
    answer = second.post(address(dossier, "refuse"), {"reason": "Thiếu trang 3 và con dấu", "legal_ground": "NĐ 23"})

    assert answer.status_code == 409
    assert office.desk.name in text(answer)
    assert "Tiếp nhận" in text(answer)
    assert "Thiếu trang 3 và con dấu" in text(answer)
    assert state_of(dossier) == "accepted"


def test_a_refused_request_for_more_comes_back_with_every_word(office: Office, officer: Client) -> None:
    dossier = testing.examining(office)
    answer = officer.post(address(dossier, "ask_for_more"), {"why-original": "mờ", "other": " "})

    assert answer.status_code == 409
    assert 'name="why-original" value="mờ"' in text(answer)


def test_of_several_scans_the_good_ones_are_kept_and_the_bad_one_is_said(office: Office, desk: Client) -> None:
    dossier = testing.accepted(office)
    files = [SimpleUploadedFile("x.pdf", b"MZ\x90" + b"\0" * 300), scan()]
    answer = desk.post(address(dossier, "attach"), {"paper": "original", "file": files})

    assert answer.status_code == 409
    assert Attachment.objects.filter(dossier=dossier).count() == 1
    assert desk.post(address(dossier, "attach"), {"paper": "original"}).status_code == 409


def test_a_table_is_laid_out_as_words_for_the_result(office: Office, officer: Client) -> None:
    dossier = testing.examining(office, COPY)
    fields = officer.get(address(dossier)).context["result_fields"]

    assert next(field["value"] for field in fields if field["name"] == "subject")


def test_what_must_be_given_out_is_offered_to_print_first(office: Office, desk: Client, officer: Client) -> None:
    dossier = testing.accepted(office)

    assert "In giấy hẹn" in text(desk.get(address(dossier)))
    assert "In giấy hẹn" not in text(officer.get(address(dossier)))


def test_a_long_name_and_hostile_text_are_shown_as_text(office: Office, desk: Client) -> None:
    dossier = testing.submitted(office, name=LONG_NAME, address="<script>alert(1)</script>")

    assert LONG_NAME in text(desk.get(address(dossier)))
    assert "<script>alert" not in text(desk.get(address(dossier)))


def test_an_official_reads_what_the_applicant_was_told_and_whether_it_went_out(office: Office, desk: Client) -> None:
    dossier = testing.accepted(office, COPY, phone="0500123456")
    while outbox.relay(MORNING + timedelta(hours=1)):
        pass

    page = desk.get(f"/ho-so/{dossier.code}/").content.decode()

    told = notices.messages_about(dossier.commune_id, f"dossier:{dossier.id}")
    assert len(told) >= 1
    assert all(escape(message.body) in page and message.address in page for message in told)
    assert "Chờ gửi" in page


def test_an_unknown_move_is_not_there(office: Office, desk: Client) -> None:
    assert desk.post(address(testing.submitted(office), "xoa-het")).status_code == 404


def test_a_move_asked_for_by_a_mere_link_is_not_made(office: Office, desk: Client) -> None:
    dossier = testing.submitted(office)

    assert desk.get(address(dossier, "accept")).status_code == 405
    assert state_of(dossier) == "submitted"


def test_a_case_is_read_with_the_same_few_queries(office: Office, officer: Client, django_assert_num_queries: Any) -> None:
    dossier = testing.examining(office)
    with remembering():
        officer.get(address(dossier))
        with django_assert_num_queries(QUERIES_OF_A_CASE):
            officer.get(address(dossier))


OFFICIAL = ["/mot-cua/", "/mot-cua/moi/", "/mot-cua/ma-quoc-gia/", "/so-theo-doi/", "/so-theo-doi/so-bo/"]
DESK_ONLY = frozenset({"/mot-cua/", "/mot-cua/moi/", "/mot-cua/ma-quoc-gia/", "/so-theo-doi/so-bo/"})


@pytest.mark.parametrize("page", OFFICIAL)
def test_each_officials_address_sends_visitors_to_sign_in_and_back_and_is_not_there_for_others(
    office: Office, sign_in: As, page: str
) -> None:
    assert Client().get(page)["Location"] == f"/dang-nhap/?next={page}"
    assert sign_in(office.administrator).get(page).status_code == 404
    assert sign_in(office.owner).get(page).status_code == 404
    assert sign_in(office.officer).get(page).status_code == (404 if page in DESK_ONLY else 200)
    assert sign_in(office.desk).get(page).status_code == 200


def test_a_case_and_its_papers_are_not_there_for_strangers(office: Office, sign_in: As) -> None:
    dossier = testing.accepted(office)
    slip = f"{address(dossier)}giay/{Slip.objects.get().id}/"
    stranger = sign_in(office.stranger)

    assert Client().get(address(dossier))["Location"] == f"/dang-nhap/?next={address(dossier)}"
    assert [stranger.get(page).status_code for page in (address(dossier), slip, f"{address(dossier)}du-thao/")] == [404, 404, 404]
    assert stranger.post(address(dossier, "accept")).status_code == 404
    assert sign_in(office.administrator).get(address(dossier)).status_code == 404


@pytest.mark.parametrize("verb", ["accept", "refuse", "take", "sign", "hand_over", "prepare_result", "take_payment", "stop"])
def test_a_role_that_may_not_make_a_move_is_refused_in_words_and_nothing_changes(office: Office, sign_in: As, verb: str) -> None:
    dossier = testing.in_review(office, POOR)
    wrong = {"sign": office.desk}.get(verb, office.signer)
    answer = sign_in(wrong).post(
        address(dossier, verb), {"reason": "x", "amount": "0", "receipt_number": "1"} | {"recipient_name": "A", "shown_paper": "B"}
    )

    assert answer.status_code == 409
    assert state_of(dossier) == "in_review"


def test_a_move_sent_after_the_session_ended_keeps_every_word(office: Office, sign_in: As) -> None:
    dossier = testing.examining(office)
    visitor = Client()

    visitor.post(address(dossier, "stop"), {"reason": "Gia đình xin dừng, đã ghi biên bản", "legal_ground": "Biên bản"})
    assert office.officer.account_id is not None
    visitor.force_login(get_user_model().objects.get(pk=office.officer.account_id))

    assert "Gia đình xin dừng, đã ghi biên bản" in text(visitor.get("/gui-lai/"))
    visitor.post("/gui-lai/", {"reason": "Gia đình xin dừng, đã ghi biên bản", "legal_ground": "Biên bản"}, follow=True)
    assert state_of(dossier) == "stopped"


def test_an_empty_required_line_is_named_and_what_was_typed_stays(office: Office, officer: Client) -> None:
    dossier = testing.examining(office, POOR)
    typed = testing.prepared(dossier, recognised_as="", address="Bản mới, xã Thử")

    answer = officer.post(address(dossier, "prepare_result"), {f"field-{name}": value for name, value in typed.items()})

    assert answer.status_code == 409
    assert "Chưa chuyển ký được: “Công nhận là” còn trống. Anh/chị điền vào rồi chuyển ký lại." in text(answer)
    assert 'value="Bản mới, xã Thử"' in text(answer)
    assert (
        '<select id="r-recognised_as" name="field-recognised_as" aria-required="true" aria-invalid="true" aria-describedby="loi">'
        in text(answer)
    )
    assert state_of(dossier) == "examining"


def test_a_choice_is_offered_as_one_with_the_answer_chosen(office: Office, officer: Client) -> None:
    shown = text(officer.get(address(testing.examining(office, testing.BIRTH))))

    assert shown.count(" selected>Nam</option>") + shown.count(" selected>Nữ</option>") == 1
    assert "Trai</option>" not in shown


def test_the_name_of_an_empty_line_is_said_in_the_users_language(office: Office, officer: Client) -> None:
    dossier = testing.examining(office, POOR)
    officer.cookies["ngon_ngu"] = "en"

    answer = officer.post(address(dossier, "prepare_result"), {"field-head_name": "Giàng A Pao"})

    assert "Recognised as" in text(answer)
    assert "“Công nhận là”" not in text(answer)
