"""Consent: a clear act for each purpose, kept with its proof; silence, an older text and a child's guardian alone are none."""

from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError, transaction
from django.test import Client

from xaso.apps.audit import facade as audit
from xaso.apps.people import testing as people
from xaso.apps.rights.actions import consents
from xaso.apps.rights.consent_rules import Word, must_child_agree, needs_guardian, stands
from xaso.apps.rights.facade import has_consent
from xaso.apps.rights.models import Consent
from xaso.apps.rights.testing import MORNING, Hall, hall
from xaso.kernel.errors import Refusal
from xaso.platform.actor import Actor

TODAY = date(2026, 11, 23)
OWN, DESK = "/du-lieu-cua-toi/dong-y/", "/yeu-cau-du-lieu/dong-y/"


@pytest.fixture
def office() -> Hall:
    return hall()


def signed_in(actor: Actor) -> Client:
    client = Client()
    assert actor.account_id is not None
    client.force_login(get_user_model()._default_manager.get(pk=actor.account_id))
    return client


def text(answer: Any) -> str:
    return unescape(answer.content.decode())


def herself(actor: Actor) -> Any:
    assert actor.citizen_id is not None
    return actor.citizen_id


def child_of(actor: Actor, birth: str) -> Any:
    assert actor.commune_id is not None
    child = people.citizen_of(actor.commune_id, "Giàng Thị Con", birth=birth)
    people.mandate_of(child, actor)
    return child


def refused(code: str, act: Any) -> None:
    with pytest.raises(Refusal) as refusal:
        act()
    assert refusal.value.code == code
    assert not Consent.objects.exists()


@pytest.mark.parametrize(
    ("last", "holds"),
    [(None, False), (Word(False, 1), False), (Word(True, 1), False), (Word(True, 2), True), (Word(False, 2), False)],
)
def test_only_a_given_word_to_this_very_text_is_consent(last: Word | None, holds: bool) -> None:
    assert stands(last, 2) is holds


@pytest.mark.parametrize(("last", "holds"), [(None, True), (Word(True, 1), True), (Word(False, 1), False), (Word(False, 2), False)])
def test_what_is_done_until_refused_ends_with_a_no(last: Word | None, holds: bool) -> None:
    assert stands(last, 2, until_refused=True) is holds


@pytest.mark.parametrize(
    ("birth", "publishes", "asked"),
    [
        ("2019-11-23", True, True),
        ("2019-11-24", True, False),
        ("2019-11", True, True),
        ("2019", True, True),
        ("2020", True, False),
        ("", True, True),
        ("2010-01-01", False, False),
    ],
)
def test_a_child_from_seven_on_is_asked_before_its_life_is_made_public(birth: str, publishes: bool, asked: bool) -> None:
    assert must_child_agree(birth, publishes, TODAY) is asked


@pytest.mark.parametrize(("birth", "child"), [("2010-11-23", False), ("2010-11-24", True), ("2026", True), ("", False), ("1952", False)])
def test_a_guardian_speaks_for_who_is_young(birth: str, child: bool) -> None:
    assert needs_guardian(birth, 16, TODAY) is child


@pytest.mark.django_db
def test_without_a_word_there_is_no_consent_and_the_last_word_counts(office: Hall) -> None:
    who = herself(office.citizen)
    assert not has_consent(who, "news")
    consents.say(office.citizen, who, "news", agrees=True, now=MORNING)
    assert has_consent(who, "news")
    assert not has_consent(who, "publish")
    consents.say(office.citizen, who, "news", agrees=False, now=MORNING + timedelta(minutes=1))
    assert not has_consent(who, "news")
    with pytest.raises(KeyError):
        has_consent(who, "sell")


@pytest.mark.django_db
def test_each_word_is_kept_with_the_text_that_was_agreed_to_and_can_not_be_changed(office: Hall) -> None:
    word = consents.say(office.citizen, herself(office.citizen), "news", agrees=True, now=MORNING)

    assert (word.version, word.language, word.said_by, word.helped_by) == (1, "vi", "Giàng A Pao", "")
    assert word.text.startswith("Tôi đồng ý để xã nhắn tin")
    (line,) = audit.history_of(f"citizen:{office.citizen.citizen_id}")
    assert (line.verb, line.detail) == ("rights.consent_given", {"consent": "news", "version": 1})
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Consent.objects.update(is_given=False)


@pytest.mark.django_db
def test_nobody_agrees_for_somebody_she_may_not_act_for(office: Hall) -> None:
    refused("rights.not_found", lambda: consents.say(office.citizen, herself(office.stranger), "news", agrees=True, now=MORNING))
    refused("rights.not_found", lambda: consents.say(office.citizen, herself(office.citizen), "sell", agrees=True, now=MORNING))
    refused("rights.not_found", lambda: consents.say(office.head, herself(office.citizen), "news", agrees=True, now=MORNING))


@pytest.mark.django_db
def test_a_child_of_seven_and_its_guardian_both_agree_to_what_is_published(office: Hall) -> None:
    child = child_of(office.citizen, "2018-05-01")
    refused("rights.child_asked_too", lambda: consents.say(office.citizen, child.id, "publish", agrees=True, now=MORNING))
    word = consents.say(office.citizen, child.id, "publish", agrees=True, child_agrees=True, now=MORNING)

    assert (word.said_by, word.guardian_id, word.child_agrees) == ("Giàng A Pao", office.citizen.citizen_id, True)
    assert has_consent(child.id, "publish")


@pytest.mark.django_db
def test_of_a_small_child_the_guardian_is_asked_alone_and_may_withdraw_alone(office: Hall) -> None:
    small, big = child_of(office.citizen, "2023-05-01"), child_of(office.citizen, "2016-05-01")
    consents.say(office.citizen, small.id, "publish", agrees=True, now=MORNING)
    assert has_consent(small.id, "publish")

    consents.say(office.citizen, big.id, "publish", agrees=True, child_agrees=True, now=MORNING)
    consents.say(office.citizen, big.id, "publish", agrees=False, now=MORNING + timedelta(minutes=1))
    assert not has_consent(big.id, "publish")


@pytest.mark.django_db
def test_at_the_desk_a_word_needs_a_paper_and_a_child_a_guardian(office: Hall) -> None:
    child = child_of(office.citizen, "2018-05-01")

    def take(**more: Any) -> Any:
        said = {"agrees": True, "evidence": "Phiếu số 3 ngày 23/11/2026", "now": MORNING, **more}
        return consents.take_down(office.desk, said.pop("who", child.id), "publish", **said)

    refused("rights.evidence_missing", lambda: take(evidence=" "))
    refused("rights.guardian_needed", take)
    refused("rights.no_guardian", lambda: take(guardian_id=office.stranger.citizen_id))
    refused("rights.child_asked_too", lambda: take(guardian_id=office.citizen.citizen_id))
    word = take(guardian_id=office.citizen.citizen_id, child_agrees=True)
    assert (word.said_by, word.helped_by, word.evidence) == ("Giàng A Pao", "Lò Thị Quầy", "Phiếu số 3 ngày 23/11/2026")


@pytest.mark.django_db
def test_on_her_page_one_press_gives_and_one_press_withdraws(office: Hall) -> None:
    browser, who = signed_in(office.citizen), str(office.citizen.citizen_id)
    page = text(browser.get(OWN))
    assert page.count("không đồng ý</span>") == 2
    assert browser.post(OWN, {"citizen": who, "purpose": "news", "agrees": "yes"}).status_code == 302
    assert "đang đồng ý" in text(browser.get(OWN))
    browser.post(OWN, {"citizen": who, "purpose": "news", "agrees": "no"})
    assert [one.is_given for one in Consent.objects.order_by("at")] == [True, False]


@pytest.mark.django_db
@pytest.mark.parametrize("sent", [{}, {"agrees": "maybe"}, {"citizen": "x", "agrees": "yes"}])
def test_a_press_that_says_nothing_clear_is_no_consent(office: Hall, sent: dict[str, str]) -> None:
    answer = signed_in(office.citizen).post(OWN, {"citizen": str(office.citizen.citizen_id), "purpose": "news", **sent})

    assert answer.status_code == 404
    assert not Consent.objects.exists()


@pytest.mark.django_db
def test_the_desk_page_shows_what_was_said_and_takes_it_down(office: Hall) -> None:
    desk, address = signed_in(office.desk), f"{DESK}?nguoi={office.citizen.citizen_id}"
    assert desk.post(address, {"purpose": "news", "agrees": "", "evidence": "Phiếu số 1"}).status_code == 422
    assert not Consent.objects.exists()
    assert desk.post(address, {"purpose": "news", "agrees": "yes", "evidence": "Phiếu số 1 ngày 23/11"}).status_code == 302

    page = text(desk.get(address))
    for said in ("đang đồng ý", "Phiếu số 1 ngày 23/11", "Lò Thị Quầy"):
        assert said in page
