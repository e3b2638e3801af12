"""“Chờ xác nhận người nộp”: vouched for by the person or the desk, filed from then on, erased when nobody does."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from xaso.apps.audit import facade as audit
from xaso.apps.dossiers import access, queries, testing
from xaso.apps.dossiers.actions.arrivals import erase_unconfirmed
from xaso.apps.dossiers.models import Arrival, Attachment, Dossier, Draft, Step
from xaso.apps.dossiers.testing import Office, account_of, arrived, item
from xaso.apps.people import facade as people_facade
from xaso.apps.people import testing as people
from xaso.platform import clock
from xaso.platform.actor import Actor
from xaso.platform.tests.file_samples import photo

pytestmark = pytest.mark.django_db
LIST = "/mot-cua/cho-xac-nhan/"


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(account_of(actor), backend="django.contrib.auth.backends.ModelBackend")
    return client


def send(sent: dict[str, Any]) -> dict[str, Any]:
    """Send an item from a phone that nobody knows; returns what it is told."""
    told: dict[str, Any] = Client().post("/gui/", people.body(sent), content_type="application/json").json()
    return told


def sent_unsigned(office: Office, **over: Any) -> tuple[str, str]:
    """Let a phone that nobody knows send an item; returns the address to confirm it at, with its secret, and its id."""
    sent = item(office, photo=photo(), **over)
    send(sent)
    return f"/gui/{sent['id']}/xac-nhan/?secret={sent['secret']}", sent["id"]


def test_one_sign_in_makes_it_hers_and_files_it(office: Office) -> None:
    address, item_id = sent_unsigned(office)
    visitor, owner = Client(), client_of(office.owner)

    assert visitor.get(address)["Location"].startswith("/dang-nhap/?next=/gui/")
    assert "Hồ sơ này của anh/chị phải không?" in owner.get(address).content.decode()
    assert not Dossier.objects.exists()
    answers = [owner.post(address, {"do": "confirm"}) for _ in range(2)]

    dossier = Dossier.objects.get()
    assert answers[0]["Location"] == f"/ho-so-cua-toi/{dossier.code}/?moi=1"
    assert answers[1]["Location"] == f"/ho-so-cua-toi/{dossier.code}/"
    assert (str(dossier.id), dossier.citizen_id) == (item_id, office.owner.citizen_id)
    assert dossier.submitted_at > Arrival.objects.get().arrived_at
    assert Step.objects.count() == 1


def test_it_waits_in_her_list_by_her_number_and_for_nobody_else(office: Office) -> None:
    address, _item_id = sent_unsigned(office)
    without_secret = address.partition("?")[0]

    assert "Chờ anh/chị xác nhận" in client_of(office.owner).get("/ho-so-cua-toi/").content.decode()
    assert "Chờ anh/chị xác nhận" not in client_of(office.stranger).get("/ho-so-cua-toi/").content.decode()
    assert client_of(office.owner).get(without_secret).status_code == 200
    assert client_of(office.stranger).post(without_secret, {"do": "own"}).status_code == 404
    assert client_of(office.desk).get(address).status_code == 404
    assert Draft.objects.get().citizen_id is None


def test_who_signs_in_and_is_somebody_else_is_told_and_may_say_that_it_was_a_slip(office: Office) -> None:
    address, _item_id = sent_unsigned(office)
    stranger = client_of(office.stranger)

    assert "là của người khác" in stranger.get(address).content.decode()
    assert stranger.post(address, {"do": "confirm"}).status_code == 409
    assert not Dossier.objects.exists()
    assert stranger.post(address, {"do": "own"}).status_code == 302

    dossier = Dossier.objects.get()
    assert (dossier.citizen_id, dossier.applicant_name) == (office.stranger.citizen_id, office.stranger.name)
    own = people_facade.citizen(dossier.citizen_id) if dossier.citizen_id else None
    assert own is not None
    assert dossier.applicant_personal_number == own.personal_number


def test_with_faults_it_becomes_her_draft_to_look_at_and_the_phone_changes_it_no_more(office: Office) -> None:
    sent = item(office, photo=photo(), typed={"documents-0-pages": "mười"})
    assert send(sent)["state"] == "look"
    owner = client_of(office.owner)

    answer = owner.post(f"/gui/{sent['id']}/xac-nhan/?secret={sent['secret']}", {"do": "confirm"})
    told = send(sent | {"answers": "purpose=x"})

    assert answer["Location"] == f"/nop-ho-so/{testing.COPY}/{sent['id']}/kiem-tra/"
    draft = Draft.objects.get()
    assert (draft.citizen_id, draft.answers["purpose"]) == (office.owner.citizen_id, "Xin việc")
    assert told["state"] == "look"
    assert owner.get(answer["Location"]).status_code == 200


def test_the_desk_compares_a_paper_and_the_clock_begins_then(office: Office) -> None:
    waiting = arrived(office)
    desk, address = client_of(office.desk), f"{LIST}{waiting.id}/"
    citizen = people_facade.citizen(office.owner.citizen_id) if office.owner.citizen_id else None
    assert citizen is not None
    shown = {"name": citizen.full_name, "personal_number": citizen.personal_number, "paper": "căn cước", "do": "confirm"}

    assert f">{waiting.number}</a>" in desk.get(LIST).content.decode()
    assert "1 hồ sơ từ điện thoại chờ xác nhận" in desk.get("/mot-cua/").content.decode()
    assert citizen.personal_number in desk.get(address).content.decode()
    for missing in ("name", "personal_number", "paper"):
        assert desk.post(address, shown | {missing: ""}).status_code == 409
    assert desk.post(address, shown | {"personal_number": "123"}).status_code == 409
    assert not Dossier.objects.exists()
    answers = [desk.post(address, shown)["Location"] for _ in range(2)]

    dossier = Dossier.objects.get()
    assert answers == [f"/ho-so/{dossier.code}/"] * 2
    assert (dossier.state, dossier.accepted_at, dossier.citizen_id) == ("submitted", None, citizen.id)
    assert "dossiers.confirm_person" in [line.verb for line in audit.history_of(access.subject_of(dossier.id))]
    assert queries.unconfirmed_count(office.desk) == 0
    assert "quầy một cửa so giấy tờ" in desk.get(f"/ho-so/{dossier.code}/").content.decode()


def test_the_desk_is_shown_which_field_to_look_at_again(office: Office) -> None:
    waiting = arrived(office)
    desk, address = client_of(office.desk), f"{LIST}{waiting.id}/"
    shown = {"name": "Sùng Thị Mai", "personal_number": "000085000001", "paper": "căn cước", "do": "confirm"}

    def marked(**changed: str) -> list[str]:
        page = desk.post(address, shown | changed).content.decode()
        return [name for name in ("name", "personal_number", "paper", "reason") if f'name="{name}" aria-invalid="true"' in page]

    assert marked(paper=" ") == ["paper"]
    assert marked(name="", personal_number="") == ["name", "personal_number"]
    assert marked(personal_number="123") == ["personal_number"]
    assert marked(do="erase") == ["reason"]
    assert marked(do="read_card", card_text="xyz") == []


def test_what_was_filed_without_any_sign_in_is_told_to_the_phone_that_knows_its_secret(office: Office) -> None:
    address, item_id = sent_unsigned(office)
    citizen = people_facade.citizen(office.owner.citizen_id) if office.owner.citizen_id else None
    assert citizen is not None
    shown = {"name": citizen.full_name, "personal_number": citizen.personal_number, "paper": "căn cước", "do": "confirm"}
    client_of(office.desk).post(f"{LIST}{item_id}/", shown)

    told = Client().get(f"/gui/{item_id}/", {"secret": address.rpartition("=")[2]}).json()

    assert (told["state"], told["nobodys"]) == ("received", True)
    assert told["messages"]
    assert "closed" not in told


def test_a_card_that_names_somebody_else_is_said_before_anything_is_confirmed(office: Office) -> None:
    waiting = arrived(office)
    card = "001090000001||Lù Văn Phừ|01011990|Nam|Thôn Khởi, Bảo Nhai, Lào Cai|01012022"

    page = client_of(office.desk).post(f"{LIST}{waiting.id}/", {"do": "enter", "card_text": card}).content.decode()

    assert "Tên hoặc số trên thẻ khác với hồ sơ" in page
    assert 'value="Lù Văn Phừ"' in page
    assert not Dossier.objects.exists()


def test_the_desk_erases_what_is_no_application_and_the_phone_is_told_why(office: Office) -> None:
    address, item_id = sent_unsigned(office)
    desk, one = client_of(office.desk), f"{LIST}{item_id}/"
    secret = address.rpartition("=")[2]

    assert desk.post(one, {"do": "erase"}).status_code == 409
    assert Draft.objects.exists()
    assert desk.post(one, {"do": "erase", "reason": "Ảnh không phải giấy tờ."})["Location"] == LIST

    told = Client().get(f"/gui/{item_id}/", {"secret": secret}).json()
    assert (told["state"], told["erased"]) == ("look", True)
    assert "Ảnh không phải giấy tờ." in told["said"]
    assert not Draft.objects.exists()
    assert not Attachment.objects.exists()
    assert desk.get(one).status_code == 404
    assert client_of(office.owner).get(address).status_code == 404


def test_what_nobody_vouches_for_is_told_before_and_then_erased_and_may_come_again(office: Office) -> None:
    sent = item(office, photo=photo())
    send(sent)
    now = clock.now()

    assert erase_unconfirmed(now + timedelta(days=29)) == 0
    (nearly,) = queries.list_unconfirmed(office.desk, now=now + timedelta(days=28))
    assert nearly.is_nearly_erased
    assert erase_unconfirmed(now + timedelta(days=31)) == 1
    assert erase_unconfirmed(now + timedelta(days=31)) == 0

    assert not Draft.objects.exists()
    assert Client().get(f"/gui/{sent['id']}/", {"secret": sent["secret"]}).json()["erased"] is True
    again = send(sent)
    assert (again["state"], Draft.objects.count(), Arrival.objects.count()) == ("waiting_for_person", 1, 1)


def test_the_days_work_of_the_desk_names_what_waits(office: Office) -> None:
    arrived(office)

    page = client_of(office.desk).get("/can-bo/").content.decode()

    assert "Chờ xác nhận người nộp" in page
    assert "Chờ xác nhận người nộp" not in client_of(office.officer).get("/can-bo/").content.decode()


def test_it_counts_nowhere_as_filed(office: Office) -> None:
    arrived(office)

    assert queries.desk_counts(office.desk)["intake"] == queries.intake_count(office.desk) == 0
    assert queries.my_drafts(office.owner) == queries.my_drafts(office.desk) == []
    assert queries.find_dossiers(office.desk, office.owner.name, 10) == []
