"""`/gui/`: what was filed without a signal arrives once, under its owner's name, and nothing of it is lost."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from xaso.apps.dossiers import testing
from xaso.apps.dossiers.models import Arrival, Attachment, Dossier, Draft, Step
from xaso.apps.dossiers.testing import Office, item
from xaso.apps.people import testing as people
from xaso.platform.tests.file_samples import photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return testing.office()


@pytest.fixture
def own_phone(office: Office) -> people.Phone:
    return people.enrolled(office.owner)


def send(sent: dict[str, Any], phone: people.Phone | None = None, *, signed_by: people.Phone | None = None) -> Any:
    """Send an item as the phone does, with its signature when there is a phone; returns the answer."""
    content = people.body(sent | ({"device": str(phone.id)} if phone else {}))
    signer = signed_by or phone
    return Client().post("/gui/", content, content_type="application/json", headers=signer.headers(content) if signer else {})


def test_what_a_known_phone_signed_is_filed_at_once(office: Office, own_phone: people.Phone) -> None:
    sent = item(office, photo=photo())

    told = send(sent, own_phone).json()

    dossier = Dossier.objects.get()
    assert told["xaso"] == 1
    assert (told["state"], told["code"]) == ("received", dossier.code)
    assert told["url"] == f"/ho-so-cua-toi/{dossier.code}/"
    assert (str(dossier.id), dossier.citizen_id, dossier.state) == (sent["id"], office.owner.citizen_id, "submitted")
    assert dossier.answers["documents"] == [{"name": "Căn cước", "pages": 1, "copies": 2}]
    assert Attachment.objects.get().dossier_id == dossier.id
    assert Step.objects.get(dossier=dossier).actor_name == office.owner.name
    assert Arrival.objects.get().made_at is not None


def test_sent_ten_times_it_is_one_dossier_with_one_photo(office: Office, own_phone: people.Phone) -> None:
    sent = item(office, photo=photo())

    codes = {send(sent, own_phone).json()["code"] for _ in range(10)}

    assert codes == {Dossier.objects.get().code}
    assert Attachment.objects.count() == Step.objects.count() == 1


def test_without_a_phone_that_is_known_it_waits_for_the_person_and_counts_nowhere(office: Office) -> None:
    sent = item(office, photo=photo())

    told = send(sent).json()

    assert (told["state"], told["number"]) == ("waiting_for_person", 1)
    assert not Dossier.objects.exists()
    assert Draft.objects.get().citizen_id is None
    assert send(sent).json() == told


def test_wrong_answers_are_told_by_screen_and_kept_in_her_draft(office: Office, own_phone: people.Phone) -> None:
    sent = item(office, typed={"documents-0-pages": "mười"}, photo=photo())

    told = send(sent, own_phone).json()

    assert told["state"] == "look"
    assert [(fault["screen"], fault["field"]) for fault in told["faults"]] == [("giay-to", "documents-0-pages")]
    draft = Draft.objects.get()
    assert (draft.citizen_id, draft.answers["documents"][0]["pages"]) == (office.owner.citizen_id, "mười")


def test_mended_on_the_phone_and_sent_again_it_is_filed(office: Office, own_phone: people.Phone) -> None:
    sent = item(office, typed={"documents-0-pages": "mười"}, photo=photo())
    send(sent, own_phone)

    mended = sent | {"answers": item(office)["answers"]}

    assert send(mended, own_phone).json()["state"] == "received"
    assert Dossier.objects.get().answers["documents"][0]["pages"] == 1


def test_later_the_phone_learns_what_became_of_it_by_the_items_secret(office: Office, own_phone: people.Phone) -> None:
    sent = item(office, photo=photo())
    send(sent, own_phone)
    asked = f"/gui/{sent['id']}/"

    told = Client().get(asked, {"secret": sent["secret"]}).json()

    assert told["state"] == "received"
    assert [message["said"] for message in told["messages"]] == ["Nộp hồ sơ"]
    assert Client().get(asked, {"secret": "x" * 32}).status_code == 404
    assert Client().get(f"/gui/{uuid4()}/", {"secret": sent["secret"]}).json()["xaso"] == 1


def test_a_missing_photo_is_named_so_that_the_phone_sends_it_again(office: Office, own_phone: people.Phone) -> None:
    gone = "0" * 40
    sent = item(office, papers=[{"paper": "photo_of_original", "upload": gone, "name": "anh.jpg"}])

    answer = send(sent, own_phone)

    assert (answer.status_code, answer.json()["uploads"]) == (409, [gone])
    assert json.loads(answer.content)["said"]
