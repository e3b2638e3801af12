"""`/gui/`: what was filed without a signal arrives once, under its owner's name, and nothing of it is lost."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from xaso.apps.dossiers import access, testing
from xaso.apps.dossiers.actions import arrivals, drafts
from xaso.apps.dossiers.models import Arrival, Attachment, Dossier, Draft, Step
from xaso.apps.dossiers.pages.arriving import ItemIn
from xaso.apps.dossiers.shapes import Applicant
from xaso.apps.dossiers.testing import Office, item
from xaso.apps.notices import facade as notices
from xaso.apps.people import testing as people
from xaso.apps.procedures import facade as procedures
from xaso.platform import clock, outbox
from xaso.platform.tests.file_samples import photo
from xaso.platform.uploads.testing import sent_whole

pytestmark = pytest.mark.django_db


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


def test_later_the_phone_learns_what_became_of_it_by_the_items_secret_while_its_person_is_signed_in(
    office: Office, own_phone: people.Phone
) -> None:
    sent = item(office, photo=photo())
    send(sent, own_phone)
    asked = f"/gui/{sent['id']}/"
    hers = Client()
    hers.force_login(testing.account_of(office.owner), backend="django.contrib.auth.backends.ModelBackend")

    told = hers.get(asked, {"secret": sent["secret"]}).json()

    assert (told["state"], bool(told["name"]), told["nobodys"]) == ("received", True, False)
    assert [message["said"] for message in told["messages"]] == ["Nộp hồ sơ"]
    assert Client().get(asked, {"secret": "x" * 32}).status_code == 404
    assert Client().get(f"/gui/{uuid4()}/", {"secret": sent["secret"]}).json()["xaso"] == 1


def test_on_a_phone_where_somebody_else_or_nobody_is_signed_in_only_the_code_is_told(office: Office, own_phone: people.Phone) -> None:
    sent = item(office, photo=photo())
    send(sent, own_phone)
    others = Client()
    others.force_login(testing.account_of(office.desk), backend="django.contrib.auth.backends.ModelBackend")

    for client in (Client(), others):
        told = client.get(f"/gui/{sent['id']}/", {"secret": sent["secret"]}).json()
        code = Dossier.objects.get().code
        assert told == {
            "xaso": 1,
            "state": "received",
            "code": code,
            "url": f"/ho-so-cua-toi/{code}/",
            "said": "Anh/chị đăng nhập để đọc tin của xã về hồ sơ này.",
            "closed": True,
        }


def test_a_missing_photo_is_named_so_that_the_phone_sends_it_again(office: Office, own_phone: people.Phone) -> None:
    gone = "0" * 40
    sent = item(office, papers=[{"paper": "photo_of_original", "upload": gone, "name": "anh.jpg"}])

    answer = send(sent, own_phone)

    assert (answer.status_code, answer.json()["uploads"]) == (409, [gone])
    assert json.loads(answer.content)["said"]


def test_a_stranger_with_anothers_device_id_files_nothing_in_her_name(office: Office, own_phone: people.Phone) -> None:
    thief, removed = people.phone(), people.enrolled(office.owner)
    people.removed(office.owner, removed)

    doubts = []
    for phone, signer in ((own_phone, thief), (thief, thief), (removed, removed)):
        sent = item(office, photo=photo())
        assert send(sent, phone, signed_by=signer).json()["state"] == "waiting_for_person"
        doubts.append(Arrival.objects.get(pk=sent["id"]).doubt)

    assert doubts == ["wrong_signature", "unknown", "revoked"]
    assert not Dossier.objects.exists()
    assert not Draft.objects.exclude(citizen=None).exists()


def test_what_names_another_person_waits_for_her_and_keeps_who_helped(office: Office, own_phone: people.Phone) -> None:
    other = people.citizen_of(office.commune_id, "Sùng Thị Mỷ")
    named = {"name": other.full_name, "personal_number": other.personal_number}

    told = send(item(office, photo=photo(), applicant=named), own_phone).json()

    assert told["state"] == "waiting_for_person"
    assert Draft.objects.get().applicant["submitter"] == office.owner.name
    assert Arrival.objects.get().doubt == "anothers"


def test_who_may_act_for_another_files_for_her_from_her_own_phone(office: Office, own_phone: people.Phone) -> None:
    mother = people.citizen_of(office.commune_id, "Sùng Thị Mỷ")
    people.mandate_of(mother, office.owner)
    named = {"name": mother.full_name, "personal_number": mother.personal_number}

    assert send(item(office, photo=photo(), applicant=named), own_phone).json()["state"] == "received"

    dossier = Dossier.objects.get()
    assert (dossier.citizen_id, dossier.representative) == (mother.id, {"name": office.owner.name})


def test_once_she_signed_in_on_the_phone_the_same_item_sent_again_is_filed(office: Office) -> None:
    sent = item(office, photo=photo())
    send(sent)
    phone = people.enrolled(office.owner)

    assert send(sent, phone).json()["state"] == "received"
    assert Dossier.objects.get().citizen_id == office.owner.citizen_id
    assert Arrival.objects.get().confirmed_by == "device"


def test_two_phones_of_one_person_file_two_applications_and_never_each_others(office: Office, own_phone: people.Phone) -> None:
    second = people.enrolled(office.owner, "Máy thứ hai")
    one, other = (item(office, photo=photo()) for _ in range(2))

    states = [send(one, own_phone).json()["state"], send(other, second).json()["state"]]
    copied = send(one | {"secret": "x" * 32}, second)

    assert states == ["received", "received"]
    assert (copied.status_code, copied.json()["code"]) == (409, "dossiers.item_taken")
    assert Dossier.objects.count() == 2


def test_an_id_that_a_dossier_or_draft_has_already_is_nobody_elses(office: Office, own_phone: people.Phone) -> None:
    known = testing.submitted(office)
    begun = drafts.start_draft(office.owner, testing.COPY, Applicant(name="A"), channel="online", on=clock.now().date(), now=clock.now())

    for taken in (known.id, begun.id):
        assert send(item(office, id=str(taken)), own_phone).json()["code"] == "dossiers.item_taken"
    assert not Arrival.objects.exists()


def test_an_item_goes_on_wherever_it_was_cut(office: Office, own_phone: people.Phone) -> None:
    """As after a kill between two steps: each step is done by itself, then the phone sends again."""
    sent = item(office, photo=photo())
    whole = ItemIn.model_validate(sent | {"device": str(own_phone.id)})
    version = procedures.current(office.commune_id, testing.COPY, clock.now().date())
    assert version is not None
    who = Applicant(name=office.owner.name)
    begun_as = arrivals.Sent(whole.id, whole.secret, whole.digest, version.id, who, "vi", None, None, own_phone.id)
    arrivals.begin(office.commune_id, begun_as, office.owner, now=clock.now())
    drafts.take_upload(office.owner, whole.id, "photo_of_original", whole.papers[0].upload, now=clock.now())

    assert send(sent, own_phone).json()["state"] == "received"
    assert Attachment.objects.count() == Dossier.objects.count() == Step.objects.count() == 1


def test_a_photo_taken_out_on_the_phone_goes_from_the_draft_too(office: Office, own_phone: people.Phone) -> None:
    sent = item(office, photo=photo(), typed={"documents-0-pages": "mười"})
    send(sent, own_phone)
    another = item(office, photo=photo(60, 60))

    send(sent | {"answers": another["answers"], "papers": another["papers"]}, own_phone)

    filed = Attachment.objects.get(removed_at=None)
    assert (filed.dossier_id, filed.upload) == (Dossier.objects.get().id, another["papers"][0]["upload"])


def test_what_cannot_be_a_paper_is_told_on_its_screen(office: Office, own_phone: people.Phone) -> None:
    program = sent_whole(b"MZ" + b"\0" * 600)
    sent = item(office, papers=[{"paper": "photo_of_original", "upload": program, "name": "x.jpg"}])

    faults = send(sent, own_phone).json()["faults"]

    assert {fault["screen"] for fault in faults} == {"giay-photo_of_original"}


def test_without_the_word_of_agreement_or_as_a_draft_nothing_is_filed(office: Office, own_phone: people.Phone) -> None:
    unsure = item(office, photo=photo())
    unsure["answers"] = unsure["answers"].replace("agree=yes", "")

    assert [fault["field"] for fault in send(unsure, own_phone).json()["faults"]] == ["agree"]
    assert [fault["field"] for fault in send(item(office, photo=photo(), draft=True), own_phone).json()["faults"]] == ["draft"]
    assert not Dossier.objects.exists()


def test_her_applicant_is_told_by_sms_as_of_any_filing(office: Office, own_phone: people.Phone) -> None:
    send(item(office, photo=photo()), own_phone)

    outbox.relay(clock.now())

    (told,) = notices.messages_about(office.commune_id, access.subject_of(Dossier.objects.get().id))
    assert (told.channel, Dossier.objects.get().code in told.body) == ("sms", True)


def test_the_phones_time_is_kept_and_shown_where_it_is_wrong_by_years(office: Office, own_phone: people.Phone) -> None:
    sent = item(office, photo=photo(), made_at="1999-01-01T07:00:00+07:00", sent_at="1999-01-01T09:00:00+07:00")
    code = send(sent, own_phone).json()["code"]
    desk = Client()
    desk.force_login(testing.account_of(office.desk))

    page = desk.get(f"/ho-so/{code}/").content.decode()

    assert "ghi trên máy 07:00, 01/01/1999, giờ của máy" in page
    assert "đồng hồ của máy chậm khoảng" in page
    assert "máy của người nộp ký" in page
    assert Dossier.objects.get().submitted_at.year >= 2026
