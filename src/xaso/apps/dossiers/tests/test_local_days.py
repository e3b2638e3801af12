"""The commune's own days off and days worked in exchange count from then on and do not change what was promised."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.test import Client

from xaso.apps.audit import facade as audit
from xaso.apps.dossiers import testing
from xaso.apps.dossiers.models import Dossier
from xaso.apps.dossiers.shown import dossier_due
from xaso.apps.dossiers.testing import MARITAL, MORNING, Office
from xaso.apps.people.facade import add_local_day, remove_local_day
from xaso.kernel.worktime import VN
from xaso.platform import clock
from xaso.platform.badges import due_badge

FRIDAY, SATURDAY = date(2026, 11, 20), date(2026, 11, 21)

pytestmark = pytest.mark.django_db


def due_on(dossier: Dossier) -> date:
    assert dossier.due_at is not None
    return dossier.due_at.astimezone(VN).date()


def add(office: Office, day: date, kind: str) -> UUID:
    return add_local_day(office.administrator, day, kind, "12/QĐ-UBND", now=MORNING)


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


def test_lateness_counts_the_days_on_which_this_commune_works(office: Office) -> None:
    add(office, FRIDAY, "off")
    dossier = testing.accepted(office, MARITAL)
    dossier.due_at, monday = MORNING, MORNING + timedelta(days=4)
    here = dossier_due(dossier, monday)
    official = Client()
    Dossier.objects.filter(pk=dossier.pk).update(due_at=MORNING)
    official.force_login(testing.account_of(office.officer))

    assert due_badge(MORNING, clock_stopped=False, now=monday).text == "quá 2 ngày"
    assert here.text == "quá 1 ngày"
    page, now = official.get("/can-bo/").content.decode(), clock.now()
    assert str(dossier_due(dossier, now).text) in page
    assert str(due_badge(MORNING, clock_stopped=False, now=now).text) not in page


def test_a_day_that_is_taken_back_counts_no_more_and_both_are_in_the_record(office: Office) -> None:
    before = due_on(testing.accepted(office, MARITAL))
    remove_local_day(office.administrator, add(office, FRIDAY, "off"), now=MORNING)

    assert due_on(testing.accepted(office, MARITAL)) == before
    assert len(audit.last_acts(office.commune_id, ("people.add_local_day", "people.remove_local_day"), limit=9)) == 2
