"""A paper given once is offered again: to the same person only, only what a person confirmed and called good, and never silently."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from xaso.apps.audit import facade as audit
from xaso.apps.dossiers import queries, testing
from xaso.apps.dossiers.actions import drafts, reading, supplement
from xaso.apps.dossiers.actions.reuse import use_again
from xaso.apps.dossiers.models import Attachment, Dossier, Draft, Reading
from xaso.apps.dossiers.shapes import Applicant
from xaso.apps.dossiers.testing import COPY, MORNING, Office
from xaso.apps.people import facade as people
from xaso.kernel.errors import Refusal
from xaso.platform import files
from xaso.platform.actor import Actor
from xaso.platform.tests.file_samples import pdf

pytestmark = pytest.mark.django_db
TODAY = MORNING.date()
PAPER, BIRTH_AND_FATHER = "birth_slip", "1.000689"


@pytest.fixture
def given(office: Office) -> Attachment:
    return given_and_confirmed(office, testing.examining(office, testing.BIRTH))


def given_and_confirmed(office: Office, dossier: Dossier, **facts: Any) -> Attachment:
    attachment = supplement.attach(office.desk, dossier.id, PAPER, pdf(), name="chung-sinh.pdf", source="desk", now=MORNING)
    Reading.objects.create(attachment=attachment, state="read", pages_count=1, pages=[[]], asked_at=MORNING, asked_by="máy")
    said = {"reusable": True, **facts}
    reading.confirm(office.officer, attachment.id, reading.Confirmed({}, (), **said), now=MORNING)
    return attachment


def begun(actor: Actor, channel: str = "online", code: str = testing.BIRTH, **applicant: Any) -> Draft:
    who: dict[str, Any] = {"name": "Giàng A Pao", "citizen_id": actor.citizen_id}
    draft = drafts.start_draft(actor, code, Applicant(**who | applicant), channel=channel, on=TODAY, now=MORNING)
    return drafts.save_answers(actor, draft.id, {"birth_proof": "slip"}, screen="", now=MORNING)


def offered(draft: Draft, on: date = TODAY) -> list[Any]:
    return [one.attachment.id for one in queries.papers_given_before(draft, on=on)]


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(testing.account_of(actor))
    return client


def told(dossier_id: Any, verb: str) -> list[str]:
    return [line.detail["agreed"] for line in audit.history_of(f"dossier:{dossier_id}") if line.verb == verb]


def number_of(office: Office) -> str:
    assert office.owner.citizen_id is not None
    citizen = people.citizen(office.owner.citizen_id)
    assert citizen is not None
    return citizen.personal_number


def test_the_citizen_is_offered_her_paper_and_uses_it_with_one_press_written_down_on_both_sides(office: Office, given: Attachment) -> None:
    draft = begun(office.owner)
    address = f"/nop-ho-so/{testing.BIRTH}/{draft.id}/giay-{PAPER}/"
    client = client_of(office.owner)
    assert given.dossier is not None
    page = client.get(address).content.decode()
    assert f"Giấy này xã đã có từ hồ sơ {given.dossier.code} ngày 19/11/2026." in page
    assert not Attachment.objects.filter(draft=draft).exists()

    for _press in range(2):
        assert client.post(address, {"reuse": str(given.id)}).status_code == 302
    used = Attachment.objects.get(draft=draft)
    assert (used.paper_id, used.file_id, used.taken_from_id, used.source) == (PAPER, given.file_id, given.id, "before")
    assert "Giấy này xã đã có" not in client.get(address).content.decode()
    assert told(draft.id, "dossiers.use_again") == told(given.dossier_id, "dossiers.used_again") == ["pressed"]


def test_only_the_same_person_is_offered_it(office: Office, given: Attachment) -> None:
    of_another = begun(office.stranger)
    assert offered(of_another) == []
    with pytest.raises(Refusal, match=r"dossiers\.paper_not_reusable"):
        use_again(office.stranger, of_another.id, given.id, now=MORNING)
    assert not Attachment.objects.filter(draft=of_another).exists()


def test_at_the_desk_the_number_and_the_name_must_both_be_the_persons(office: Office, given: Attachment) -> None:
    number = number_of(office)

    def at_desk(**applicant: Any) -> list[Any]:
        return offered(begun(office.desk, "counter", **applicant))

    assert at_desk(personal_number=number, name="GIÀNG A PAO") == [given.id]
    assert at_desk(personal_number=number, name="Giàng A Páo Lớn") == []
    assert at_desk(personal_number="") == []
    assert at_desk(personal_number="012345678901") == []


def test_only_what_was_called_good_is_still_valid_and_fits_is_offered(office: Office, given: Attachment) -> None:
    draft, last_day = begun(office.owner), TODAY + timedelta(days=30)
    reading.confirm(office.officer, given.id, reading.Confirmed({}, (), reusable=True, valid_until=last_day), now=MORNING)
    assert (offered(draft, last_day), offered(draft, last_day + timedelta(days=1))) == ([given.id], [])
    assert offered(begun(office.owner, code=BIRTH_AND_FATHER)) == [given.id]
    assert offered(begun(office.owner, code=COPY)) == []
    for state in ("refused", "examining"):
        Dossier.objects.filter(attachments=given).update(state=state)
        assert bool(offered(draft)) is (state == "examining")
    reading.confirm(office.officer, given.id, reading.Confirmed({}), now=MORNING)
    assert offered(draft) == []
    given_and_confirmed(office, testing.examining(office, testing.BIRTH))
    Attachment.objects.filter(draft=None).update(removed_at=MORNING)
    assert offered(draft) == []


def test_the_signed_copy_is_used_and_the_desk_notes_an_electronic_copy(office: Office, given: Attachment) -> None:
    copy = files.keep(pdf() + b"\n%", name="chung-sinh-da-ky.pdf", media_type="application/pdf", commune_id=office.commune_id, now=MORNING)
    Reading.objects.update(signed_copy=copy)
    draft = begun(office.desk, "counter", personal_number=number_of(office))
    client = client_of(office.desk)
    assert "Người nộp đồng ý, dùng lại" in client.get(f"/mot-cua/ban/{draft.id}/").content.decode()

    said = {"name": "Giàng A Pao", "personal_number": number_of(office), "f-birth_proof": "slip", "do": f"reuse-{given.id}"}
    assert client.post(f"/mot-cua/ban/{draft.id}/", said)["Location"].endswith("#giay-to")
    draft.refresh_from_db()
    assert draft.papers[PAPER] == {"kind": "e_copy", "count": 1}
    assert Attachment.objects.get(draft=draft).file_id == copy.id
    assert told(draft.id, "dossiers.use_again") == ["said_at_the_desk"]


def test_the_page_takes_the_last_day_and_a_code_of_the_catalogue_only(office: Office, given: Attachment) -> None:
    assert given.dossier is not None
    client, address = client_of(office.officer), f"/ho-so/{given.dossier.code}/so-hoa/{given.id}/"
    good = {"do": "confirm", "dung-lai": "1", "den-ngay": "25/11/2027", "ma-loai": "KQ.G15.000031"}
    client.post(address, good)
    said = ("reusable", "valid_until", "result_code")
    assert Reading.objects.values_list(*said).get() == (True, date(2027, 11, 25), "KQ.G15.000031")
    for wrong in ({"den-ngay": "hết hạn"}, {"ma-loai": "KQ.G99.999999"}):
        client.post(address, good | wrong)
        assert Reading.objects.values_list(*said).get() == (True, date(2027, 11, 25), "KQ.G15.000031")
    assert "đến hết ngày 25/11/2027" in client.get(address).content.decode()


def test_the_case_says_from_which_dossier_a_paper_came(office: Office, given: Attachment) -> None:
    draft = begun(office.owner)
    used = use_again(office.owner, draft.id, given.id, now=MORNING)
    dossier = testing.submitted(office)
    Attachment.objects.filter(pk=used.pk).update(dossier=dossier, paper_id="other")
    assert given.dossier is not None
    assert f"dùng lại giấy đã có {given.dossier.code}" in client_of(office.officer).get(f"/ho-so/{dossier.code}/").content.decode()
