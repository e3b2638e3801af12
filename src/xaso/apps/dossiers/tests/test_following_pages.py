"""`/ho-so-cua-toi/` and `/tra-cuu/`: following, supplementing, withdrawing and receiving, with and without an account."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from xaso.apps.dossiers import testing
from xaso.apps.dossiers.actions import examination, results
from xaso.apps.dossiers.models import Attachment, Dossier, SupplementRequest
from xaso.apps.dossiers.pages.following import TRIES_PER_CODE
from xaso.apps.dossiers.testing import COPY, MORNING, POOR, Office
from xaso.platform import files
from xaso.platform.actor import Actor
from xaso.platform.tests.file_samples import photo

BACKEND = "django.contrib.auth.backends.ModelBackend"
PHONE = "0912345678"
NOT_FOUND = "Không tìm thấy hồ sơ với mã và bốn số này"

pytestmark = pytest.mark.django_db


def client_of(actor: Actor) -> Client:
    """Return a browser in which the citizen is signed in."""
    client = Client()
    assert actor.account_id is not None
    client.force_login(get_user_model().objects.get(pk=actor.account_id), backend=BACKEND)
    return client


def look_up(client: Client, code: str, digits: str) -> Any:
    """Ask for a dossier by its code and four digits."""
    return client.post("/tra-cuu/", {"code": code, "digits": digits})


def asked(office: Office) -> Dossier:
    """Return a dossier whose applicant is asked for a photo."""
    dossier = testing.examining(office, COPY, phone=PHONE)
    items = [{"paper": "original", "text": "Ảnh bị mờ, chụp lại mặt sau."}]
    return examination.ask_for_more(office.officer, dossier.id, items, now=MORNING)


def test_code_and_last_digits_open_the_dossier_for_a_visitor(office: Office, client: Client) -> None:
    dossier = testing.submitted(office, phone=PHONE)

    opened = look_up(client, f" {dossier.code.lower()} ", "5678")

    assert opened["Location"] == f"/ho-so-cua-toi/{dossier.code}/"
    assert client.get(opened["Location"]).status_code == 200
    assert dossier.code in client.get("/ho-so-cua-toi/").content.decode()


@pytest.mark.parametrize(("code", "digits"), [("{code}", "0000"), ("{code}", ""), ("XS-990101-0001", "5678"), ("<b>", "5678"), ("", "")])
def test_wrong_and_absent_get_the_same_answer(office: Office, client: Client, code: str, digits: str) -> None:
    dossier = testing.submitted(office, phone=PHONE)

    answer = look_up(client, code.format(code=dossier.code), digits)

    assert answer.status_code == 404
    assert NOT_FOUND in answer.content.decode()
    assert "opened_dossiers" not in client.session
    assert client.get(f"/ho-so-cua-toi/{dossier.code}/").status_code == 302


@pytest.mark.parametrize("exists", [True, False])
def test_a_code_can_be_tried_only_so_often_from_wherever(office: Office, exists: bool) -> None:
    code = testing.submitted(office, phone=PHONE).code if exists else "XS-990101-0001"
    answers = [
        look_up(Client(REMOTE_ADDR=f"10.0.0.{number}"), code, f"{9_000 + number}").status_code for number in range(TRIES_PER_CODE + 1)
    ]

    assert answers == [404] * TRIES_PER_CODE + [429]
    assert look_up(Client(REMOTE_ADDR="10.0.1.1"), code, "5678").status_code == 429


def test_what_is_opened_by_code_is_not_open_to_the_next_visitor(office: Office, client: Client) -> None:
    dossier = testing.submitted(office, phone=PHONE)
    look_up(client, dossier.code, "5678")

    assert Client().get(f"/ho-so-cua-toi/{dossier.code}/").status_code == 302
    assert client_of(office.stranger).get(f"/ho-so-cua-toi/{dossier.code}/").status_code == 404


@pytest.mark.parametrize("who", ["account", "code"])
def test_a_supplement_is_handed_in_with_and_without_an_account(office: Office, who: str) -> None:
    dossier = asked(office)
    client = client_of(office.owner) if who == "account" else Client()
    if who == "code":
        look_up(client, dossier.code, "5678")
    page = client.get(f"/ho-so-cua-toi/{dossier.code}/").content.decode()
    assert "Ảnh bị mờ, chụp lại mặt sau." in page

    address = f"/ho-so-cua-toi/{dossier.code}/bo-sung/"
    client.post(address, {"file-original": SimpleUploadedFile("mat-sau.jpg", photo()), "do": "add"})
    assert "mat-sau.jpg" in client.get(f"/ho-so-cua-toi/{dossier.code}/").content.decode()
    client.post(address, {"do": "send", "answer": "Cháu chụp lại rồi ạ"})

    assert Dossier.objects.get().state == "examining"
    assert SupplementRequest.objects.get().answer == "Cháu chụp lại rồi ạ"


def test_an_empty_supplement_is_refused_and_the_clock_stays_stopped(office: Office) -> None:
    dossier = asked(office)

    answer = client_of(office.owner).post(f"/ho-so-cua-toi/{dossier.code}/bo-sung/", {"do": "send", "answer": " "})

    assert answer.status_code == 409
    assert "Anh/chị thêm ít nhất một giấy tờ" in answer.content.decode()
    assert Dossier.objects.get().state == "supplement_asked"
    assert SupplementRequest.objects.get().answered_at is None


def test_a_wrong_file_leaves_the_words_that_were_typed(office: Office) -> None:
    dossier = asked(office)
    sent = {"file-original": SimpleUploadedFile("a.exe", b"MZ" + b"\0" * 3000), "do": "send", "answer": "Cháu gửi lại"}

    answer = client_of(office.owner).post(f"/ho-so-cua-toi/{dossier.code}/bo-sung/", sent)

    assert answer.status_code == 409
    assert "Cháu gửi lại" in answer.content.decode()
    assert Dossier.objects.get().state == "supplement_asked"
    assert not Attachment.objects.exists()


def test_the_history_tells_what_was_done_and_not_what_is_to_do(office: Office) -> None:
    dossier, citizen = asked(office), client_of(office.owner)
    citizen.cookies["ngon_ngu"] = "en"

    page = citizen.get(f"/ho-so-cua-toi/{dossier.code}/").content.decode()

    assert all(done in page for done in ("Application submitted", "Accepted", "More papers asked for"))
    assert "Submit application" not in page


def test_a_supplement_to_anothers_dossier_changes_nothing(office: Office) -> None:
    dossier = asked(office)

    answer = client_of(office.stranger).post(f"/ho-so-cua-toi/{dossier.code}/bo-sung/", {"do": "send", "answer": "a"})

    assert answer.status_code == 404
    assert Dossier.objects.get().state == "supplement_asked"


def test_the_applicant_withdraws_before_the_signature_and_not_after(office: Office) -> None:
    testing.give_certificates(office)
    waiting, done = testing.submitted(office), testing.solved(office, POOR)
    client = client_of(office.owner)

    client.post(f"/ho-so-cua-toi/{waiting.code}/rut/", {"reason": "Làm nhầm"})
    late = client.post(f"/ho-so-cua-toi/{done.code}/rut/", {"reason": "Làm nhầm"})

    assert Dossier.objects.get(pk=waiting.pk).state == "withdrawn"
    assert late.status_code == 409
    assert Dossier.objects.get(pk=done.pk).state == "solved"


def test_the_result_is_fetched_by_code_and_by_nobody_else(office: Office, client: Client) -> None:
    testing.give_certificates(office)
    dossier = testing.solved(office, POOR, phone=PHONE)
    assert client.get(f"/ho-so/{dossier.code}/ket-qua/")["Location"].startswith("/dang-nhap/?next=/ho-so/")
    assert client_of(office.stranger).get(f"/ho-so/{dossier.code}/ket-qua/").status_code == 404

    look_up(client, dossier.code, "5678")
    answer = client.get(f"/ho-so/{dossier.code}/ket-qua/")

    assert b"".join(answer).startswith(b"%PDF")
    assert Dossier.objects.get().delivery_state == "downloaded"


def test_the_list_shows_only_ones_own(office: Office) -> None:
    dossier = testing.submitted(office)

    assert dossier.code in client_of(office.owner).get("/ho-so-cua-toi/").content.decode()
    assert dossier.code not in client_of(office.stranger).get("/ho-so-cua-toi/").content.decode()


def test_a_code_alone_withdraws_nothing_and_shows_no_answers_and_no_papers(office: Office, client: Client) -> None:
    dossier = testing.submitted(office, POOR, phone=PHONE)
    attachment = Attachment.objects.create(dossier=dossier, paper_id="x", file=stored(office), name="a.jpg", added_at=MORNING)
    look_up(client, dossier.code, "5678")

    page = client.get(f"/ho-so-cua-toi/{dossier.code}/").content.decode()
    withdrawn = client.post(f"/ho-so-cua-toi/{dossier.code}/rut/", {"reason": "Phá"})

    assert "Những điều anh/chị đã khai" not in page
    assert "Những điều anh/chị đã khai" in client_of(office.owner).get(f"/ho-so-cua-toi/{dossier.code}/").content.decode()
    assert client.get(f"/ho-so/{dossier.code}/tep/{attachment.id}/").status_code == 404
    assert withdrawn.status_code == 409
    assert Dossier.objects.get().state == "submitted"


def stored(office: Office) -> Any:
    """Return a kept picture."""
    return files.keep(photo(), name="a.jpg", media_type="image/jpeg", commune_id=office.commune_id, now=MORNING)


def test_what_was_opened_by_code_is_closed_by_a_press_or_after_two_hours(office: Office, client: Client) -> None:
    dossier = testing.submitted(office, phone=PHONE)
    look_up(client, dossier.code, "5678")
    client.post("/ho-so-cua-toi/dong/")
    assert client.get(f"/ho-so-cua-toi/{dossier.code}/").status_code == 302

    look_up(client, dossier.code, "5678")
    session = client.session
    session["opened_dossiers"] = {subject: at - 7_201 for subject, at in session["opened_dossiers"].items()}
    session.save()
    assert client.get(f"/ho-so-cua-toi/{dossier.code}/").status_code == 302


def test_an_official_who_looks_a_dossier_up_is_shown_the_case_and_receives_nothing(office: Office) -> None:
    testing.give_certificates(office)
    dossier = testing.solved(office, POOR, phone=PHONE)
    desk = client_of(office.desk)

    assert desk.get("/ho-so-cua-toi/")["Location"] == "/so-theo-doi/"
    look_up(desk, dossier.code, "5678")
    assert desk.get(f"/ho-so-cua-toi/{dossier.code}/")["Location"] == f"/ho-so/{dossier.code}/"
    answer = desk.get(f"/ho-so/{dossier.code}/ket-qua/")

    assert b"".join(answer).startswith(b"%PDF")
    assert Dossier.objects.get().delivery_state == "ready"


def test_what_officials_write_to_each_other_is_not_shown_to_the_applicant(office: Office) -> None:
    dossier = testing.in_review(office, POOR)
    results.send_back(office.signer, dossier.id, "Xem lại, nghi khai gian", now=MORNING)
    examination.stop(office.officer, dossier.id, "Gia đình đi vắng", "Biên bản", now=MORNING)

    page = client_of(office.owner).get(f"/ho-so-cua-toi/{dossier.code}/").content.decode()

    assert "nghi khai gian" not in page
    assert "Gia đình đi vắng" in page


def test_a_supplement_sent_after_the_session_ended_is_sent_again_with_one_press(office: Office, client: Client) -> None:
    dossier = asked(office)
    address = f"/ho-so-cua-toi/{dossier.code}/bo-sung/"

    to_sign_in = client.post(address, {"do": "send", "answer": "Ảnh rõ ở dưới, xem giúp."})
    assert to_sign_in["Location"] == "/dang-nhap/?next=/gui-lai/"
    assert office.owner.account_id is not None
    client.force_login(get_user_model().objects.get(pk=office.owner.account_id), backend=BACKEND)
    page = client.get("/gui-lai/").content.decode()
    assert "Ảnh rõ ở dưới, xem giúp." in page
    sent = client.post("/gui-lai/", {"do": "send", "answer": "Ảnh rõ ở dưới, xem giúp."}, follow=True)

    assert sent.redirect_chain[0] == (address, 307)
    assert SupplementRequest.objects.get().answer == "Ảnh rõ ở dưới, xem giúp."
    assert "Không còn gì chờ gửi" in client.get("/gui-lai/").content.decode()
