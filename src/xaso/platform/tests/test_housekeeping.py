"""The daily cleaning: enqueued once a day, run by the worker, and never more than what is old."""

import threading
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django_tasks_db.models import DBTaskResult
from prometheus_client import REGISTRY

from xaso.platform import clock, housekeeping, worker
from xaso.platform.models import OutboxMessage, RateWindow

pytestmark = pytest.mark.django_db


def test_the_cleaning_is_enqueued_once_a_day() -> None:
    now = clock.now()
    assert housekeeping.enqueue_daily(now) == 1
    assert housekeeping.enqueue_daily(now + timedelta(hours=23)) == 0
    assert housekeeping.enqueue_daily(now + timedelta(hours=25)) == 1


@pytest.mark.django_db(transaction=True)
def test_the_worker_runs_what_is_enqueued_and_keeps_what_came_of_it() -> None:
    worker.one_round(clock.now())
    result = DBTaskResult.objects.get()
    assert result.status == "SUCCESSFUL"
    assert set(result.return_value or {}) == {"facts", "rate_windows", "task_results", "files", "sheets", "uploads", "sessions"}


def test_sessions_that_ended_go_and_others_stay() -> None:
    now = clock.now()
    for key, ends_at in (("ended", now - timedelta(seconds=1)), ("lasting", now + timedelta(days=1))):
        Session.objects.create(session_key=key, session_data="", expire_date=ends_at)
    housekeeping.clean_up.call()

    assert list(Session.objects.values_list("session_key", flat=True)) == ["lasting"]


def test_a_task_that_cannot_be_started_is_logged_and_does_not_end_the_worker(caplog: pytest.LogCaptureFixture) -> None:
    housekeeping.enqueue_daily(clock.now())
    DBTaskResult.objects.update(backend_name="there-is-none")
    failures = failures_of_tasks()

    with caplog.at_level("ERROR"):
        worker.one_round(clock.now())

    assert [record.msg["step"] for record in caplog.records if isinstance(record.msg, dict)] == ["tasks"]
    assert failures_of_tasks() == failures + 1


@pytest.mark.django_db(transaction=True)
def test_the_worker_can_do_what_waits_and_then_stop() -> None:
    housekeeping.enqueue_daily(clock.now())
    OutboxMessage.objects.create(topic="a", subject="b", created_at=clock.now(), next_attempt_at=clock.now())

    worker.work_off(threading.Event())

    assert DBTaskResult.objects.get().status == "SUCCESSFUL"
    assert not OutboxMessage.objects.filter(done_at=None).exists()


def failures_of_tasks() -> float:
    return REGISTRY.get_sample_value("xaso_worker_failures_total", {"step": "tasks"}) or 0.0


def test_facts_that_wait_or_are_young_are_kept() -> None:
    now = clock.now()
    for done_at in (None, now - timedelta(days=1), now - timedelta(days=91)):
        OutboxMessage.objects.create(topic="a", subject="b", created_at=now, next_attempt_at=now, done_at=done_at)
    assert housekeeping.forget_facts(now) == 1
    assert OutboxMessage.objects.count() == 2


def test_old_rate_windows_go() -> None:
    now = clock.now()
    RateWindow.objects.create(key="old", started_at=now - timedelta(days=2), hits=1)
    RateWindow.objects.create(key="new", started_at=now, hits=1)
    housekeeping.clean_up.call()
    assert list(RateWindow.objects.values_list("key", flat=True)) == ["new"]
