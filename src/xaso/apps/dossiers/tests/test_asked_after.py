"""A result that was given brings the question how it was: in the notice, on the dossier's page, at the desk."""

import pytest
from django.test import Client

from xaso.apps.dossiers import testing
from xaso.apps.dossiers.actions import delivery
from xaso.apps.dossiers.models import Dossier
from xaso.apps.dossiers.testing import POOR, Office
from xaso.apps.notices import facade as notices
from xaso.apps.notices.testing import sent_about
from xaso.apps.rights.testing import says
from xaso.apps.satisfaction import facade as satisfaction
from xaso.apps.satisfaction.testing import token_about
from xaso.platform import clock, outbox

PHONE = "0912345678"

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    office = testing.office()
    testing.give_certificates(office)
    return office


def given(office: Office) -> Dossier:
    dossier = testing.solved(office, POOR, phone=PHONE)
    return delivery.hand_over(office.desk, dossier.id, "Giàng A Pao", "căn cước", signed_for=True, now=clock.now())


def test_the_notice_of_the_handover_carries_the_link_that_staff_do_not_see(office: Office) -> None:
    subject = f"dossier:{given(office).id}"
    while outbox.relay(clock.now()):
        pass

    link = f"/y-kien/{token_about(subject)}/"
    assert any(link in text for text in sent_about(subject))
    shown = [line.body for line in notices.messages_about(office.commune_id, subject)]
    assert any("/y-kien/…" in text for text in shown)
    assert not any(link in text for text in shown)


def test_nothing_is_asked_before_the_result_is_given(office: Office) -> None:
    dossier = testing.solved(office, POOR, phone=PHONE)

    assert token_about(f"dossier:{dossier.id}") == ""


def test_a_download_brings_the_question_to_the_page_opened_by_code(office: Office, client: Client) -> None:
    dossier = testing.solved(office, POOR, phone=PHONE)
    client.post("/tra-cuu/", {"code": dossier.code, "digits": "5678"})
    page = f"/ho-so-cua-toi/{dossier.code}/"
    assert "/y-kien/" not in client.get(page).content.decode()

    assert b"".join(client.get(f"/ho-so/{dossier.code}/ket-qua/")).startswith(b"%PDF")

    token = token_about(f"dossier:{dossier.id}")
    assert token
    assert f'href="/y-kien/{token}/"' in client.get(page).content.decode()


def test_the_desk_asks_without_ever_seeing_the_link(office: Office) -> None:
    dossier = given(office)
    client = Client()
    client.force_login(testing.account_of(office.desk))

    page = client.get(f"/ho-so/{dossier.code}/").content.decode()

    assert "Hỏi ý kiến tại quầy" in page
    assert token_about(f"dossier:{dossier.id}") not in page


def test_the_desk_asks_no_more_once_the_question_is_answered(office: Office, client: Client) -> None:
    dossier = given(office)
    desk = Client()
    desk.force_login(testing.account_of(office.desk))

    client.post(f"/y-kien/{token_about(f'dossier:{dossier.id}')}/", {"face": "5"})

    assert "Hỏi ý kiến tại quầy" not in desk.get(f"/ho-so/{dossier.code}/").content.decode()


def test_who_wants_no_questions_is_told_of_the_handover_and_asked_nothing(office: Office) -> None:
    says(office.owner, satisfaction.ASKED, agrees=False)
    dossier = testing.solved(office, POOR, phone=PHONE)
    delivery.hand_over(office.desk, dossier.id, "Giàng A Pao", "căn cước", signed_for=True, now=clock.now())
    while outbox.relay(clock.now()):
        pass

    assert token_about(f"dossier:{dossier.id}") == ""
    texts = sent_about(f"dossier:{dossier.id}")
    assert any("đã được trả" in text or "da duoc tra" in text for text in texts)
    assert not any("/y-kien/" in text or "phục vụ thế nào" in text or "phuc vu the nao" in text for text in texts)


def test_who_says_yes_again_is_asked_again(office: Office) -> None:
    for agrees in (False, True):
        says(office.owner, satisfaction.ASKED, agrees=agrees)
    assert token_about(f"dossier:{given(office).id}")
