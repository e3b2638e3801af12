"""The commune's own days off and days worked in exchange: set with a ground, counted from then on, kept from changing what was promised."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from xaso.apps.audit import facade as audit
from xaso.apps.dossiers import testing
from xaso.apps.dossiers.actions.days import add_local_day, remove_local_day
from xaso.apps.dossiers.models import Dossier, LocalDay
from xaso.apps.dossiers.testing import MARITAL, MORNING, Office
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN
from xaso.platform import clock

FRIDAY, SATURDAY = date(2026, 11, 20), date(2026, 11, 21)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return testing.office()


def due_on(dossier: Dossier) -> date:
    assert dossier.due_at is not None
    return dossier.due_at.astimezone(VN).date()


def add(office: Office, day: date, kind: str, **facts: Any) -> LocalDay:
    return add_local_day(facts.get("actor", office.administrator), day, kind, facts.get("ground", "12/QĐ-UBND"), now=MORNING)


def test_a_local_day_off_moves_the_next_appointment_and_not_the_one_given(office: Office) -> None:
    given = testing.accepted(office, MARITAL)
    add(office, FRIDAY, "off")

    later = testing.accepted(office, MARITAL)

    given.refresh_from_db()
    assert due_on(later) == due_on(given) + timedelta(days=1)


def test_a_saturday_worked_in_exchange_counts(office: Office) -> None:
    before = due_on(testing.accepted(office, MARITAL))
    add(office, SATURDAY, "worked")

    assert due_on(testing.accepted(office, MARITAL)) < before


def test_a_day_that_is_taken_back_counts_no_more_and_both_are_in_the_record(office: Office) -> None:
    before = due_on(testing.accepted(office, MARITAL))
    remove_local_day(office.administrator, add(office, FRIDAY, "off").id, now=MORNING)

    assert due_on(testing.accepted(office, MARITAL)) == before
    assert len(audit.last_acts(office.commune_id, ("dossiers.add_local_day", "dossiers.remove_local_day"), limit=9)) == 2


@pytest.mark.parametrize(
    ("day", "kind", "ground", "code"),
    [
        (date(2026, 11, 18), "off", "1/QĐ", "local_day_past"),
        (date(2036, 11, 18), "off", "1/QĐ", "local_day_past"),
        (SATURDAY, "off", "1/QĐ", "local_day_same"),
        (FRIDAY, "worked", "1/QĐ", "local_day_same"),
        (date(2026, 11, 24), "off", "1/QĐ", "local_day_same"),
        (FRIDAY, "off", " ", "ground_missing"),
        (FRIDAY, "half", "1/QĐ", "not_found"),
    ],
)
def test_what_can_not_be_is_refused(office: Office, day: date, kind: str, ground: str, code: str) -> None:
    with pytest.raises(Refusal, match=rf"dossiers\.{code}"):
        add(office, day, kind, ground=ground)
    assert not LocalDay.objects.exists()


def test_one_day_is_set_once_and_by_administrators(office: Office) -> None:
    add(office, FRIDAY, "off")
    with pytest.raises(Refusal, match=r"dossiers\.local_day_taken"):
        add(office, FRIDAY, "off")
    with pytest.raises(Refusal, match=r"dossiers\.not_found"):
        add(office, date(2026, 11, 23), "off", actor=office.desk)
    assert LocalDay.objects.count() == 1


def test_an_administrator_sets_and_removes_a_day_on_the_page(office: Office) -> None:
    client = Client()
    client.force_login(testing.account_of(office.administrator))
    address = "/quan-tri/ngay-lam-viec/"
    day = clock.now().astimezone(VN).date() + timedelta(days=1)
    while day.weekday() > 4 or day.month == 1:
        day += timedelta(days=1)

    wrong = client.post(address, {"day": "mai", "kind": "off", "ground": "Lễ hội <b>"})
    assert wrong.status_code == 422
    assert "Lễ hội &lt;b&gt;" in wrong.content.decode()
    client.post(address, {"day": f"{day:%d/%m/%Y}", "kind": "off", "ground": "Lễ hội"})
    assert f"{day:%d/%m/%Y}" in client.get(address).content.decode()
    client.post(f"{address}{LocalDay.objects.get().id}/bo/")

    assert LocalDay.objects.get().removed_at is not None
