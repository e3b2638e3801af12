"""Who can't read an SMS is called: by her wish, or because she has a fixed line."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from xaso.apps.dossiers import testing
from xaso.apps.dossiers.actions import examination
from xaso.apps.dossiers.contact import read_contact
from xaso.apps.dossiers.models import Dossier
from xaso.apps.dossiers.shapes import Applicant
from xaso.apps.dossiers.standing import MONTHS, spoken
from xaso.apps.dossiers.testing import MORNING, Office
from xaso.apps.notices.testing import calls_shown
from xaso.kernel.worktime import VN
from xaso.platform import outbox

LATER = MORNING + timedelta(hours=1)


@pytest.fixture
def office(db: None) -> Office:
    return testing.office()


def asked_for_more(office: Office, **applicant: Any) -> Dossier:
    dossier = testing.examining(office, testing.POOR, **applicant)
    examination.ask_for_more(office.officer, dossier.id, [{"paper": "", "text": "thiếu"}], now=LATER)
    while outbox.relay(LATER):
        pass
    return dossier


@pytest.mark.parametrize(
    ("applicant", "calls"),
    [
        ({"phone": "0912345678", "tell_by": "voice"}, 1),
        ({"phone": "02143881234"}, 1),
        ({"phone": "0912345678"}, 0),
        ({"phone": "", "tell_by": "voice"}, 0),
    ],
)
def test_who_is_called_when_something_is_missing(office: Office, applicant: dict[str, Any], calls: int) -> None:
    dossier = asked_for_more(office, **applicant)

    shown = calls_shown(office.commune_id)
    assert [state for state, _text in shown] == ["waiting"] * calls
    assert all(dossier.code in text and "còn thiếu giấy tờ" in text for _state, text in shown)


def test_the_case_shows_the_call_beside_the_messages(office: Office, client: Client) -> None:
    dossier = asked_for_more(office, phone="0912345678", tell_by="voice")
    client.force_login(testing.account_of(office.desk))

    shown = client.get(f"/ho-so/{dossier.code}/").content.decode()

    assert "Kính chào anh chị" in shown
    assert "Chờ gọi" in shown


@pytest.mark.parametrize(
    ("post", "known", "wish"),
    [
        ({"tell_by": "voice"}, "", "voice"),
        ({"tell_by": ""}, "voice", ""),
        ({}, "voice", "voice"),
        ({"tell_by": "<script>"}, "voice", ""),
    ],
)
def test_the_wish_is_read_from_the_form(post: dict[str, str], known: str, wish: str) -> None:
    applicant, faults = read_contact(post, Applicant(name="Pao", tell_by=known))

    assert (applicant.tell_by, faults) == (wish, {})


def test_a_call_in_english_says_the_month_by_its_name_and_one_in_vietnamese_the_day_as_it_is_written(office: Office) -> None:
    dossier = testing.examining(office, testing.POOR, phone="02143881234")
    assert dossier.due_at is not None
    due, filed = dossier.due_at.astimezone(VN), dossier.submitted_at.astimezone(VN)

    vietnamese = spoken(dossier, MORNING)
    dossier.language = "en"
    english = spoken(dossier, MORNING)

    assert f"lúc {due:%H:%M}, ngày {due:%d/%m/%Y}." in vietnamese
    assert f"at {due:%H:%M} on {due.day} {MONTHS[due.month - 1]} {due.year}." in english
    assert f"handed in on {filed.day} {MONTHS[filed.month - 1]} {filed.year}" in english
