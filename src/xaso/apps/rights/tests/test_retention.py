"""Data whose time is over: counted, erased only with leave, in the commune alone, and written down; what the archives law keeps stays."""

from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from xaso.apps.audit import facade as audit
from xaso.apps.notices.testing import queued
from xaso.apps.people import testing as people
from xaso.apps.people.facade import Role
from xaso.apps.rights.actions import retention
from xaso.apps.rights.models import RetentionStep
from xaso.apps.rights.testing import Hall, hall
from xaso.kernel.errors import Refusal
from xaso.platform.actor import Actor
from xaso.platform.personal_data import ARCHIVES, holdings

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 30, 2, 0, tzinfo=UTC)
ADDRESS = "/quan-tri/xoa-du-lieu/"


@pytest.fixture
def office() -> Hall:
    retention._now_and_then.forget()
    return hall()


def administrator(office: Hall) -> Actor:
    return people.actor_for(people.staff_of(office.commune_id, Role.ADMINISTRATOR, full_name="Tẩn A Quản"))


def message(commune_id: Any, done_at: datetime | None) -> Any:
    made, *_rest = queued(commune_id, NOW - timedelta(days=500))
    made.done_at = done_at
    made.save(update_fields=["done_at"])
    return made


def left(office: Hall, *made: Any) -> list[bool]:
    return [type(one).objects.filter(pk=one.pk).exists() for one in made]


def test_a_dry_run_counts_what_has_had_its_time_and_erases_nothing(office: Hall) -> None:
    old = message(office.commune_id, NOW - timedelta(days=366))
    counts = retention.report(administrator(office), now=NOW)

    assert counts == {"notices.Message": 1}
    assert left(office, old) == [True]
    assert [(step.verb, step.counts, step.by) for step in RetentionStep.objects.all()] == [("report", {"notices.Message": 1}, "Tẩn A Quản")]


def test_without_leave_the_job_erases_nothing(office: Hall) -> None:
    old = message(office.commune_id, NOW - timedelta(days=366))

    assert retention.erase_daily(NOW) == 0
    assert left(office, old) == [True]


def test_leave_is_given_only_after_a_dry_run_and_only_by_an_administrator(office: Hall) -> None:
    for actor, code in ((administrator(office), "rights.no_report"), (office.head, "rights.not_found")):
        with pytest.raises(Refusal) as refusal:
            retention.allow(actor, now=NOW)
        assert refusal.value.code == code
    assert not RetentionStep.objects.exists()


def allowed(office: Hall) -> Actor:
    actor = administrator(office)
    retention.report(actor, now=NOW - timedelta(minutes=2))
    retention.allow(actor, now=NOW - timedelta(minutes=1))
    return actor


def test_with_leave_what_has_had_its_time_goes_and_the_rest_stays(office: Hall) -> None:
    old = message(office.commune_id, NOW - timedelta(days=366))
    allowed(office)

    assert retention.erase_daily(NOW) == 1
    assert left(office, old) == [False]
    last = RetentionStep.objects.first()
    assert last is not None
    assert (last.verb, last.counts) == ("erase", {"notices.Message": 1})
    lines = [line.detail for line in audit.history_of(f"commune:{office.commune_id}") if line.verb == "rights.retention_erase"]
    assert lines == [{"name": "notices.Message", "rows": 1}, {"rows": 1}]


@pytest.mark.parametrize("done_days_ago", [364, None])
def test_a_message_that_is_young_or_not_done_stays(office: Hall, done_days_ago: int | None) -> None:
    young = message(office.commune_id, NOW - timedelta(days=done_days_ago) if done_days_ago else None)
    allowed(office)

    assert retention.erase_daily(NOW) == 0
    assert left(office, young) == [True]


def test_another_commune_that_did_not_allow_it_keeps_its_own(office: Hall) -> None:
    other = people.commune(slug="xa-khac", name="Xã Khác", gso_code="99999")
    theirs = message(other.id, NOW - timedelta(days=366))
    allowed(office)

    assert retention.erase_daily(NOW) == 0
    assert left(office, theirs) == [True]


def test_it_erases_once_a_day_and_stops_when_told(office: Hall) -> None:
    actor = allowed(office)
    retention.erase_daily(NOW)
    old = message(office.commune_id, NOW - timedelta(days=366))
    assert retention.erase_daily(NOW + timedelta(hours=1)) == 0
    retention.stop(actor, now=NOW + timedelta(hours=2))

    assert retention.erase_daily(NOW + timedelta(days=2)) == 0
    assert left(office, old) == [True]


def test_nothing_that_the_archives_law_keeps_is_ever_erased_by_the_job() -> None:
    assert [one.name for one in holdings if one.kept is ARCHIVES and one.ending] == []
    assert [one.name for one in holdings if one.ending and one.kept.days is None] == []


def test_the_page_counts_asks_for_leave_and_tells_what_was_done(office: Hall) -> None:
    message(office.commune_id, NOW - timedelta(days=366))
    browser = Client()
    browser.force_login(get_user_model()._default_manager.get(pk=str(administrator(office).account_id)))
    browser.post(ADDRESS, {"verb": "allow"})
    assert not retention.is_allowed(office.commune_id)
    browser.post(ADDRESS, {"verb": "report"})
    browser.post(ADDRESS, {"verb": "allow"})
    page = unescape(browser.get(ADDRESS).content.decode())

    for said in ("Đếm thử, chưa xóa: 1 dòng", "Cho phép xóa", "đang cho phép xóa", "365 ngày kể từ khi xong", "Hồ sơ ·"):
        assert said in page
    assert browser.post(ADDRESS, {"verb": "erase"}).status_code == 404


def test_the_page_says_what_was_erased_and_that_the_program_did_it(office: Hall) -> None:
    message(office.commune_id, NOW - timedelta(days=366))
    actor = allowed(office)
    retention.erase_daily(NOW)
    browser = Client()
    browser.force_login(get_user_model()._default_manager.get(pk=str(actor.account_id)))

    page = unescape(browser.get(ADDRESS).content.decode())

    assert "Đã xóa: 1 dòng (Tin nhắn và thư xã gửi: 1)" in page
    assert "phần mềm tự làm" in page
