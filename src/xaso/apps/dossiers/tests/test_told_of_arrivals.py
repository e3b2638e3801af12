"""Who is named in what a phone sent learns by SMS that it came for her, that it will be erased, and that it was."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from xaso.apps.dossiers.actions.arrivals import erase, erase_unconfirmed, warn_of_unconfirmed
from xaso.apps.dossiers.actions.confirming import confirm_as_person
from xaso.apps.dossiers.models import Arrival
from xaso.apps.dossiers.testing import Office, arrived, item
from xaso.apps.notices import facade as notices
from xaso.apps.notices import testing as told
from xaso.apps.people import facade as people_facade
from xaso.apps.people import testing as people
from xaso.kernel.worktime import VN
from xaso.platform import clock
from xaso.platform.tests.file_samples import photo

pytestmark = pytest.mark.django_db

MOTHERS = "0500111333"


def send(sent: dict[str, Any], phone: people.Phone | None = None) -> Any:
    content = people.body(sent | ({"device": str(phone.id)} if phone else {}))
    return Client().post("/gui/", content, content_type="application/json", headers=phone.headers(content) if phone else {})


def sms_about(office: Office, item_id: object) -> list[tuple[str, str]]:
    """Return number and text of the SMS about an item, the first one first."""
    lines = notices.messages_about(office.commune_id, f"arrival:{item_id}")
    sent = sorted((line for line in lines if line.channel == "sms"), key=lambda line: line.created_at)
    return [(line.address, line.body) for line in sent]


def test_she_is_told_once_a_week_before_it_is_erased_and_when_it_is(office: Office) -> None:
    waiting = arrived(office)
    at = waiting.arrived_at

    assert warn_of_unconfirmed(at + timedelta(days=22)) == 0
    assert warn_of_unconfirmed(at + timedelta(days=24)) == 1
    assert warn_of_unconfirmed(at + timedelta(days=25)) == 0
    ((_, warning),) = sms_about(office, waiting.id)
    assert (at + timedelta(days=30)).astimezone(VN).strftime("%d/%m/%Y") in warning
    assert f"so {waiting.number} " in warning

    assert erase_unconfirmed(at + timedelta(days=31)) == 1
    assert [text.split(" ", 4)[4][:6] for _, text in sms_about(office, waiting.id)] == ["chua a", "da xoa"]


def test_an_item_that_came_again_after_it_was_erased_is_warned_of_again(office: Office) -> None:
    sent = item(office, photo=photo())
    send(sent)
    erase_unconfirmed(clock.now() + timedelta(days=31))
    send(sent)

    assert Arrival.objects.get().warned_at is None
    assert warn_of_unconfirmed(clock.now() + timedelta(days=24)) == 1


def test_what_somebody_vouched_for_and_what_the_desk_erased_is_told_of_no_more(office: Office) -> None:
    confirmed, erased = arrived(office), arrived(office)
    confirm_as_person(office.owner, confirmed.id, as_own=True, now=clock.now())
    erase(office.desk, erased.id, "Ảnh không phải giấy tờ.", now=clock.now())

    assert warn_of_unconfirmed(clock.now() + timedelta(days=29)) == 0
    assert erase_unconfirmed(clock.now() + timedelta(days=31)) == 0
    assert sms_about(office, confirmed.id) == sms_about(office, erased.id) == []


def test_one_number_gets_no_more_than_three_such_texts_a_day(office: Office) -> None:
    waiting = [arrived(office) for _ in range(5)]

    assert warn_of_unconfirmed(clock.now() + timedelta(days=24)) == 5
    assert sum(len(sms_about(office, one.id)) for one in waiting) == 3


def test_who_was_helped_without_a_mandate_is_told_on_the_number_that_the_commune_knows(office: Office) -> None:
    mother = people.citizen_of(office.commune_id, "Sùng Thị Mỷ", phone=MOTHERS)
    helper = people_facade.citizen(office.owner.citizen_id) if office.owner.citizen_id else None
    assert helper is not None
    named = {"name": mother.full_name, "personal_number": mother.personal_number, "phone": helper.phone}
    sent, phone = item(office, photo=photo(), applicant=named), people.enrolled(office.owner)

    for _ in range(2):
        send(sent, phone)

    ((address, text),) = sms_about(office, sent["id"])
    assert address == MOTHERS
    assert text.startswith("Co nguoi nop ho so thay anh/chi, so 1.")
    assert told.messages_count() == 1, "the helper is told nothing in her name"


def test_a_helpers_own_number_typed_for_somebody_the_commune_does_not_know_is_told_nothing(office: Office) -> None:
    helper = people_facade.citizen(office.owner.citizen_id) if office.owner.citizen_id else None
    assert helper is not None
    sent = item(office, photo=photo(), applicant={"name": "Sùng Thị Mỷ", "personal_number": "000196000001", "phone": helper.phone})

    send(sent, people.enrolled(office.owner))

    assert sms_about(office, sent["id"]) == []


def test_who_has_a_mandate_or_files_her_own_asks_nobody_to_confirm(office: Office) -> None:
    mother = people.citizen_of(office.commune_id, "Sùng Thị Mỷ", phone=MOTHERS)
    people.mandate_of(mother, office.owner)
    phone = people.enrolled(office.owner)
    own = item(office, photo=photo())
    hers = item(office, photo=photo(), applicant={"name": mother.full_name, "personal_number": mother.personal_number})

    for sent in (own, hers):
        assert send(sent, phone).json()["state"] == "received"
        assert sms_about(office, sent["id"]) == []
