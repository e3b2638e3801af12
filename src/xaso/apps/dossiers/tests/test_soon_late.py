"""“Sắp trễ” on the work list: whose dossiers it warns of, in which words, and one click on to the apology."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils.translation import override

from xaso.apps.dossiers import queries, testing
from xaso.apps.dossiers.actions import extension, results
from xaso.apps.dossiers.actions.paces import RENEWED_AFTER, reckon_paces, reckon_paces_daily
from xaso.apps.dossiers.models import Dossier, StepPace
from xaso.apps.dossiers.shown_pace import why_in_words
from xaso.apps.dossiers.testing import MORNING, POOR, Office
from xaso.apps.people import testing as people
from xaso.apps.people.facade import Role, calendar_of
from xaso.kernel.worktime import VN
from xaso.platform import clock
from xaso.platform.actor import Actor

DAY = timedelta(hours=7, minutes=30)

pytestmark = pytest.mark.django_db


def client_of(actor: Actor) -> Client:
    assert actor.account_id is not None
    client = Client()
    client.force_login(get_user_model().objects.get(pk=actor.account_id))
    return client


def pace(office: Office, *, signing_days: float, code: str = POOR, dossiers: int = 9) -> None:
    """Let the steps of the procedure usually take an hour, and signing so many days."""
    for stage, seconds in (("accepted", 3600), ("examining", 3600), ("in_review", DAY.total_seconds() * signing_days)):
        facts = {"usual_seconds": round(seconds), "dossiers": dossiers, "reckoned_at": MORNING}
        StepPace.objects.create(commune_id=office.commune_id, procedure_code=code, stage=stage, **facts)


def before_due(dossier: Dossier, *, days: int) -> datetime:
    """Return nine o'clock some working days before the due day (none of them off)."""
    assert dossier.due_at is not None
    day = dossier.due_at.astimezone(VN)
    while days:
        day -= timedelta(days=1)
        days -= day.weekday() < 5
    return day.replace(hour=9)


def test_a_dossier_is_warned_of_by_the_pace_of_its_procedure_in_words_with_numbers(office: Office) -> None:
    pace(office, signing_days=3)
    dossier = testing.in_review(office, POOR)
    now = before_due(dossier, days=2)
    assert queries.soon_late_dossiers(office.signer, now=MORNING) == []

    late_pace = now - timedelta(minutes=30)
    moved = results.send_back(office.signer, dossier.id, "sửa", now=late_pace)
    results.prepare_result(office.officer, moved.id, testing.prepared(moved), now=late_pace)
    (warned,) = queries.soon_late_dossiers(office.signer, now=now)

    with override("vi"):
        assert (
            why_in_words(warned, calendar_of(office.commune_id), now)
            == "còn 2 ngày làm việc, bước ký thường còn mất 3 ngày (theo 9 hồ sơ đã xong)"
        )


def test_without_history_the_words_tell_the_used_share(office: Office) -> None:
    dossier = testing.examining(office, POOR)
    now = before_due(dossier, days=1)
    (warned,) = queries.soon_late_dossiers(office.officer, now=now)

    with override("vi"):
        told = why_in_words(warned, calendar_of(office.commune_id), now)
    assert told.startswith(("còn 1 ngày làm việc, đã dùng 8", "còn 1 ngày làm việc, đã dùng 9"))
    assert told.endswith("thời hạn mà mới ở bước thẩm tra")


def test_an_officer_sees_her_own_the_head_of_the_centre_all_and_the_desk_none(office: Office) -> None:
    colleague = people.actor_for(people.staff_of(office.commune_id, Role.CASE_OFFICER))
    head = people.actor_for(people.staff_of(office.commune_id, Role.CENTRE_HEAD))
    dossier = testing.examining(office, POOR)
    now = before_due(dossier, days=1)

    seen = {
        actor: len(queries.soon_late_dossiers(actor, now=now))
        for actor in (office.officer, colleague, head, office.desk, office.signer, office.owner, office.administrator)
    }

    assert list(seen.values()) == [1, 0, 1, 0, 0, 0, 0]


def test_another_commune_sees_nothing(office: Office) -> None:
    dossier = testing.examining(office, POOR)
    elsewhere = people.actor_for(people.staff(people.commune(), Role.CENTRE_HEAD))
    assert queries.soon_late_dossiers(elsewhere, now=before_due(dossier, days=1)) == []


def test_a_moved_date_ends_the_warning_and_a_paused_clock_has_none(office: Office) -> None:
    dossier = testing.examining(office, POOR)
    now = before_due(dossier, days=1)
    assert dossier.due_at is not None
    assert len(queries.soon_late_dossiers(office.officer, now=now)) == 1

    extension.extend(office.officer, dossier.id, "vì", dossier.due_at.date() + timedelta(days=14), now=now)

    assert queries.soon_late_dossiers(office.officer, now=now) == []


def test_the_list_asks_few_questions_whatever_its_length(office: Office, django_assert_num_queries: object) -> None:
    dossiers = [testing.examining(office, POOR) for _number in range(3)]
    now = before_due(dossiers[0], days=1)
    with django_assert_num_queries(4):  # type: ignore[operator]
        assert len(queries.soon_late_dossiers(office.officer, now=now)) == 3


def test_one_click_leads_from_the_warning_to_the_apology(office: Office) -> None:
    dossier = testing.examining(office, POOR, now=clock.now())
    Dossier.objects.filter(pk=dossier.pk).update(
        accepted_at=clock.now() - timedelta(days=30), due_at=clock.now() + timedelta(days=2), submitted_at=clock.now() - timedelta(days=30)
    )
    officer = client_of(office.officer)

    page = officer.get("/can-bo/?loc=sap-tre").content.decode()

    assert "vì sao báo" in page
    assert "nhan la" not in page
    link = f"/ho-so/{dossier.code}/?mo=xin-loi#xin-loi"
    assert link in page
    assert '<details class="hoi" id="xin-loi" open>' in officer.get(link).content.decode()


def test_who_apologised_once_is_not_led_to_an_apology_that_nobody_may_give_again(office: Office) -> None:
    dossier = testing.examining(office, POOR)
    now = before_due(dossier, days=1)
    assert dossier.due_at is not None
    (before,) = queries.soon_late_dossiers(office.officer, now=now)
    extension.extend(office.officer, dossier.id, "vì", dossier.due_at.date() + timedelta(days=3), now=now)

    (after,) = queries.soon_late_dossiers(office.officer, now=now)

    assert [one.is_extended for one in (before, after)] == [False, True]


def test_an_empty_list_says_when_it_fills(office: Office) -> None:
    assert "Không có việc nào sắp trễ" in client_of(office.officer).get("/can-bo/?loc=sap-tre").content.decode()


def test_paces_are_reckoned_once_a_day_from_finished_dossiers(office: Office) -> None:
    testing.give_certificates(office)
    testing.solved(office, POOR)
    later = MORNING + timedelta(hours=2)

    assert reckon_paces_daily(later) == 3
    assert reckon_paces_daily(later + timedelta(minutes=1)) == 0
    assert reckon_paces_daily(later + RENEWED_AFTER + timedelta(minutes=1)) == 3
    found = StepPace.objects.get(stage="in_review")
    assert (found.procedure_code, found.dossiers, found.usual_seconds) == (POOR, 1, 3600)


def test_reckoning_again_replaces_what_was_reckoned(office: Office) -> None:
    pace(office, signing_days=3)
    reckon_paces(office.commune_id, now=MORNING)
    assert not StepPace.objects.exists()
