"""`/gui/bo-sung/`: what was asked for later and added without a signal arrives once, from who may give it; nothing is lost."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from xaso.apps.dossiers import testing
from xaso.apps.dossiers.actions import examination, supplement
from xaso.apps.dossiers.models import Attachment, Dossier, SupplementRequest
from xaso.apps.dossiers.testing import Office
from xaso.apps.dossiers.tests.test_filing_pages import client_of
from xaso.apps.people import testing as people
from xaso.platform import clock
from xaso.platform.tests.file_samples import photo
from xaso.platform.uploads.testing import sent_whole

pytestmark = pytest.mark.django_db

ADDRESS = "/gui/bo-sung/"
OUR_PAGE = {"Origin": "http://testserver"}


@dataclass
class Asked:
    """A dossier of the owner's in which a clearer photo is asked for."""

    office: Office
    dossier: Dossier
    request: SupplementRequest

    def item(self, *, answer: str = "Cháu chụp lại rồi ạ", photos: int = 1, **over: Any) -> dict[str, Any]:
        papers = [{"paper": "photo_of_original", "upload": sent_whole(photo(400 + n, 300)), "name": f"{n}.jpg"} for n in range(photos)]
        whole = {"id": str(uuid4()), "request": str(self.request.id), "made_at": "2031-01-02T08:00:00+07:00", "answer": answer}
        return whole | {"papers": papers} | over

    def is_open(self) -> bool:
        self.request.refresh_from_db()
        self.dossier.refresh_from_db()
        return self.request.answered_at is None and self.dossier.state == "supplement_asked"


@pytest.fixture
def asked(office: Office) -> Asked:
    now = clock.now() - timedelta(hours=3)
    dossier = testing.examining(office, now=now - timedelta(hours=2))
    examination.ask_for_more(office.officer, dossier.id, [{"paper": "photo_of_original", "text": "Ảnh bị mờ"}], now=now)
    dossier.refresh_from_db()
    return Asked(office, dossier, SupplementRequest.objects.get())


@pytest.fixture
def own_phone(office: Office) -> people.Phone:
    return people.enrolled(office.owner)


def send(sent: dict[str, Any], phone: people.Phone | None = None, client: Client | None = None, **headers: str) -> Any:
    """Send an answer as the phone does, signed when there is a phone; returns what is said."""
    content = people.body(sent | ({"device": str(phone.id)} if phone else {}))
    signed = phone.headers(content) if phone else {}
    return (client or Client()).post(ADDRESS, content, content_type="application/json", headers=signed | headers)


def test_what_her_own_phone_signed_is_added_and_the_work_goes_on(asked: Asked, own_phone: people.Phone) -> None:
    sent = asked.item()

    told = send(sent, own_phone).json()

    assert (told["xaso"], told["state"], told["code"]) == (1, "received", asked.dossier.code)
    assert not asked.is_open()
    assert (asked.dossier.state, asked.request.answer, str(asked.request.item)) == ("examining", "Cháu chụp lại rồi ạ", sent["id"])
    assert asked.request.made_at is not None
    assert asked.request.made_at.year == 2031, "the phone's own time is kept beside ours"
    attachment = Attachment.objects.get(upload=sent["papers"][0]["upload"])
    assert (attachment.dossier_id, attachment.added_by) == (asked.dossier.id, asked.office.owner.name)


def test_sent_ten_times_it_is_added_once(asked: Asked, own_phone: people.Phone) -> None:
    sent = asked.item(photos=2)

    told = [send(sent, own_phone).json() for _ in range(10)]

    assert all(one == told[0] for one in told)
    assert Attachment.objects.exclude(upload="").count() == 2
    assert asked.dossier.steps.filter(verb="add_supplement").count() == 1


def test_cut_between_the_photos_and_the_answer_it_goes_on(asked: Asked, own_phone: people.Phone) -> None:
    sent = asked.item(photos=2)
    first = sent["papers"][0]
    supplement.take_upload(asked.office.owner, asked.dossier.id, first["paper"], first["upload"], now=clock.now())

    assert send(sent, own_phone).json()["state"] == "received"
    assert Attachment.objects.exclude(upload="").count() == 2


def test_without_a_phone_that_is_known_nobody_learns_anything_and_the_phone_keeps_all(asked: Asked) -> None:
    sent = asked.item()

    told = send(sent)

    assert (told.status_code, told.json()["state"]) == (200, "sign_in")
    assert asked.is_open()
    assert not Attachment.objects.exclude(upload="").exists()
    assert send(sent | {"request": str(uuid4())}).json() == told.json(), "a request that is not there reads the same"


def test_a_strangers_phone_a_wrong_signature_and_a_removed_phone_add_nothing(asked: Asked, own_phone: people.Phone) -> None:
    sent, strangers = asked.item(), people.enrolled(asked.office.stranger)
    people.removed(asked.office.owner, own_phone)

    assert send(sent, strangers).json()["state"] == "sign_in"
    assert send(sent, own_phone).json()["state"] == "sign_in"
    content = people.body(sent | {"device": str(own_phone.id)})
    forged = Client().post(ADDRESS, content, content_type="application/json", headers=strangers.headers(content))
    assert forged.json()["state"] == "sign_in"
    assert asked.is_open()


def test_who_is_signed_in_on_our_page_adds_it_without_a_known_phone(asked: Asked) -> None:
    sent, hers = asked.item(), client_of(asked.office.owner)

    assert send(sent, None, hers, Origin="https://khac.test").json()["state"] == "sign_in", "another site speaks for nobody"
    assert send(sent, None, client_of(asked.office.officer), **OUR_PAGE).json()["state"] == "sign_in", "an official is not the applicant"
    assert send(sent, None, hers, **OUR_PAGE).json()["state"] == "received"


def test_who_may_act_for_her_adds_it_with_a_phone_of_her_own(asked: Asked) -> None:
    helpers = people.enrolled(asked.office.stranger)
    people.mandate_of(asked.office.owner, asked.office.stranger)

    assert send(asked.item(), helpers).json()["state"] == "received"


def test_answered_meanwhile_she_is_asked_to_look_and_nothing_changes(asked: Asked, own_phone: people.Phone) -> None:
    supplement.add_supplement(asked.office.owner, asked.dossier.id, "Đã mang đến quầy", now=clock.now())

    told = send(asked.item(), own_phone).json()

    assert (told["state"], told["asked"]) == ("look", None)
    assert "Ảnh vẫn còn trên máy này" in told["said"]
    asked.request.refresh_from_db()
    assert (asked.request.answer, asked.request.item) == ("Đã mang đến quầy", None)
    assert not Attachment.objects.exclude(upload="").exists()


def test_withdrawn_meanwhile_she_is_asked_to_look(asked: Asked, own_phone: people.Phone) -> None:
    examination.withdraw(asked.office.owner, asked.dossier.id, "Chưa cần nữa", now=clock.now())

    assert send(asked.item(), own_phone).json()["state"] == "look"
    assert not Attachment.objects.exclude(upload="").exists()


def test_a_photo_that_the_commune_no_longer_has_is_asked_for_again(asked: Asked, own_phone: people.Phone) -> None:
    sent = asked.item()
    sent["papers"][0]["upload"] = "x" * 32

    answer = send(sent, own_phone)

    assert (answer.status_code, answer.json()["uploads"]) == (409, ["x" * 32])
    assert asked.is_open()


def test_a_paper_that_is_none_of_the_procedures_is_told_and_the_rest_waits(asked: Asked, own_phone: people.Phone) -> None:
    sent = asked.item(photos=2)
    sent["papers"][1]["paper"] = "khong-co"

    told = send(sent, own_phone).json()

    assert told["state"] == "look"
    assert told["said"].startswith("1.jpg: ")
    assert asked.is_open()
    mended = sent | {"papers": sent["papers"][:1]}
    assert send(mended, own_phone).json()["state"] == "received"


def test_neither_paper_nor_word_is_told_so(asked: Asked, own_phone: people.Phone) -> None:
    told = send(asked.item(answer=" ", photos=0), own_phone).json()

    assert told["state"] == "look"
    assert asked.is_open()


@pytest.mark.parametrize("wrong", [{"id": "x"}, {"request": "x"}, {"answer": "x" * 4001}, {"papers": "x"}, {"papers": [{}] * 61}])
def test_bodies_that_no_phone_of_ours_sends_are_refused(asked: Asked, own_phone: people.Phone, wrong: dict[str, Any]) -> None:
    answer = send(asked.item() | wrong, own_phone)

    assert answer.status_code == 422
    assert answer.json()["xaso"] == 1


def test_her_phone_is_told_what_is_asked_while_she_is_signed_in_and_nobody_else_is(asked: Asked) -> None:
    address = f"{ADDRESS}{asked.request.id}/"

    told = client_of(asked.office.owner).get(address).json()["asked"]

    assert (told["request"], told["code"]) == (str(asked.request.id), asked.dossier.code)
    assert [(item["paper"], item["text"]) for item in told["items"]] == [("photo_of_original", "Ảnh bị mờ")]
    for other in (Client(), client_of(asked.office.stranger), client_of(asked.office.officer)):
        assert other.get(address).json()["asked"] is None
        assert other.get(f"{ADDRESS}{uuid4()}/").json()["asked"] is None


def test_what_is_no_longer_asked_is_told_to_nobody(asked: Asked) -> None:
    supplement.add_supplement(asked.office.owner, asked.dossier.id, "Đã mang đến quầy", now=clock.now())

    assert client_of(asked.office.owner).get(f"{ADDRESS}{asked.request.id}/").json()["asked"] is None


def test_her_own_page_hands_it_to_the_phone_and_a_page_opened_by_code_does_not(asked: Asked) -> None:
    opened = Client()
    digits = asked.dossier.applicant_personal_number[-4:] or asked.dossier.applicant_phone[-4:]
    opened.post("/tra-cuu/", {"code": asked.dossier.code, "digits": digits})
    address = f"/ho-so-cua-toi/{asked.dossier.code}/"

    hers = client_of(asked.office.owner).get(address).content.decode()
    by_code = opened.get(address).content.decode()

    assert str(asked.request.id) in hers
    assert "dossiers/keep-asked" in hers
    assert "Ảnh bị mờ" in by_code, "she can still add it online"
    assert str(asked.request.id) not in by_code


def test_the_page_on_which_it_is_added_is_nobodys_and_phones_keep_it_unasked(client: Client) -> None:
    page = client.get("/may-nay/bo-sung/")

    assert page.headers["Xaso-Phone-May-Keep"] == "1"
    assert "csrfmiddlewaretoken" not in page.content.decode()
    assert "/may-nay/bo-sung/" in client.get("/may-nay/trang.json").json()["pages"]
