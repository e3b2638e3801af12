"""The commune's own days off and days worked in exchange: set by an administrator with a ground, once, and not for days that are past."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from xaso.apps.people import testing
from xaso.apps.people.facade import Role, add_local_day, calendar_of
from xaso.apps.people.models import Account, Commune, LocalDay
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN
from xaso.platform import clock
from xaso.platform.actor import Actor

MORNING = datetime(2026, 11, 19, 2, 0, tzinfo=UTC)
FRIDAY, SATURDAY = date(2026, 11, 20), date(2026, 11, 21)

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> Actor:
    return testing.actor_for(testing.staff(testing.commune(), Role.ADMINISTRATOR))


def add(actor: Actor, day: date, kind: str, ground: str = "12/QĐ-UBND") -> None:
    add_local_day(actor, day, kind, ground, now=MORNING)


def test_the_calendar_of_the_commune_knows_them_and_no_others_does(administrator: Actor) -> None:
    other = testing.commune()
    add(administrator, FRIDAY, "off")
    add(administrator, SATURDAY, "worked")

    assert administrator.commune_id is not None
    here, there = calendar_of(administrator.commune_id), calendar_of(other.id)
    assert [here.is_working_day(day) for day in (FRIDAY, SATURDAY)] == [False, True]
    assert [there.is_working_day(day) for day in (FRIDAY, SATURDAY)] == [True, False]


@pytest.mark.parametrize(
    ("day", "kind", "ground", "code"),
    [
        (date(2026, 11, 18), "off", "1/QĐ", "local_day_past"),
        (date(2036, 11, 18), "off", "1/QĐ", "local_day_past"),
        (SATURDAY, "off", "1/QĐ", "local_day_same"),
        (FRIDAY, "worked", "1/QĐ", "local_day_same"),
        (date(2026, 11, 24), "off", "1/QĐ", "local_day_same"),
        (FRIDAY, "off", " ", "local_day_ground"),
        (FRIDAY, "half", "1/QĐ", "not_found"),
    ],
)
def test_what_can_not_be_is_refused(administrator: Actor, day: date, kind: str, ground: str, code: str) -> None:
    with pytest.raises(Refusal, match=rf"people\.{code}"):
        add(administrator, day, kind, ground)
    assert not LocalDay.objects.exists()


def test_one_day_is_set_once_and_by_administrators(administrator: Actor) -> None:
    add(administrator, FRIDAY, "off")
    with pytest.raises(Refusal, match=r"people\.local_day_taken"):
        add(administrator, FRIDAY, "off")
    desk = testing.actor_for(testing.staff(Commune.objects.get(), Role.DESK))
    with pytest.raises(Refusal, match=r"people\.not_allowed"):
        add(desk, date(2026, 11, 23), "off")
    assert LocalDay.objects.count() == 1


def test_an_administrator_sets_and_removes_a_day_on_the_page(administrator: Actor) -> None:
    client = Client()
    client.force_login(Account.objects.get())
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
