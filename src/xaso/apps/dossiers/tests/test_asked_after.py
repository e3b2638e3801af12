"""A result that was given brings the question how it was: in the notice, on the dossier's page, at the desk."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from xaso.apps.dossiers import testing
from xaso.apps.dossiers.actions import delivery
from xaso.apps.dossiers.models import Dossier
from xaso.apps.dossiers.testing import POOR, Office
from xaso.apps.notices.models import Message
from xaso.apps.satisfaction.models import Question
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


def test_the_notice_of_the_handover_carries_the_link(office: Office) -> None:
    given(office)
    while outbox.relay(clock.now()):
        pass

    body = Message.objects.get(template="dossiers.handed_over", channel="sms").body
    assert f"/y-kien/{Question.objects.get().token}/" in body


def test_nothing_is_asked_before_the_result_is_given(office: Office) -> None:
    testing.solved(office, POOR, phone=PHONE)

    assert not Question.objects.exists()


def test_a_download_brings_the_question_to_the_page_opened_by_code(office: Office, client: Client) -> None:
    dossier = testing.solved(office, POOR, phone=PHONE)
    client.post("/tra-cuu/", {"code": dossier.code, "digits": "5678"})
    page = f"/ho-so-cua-toi/{dossier.code}/"
    assert "/y-kien/" not in client.get(page).content.decode()

    assert b"".join(client.get(f"/ho-so/{dossier.code}/ket-qua/")).startswith(b"%PDF")

    token = Question.objects.get().token
    assert f'href="/y-kien/{token}/"' in client.get(page).content.decode()


def test_the_desk_asks_without_ever_seeing_the_link(office: Office) -> None:
    dossier = given(office)
    client = Client()
    assert office.desk.account_id is not None
    client.force_login(get_user_model().objects.get(pk=office.desk.account_id))

    page = client.get(f"/ho-so/{dossier.code}/").content.decode()

    assert "Hỏi ý kiến tại quầy" in page
    assert Question.objects.get().token not in page
