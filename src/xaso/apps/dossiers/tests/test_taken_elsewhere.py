"""What the police take in can't become a dossier here, by whatever door; each door shows the way instead."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from xaso.apps.dossiers.actions import drafts
from xaso.apps.dossiers.actions.filing import file_dossier
from xaso.apps.dossiers.models import Dossier, Draft
from xaso.apps.dossiers.shapes import Applicant, Filing
from xaso.apps.dossiers.testing import MORNING, Office
from xaso.apps.procedures import facade as procedures
from xaso.kernel.errors import Refusal
from xaso.kernel.identifiers import uuid7
from xaso.platform.actor import Actor

RESIDENCE = "1.004222"

pytestmark = pytest.mark.django_db


def client_of(actor: Actor) -> Client:
    assert actor.account_id is not None
    client = Client()
    client.force_login(get_user_model().objects.get(pk=actor.account_id), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_wants_to_apply_is_led_to_the_page_that_shows_the_way(office: Office, method: str) -> None:
    answer = getattr(client_of(office.owner), method)(f"/nop-ho-so/{RESIDENCE}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/thu-tuc/{RESIDENCE}/")
    assert not Draft.objects.exists()


def test_a_stranger_is_led_there_without_signing_in(office: Office, client: Client) -> None:
    answer = client.get(f"/nop-ho-so/{RESIDENCE}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/thu-tuc/{RESIDENCE}/")


def test_the_desk_sees_who_takes_it_and_has_no_button_to_begin(office: Office) -> None:
    page = client_of(office.desk).get("/mot-cua/moi/?q=nhap+khau").content.decode()
    assert f'href="/thu-tuc/{RESIDENCE}/"' in page
    assert f'action="/mot-cua/moi/{RESIDENCE}/"' not in page
    assert "Nộp ở Công an xã, không nhận tại quầy này" in page


def test_the_desk_can_not_begin_it_by_its_address(office: Office) -> None:
    answer = client_of(office.desk).post(f"/mot-cua/moi/{RESIDENCE}/", follow=True)
    assert "Xã không nhận thủ tục này." in answer.content.decode()
    assert not Draft.objects.exists()


def test_no_draft_and_no_dossier_can_be_made_of_it(office: Office) -> None:
    version = procedures.current(office.commune_id, RESIDENCE, MORNING.date())
    assert version is not None
    applicant = Applicant(name="Giàng A Pao")
    with pytest.raises(Refusal) as drafted:
        drafts.start_draft(office.desk, RESIDENCE, applicant, channel="counter", on=MORNING.date(), now=MORNING)
    with pytest.raises(Refusal) as filed:
        file_dossier(
            office.desk,
            Filing(dossier_id=uuid7(), version_id=version.id, channel="counter", applicant=applicant, answers={}),
            now=MORNING,
        )
    assert [drafted.value.code, filed.value.code] == ["dossiers.taken_elsewhere"] * 2
    assert not Draft.objects.exists()
    assert not Dossier.objects.exists()
