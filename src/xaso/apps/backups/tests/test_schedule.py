"""When a backup or a drill is due by itself, and when their lack is an alarm."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import REGISTRY

from xaso.apps.backups import jobs, queries
from xaso.apps.backups.models import BackupRun
from xaso.apps.backups.plugs import what_is_wrong

TWO_AT_NIGHT = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)
TODAY = jobs.day_of(TWO_AT_NIGHT)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.DATA_DIR = tmp_path / "data"
    monkeypatch.setenv("XASO_BACKUP_FOLDER", str(tmp_path))
    return tmp_path


def run(kind: str, outcome: str, at: datetime, *, attempt: int = 1, **facts: Any) -> BackupRun:
    ended = None if outcome == "running" else at
    return BackupRun.objects.create(
        kind=kind, outcome=outcome, began_at=at, ended_at=ended, planned_for=jobs.day_of(at), attempt=attempt, **facts
    )


def test_the_days_turn_comes_with_its_hour_once_or_later_when_the_machine_was_off() -> None:
    assert jobs.due(TWO_AT_NIGHT - timedelta(minutes=1)) is None
    assert jobs.due(TWO_AT_NIGHT) == "backup"
    assert jobs.due(TWO_AT_NIGHT + timedelta(hours=9)) == "backup"
    run("backup", "done", TWO_AT_NIGHT)
    assert jobs.due(TWO_AT_NIGHT + timedelta(hours=9)) is None
    assert jobs.due(TWO_AT_NIGHT + timedelta(days=1)) == "backup"


def test_without_a_folder_nothing_is_due(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XASO_BACKUP_FOLDER")
    assert jobs.due(TWO_AT_NIGHT) is None


@pytest.mark.parametrize("outcome", ["failed", "running"])
def test_what_failed_or_was_killed_is_tried_again_after_an_hour_and_not_for_ever(outcome: str) -> None:
    run("backup", outcome, TWO_AT_NIGHT)
    assert jobs.due(TWO_AT_NIGHT + timedelta(minutes=59)) is None
    assert jobs.due(TWO_AT_NIGHT + timedelta(hours=1)) == "backup"
    for attempt in range(2, 6):
        run("backup", "failed", TWO_AT_NIGHT, attempt=attempt)
    assert jobs.due(TWO_AT_NIGHT + timedelta(hours=8)) is None
    assert jobs.due(TWO_AT_NIGHT + timedelta(days=1)) == "backup"


def test_a_drill_is_due_by_itself_only_where_the_machine_has_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    run("backup", "done", TWO_AT_NIGHT)
    assert jobs.due(TWO_AT_NIGHT) is None
    monkeypatch.setenv("XASO_BACKUP_DRILL_KEY_FILE", "/etc/xaso/key")
    assert jobs.due(TWO_AT_NIGHT) == "drill"
    run("drill", "done", TWO_AT_NIGHT - timedelta(days=6))
    assert jobs.due(TWO_AT_NIGHT) is None
    assert jobs.due(TWO_AT_NIGHT + timedelta(days=1)) == "backup"
    run("backup", "done", TWO_AT_NIGHT + timedelta(days=1))
    assert jobs.due(TWO_AT_NIGHT + timedelta(days=1)) == "drill"


def test_the_alarm_comes_when_the_last_good_one_is_old_whatever_failed_since() -> None:
    state = queries.state(TWO_AT_NIGHT)
    assert (state.is_alarming, what_is_wrong(state)) == (True, "Chưa sao lưu lần nào")
    run("backup", "done", TWO_AT_NIGHT)
    run("drill", "done", TWO_AT_NIGHT)
    run("backup", "failed", TWO_AT_NIGHT + timedelta(hours=24), problem="backups.no_recipient")

    fresh, stale = queries.state(TWO_AT_NIGHT + timedelta(hours=36)), queries.state(TWO_AT_NIGHT + timedelta(hours=36, seconds=1))

    assert (fresh.is_alarming, fresh.last_failed) == (False, True)
    assert (stale.is_alarming, what_is_wrong(stale)) == (True, "Bản sao lưu gần nhất đã cũ: 24/11/2026 02:00")
    run("backup", "done", TWO_AT_NIGHT + timedelta(days=92))
    overdue = queries.state(TWO_AT_NIGHT + timedelta(days=92, seconds=1))
    assert (overdue.is_alarming, overdue.backup_is_stale, overdue.drill_is_stale) == (True, False, True)


def test_lost_files_are_an_alarm_until_a_backup_has_them_all() -> None:
    run("drill", "done", TWO_AT_NIGHT)
    run("backup", "done", TWO_AT_NIGHT, damaged_count=2)
    assert what_is_wrong(queries.state(TWO_AT_NIGHT)) == "Có tệp đã mất hoặc hỏng trên máy chủ"
    assert queries.state(TWO_AT_NIGHT).is_alarming
    run("backup", "done", TWO_AT_NIGHT + timedelta(hours=1), attempt=2)
    assert not queries.state(TWO_AT_NIGHT + timedelta(hours=1)).is_alarming


def test_a_demo_is_not_alarmed_for_want_of_a_folder_and_production_is(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.delenv("XASO_BACKUP_FOLDER")
    assert not queries.state(TWO_AT_NIGHT).is_alarming
    settings.XASO_MODE = "production"
    assert queries.state(TWO_AT_NIGHT).is_alarming


def test_who_watches_reads_the_last_good_one_and_the_alarm() -> None:
    run("backup", "done", TWO_AT_NIGHT)
    run("drill", "done", TWO_AT_NIGHT)
    jobs.tell(queries.state(TWO_AT_NIGHT))
    assert REGISTRY.get_sample_value("xaso_backup_last_good_timestamp_seconds", {"kind": "backup"}) == TWO_AT_NIGHT.timestamp()
    assert REGISTRY.get_sample_value("xaso_backup_alarm") == 0
    jobs.tell(queries.state(TWO_AT_NIGHT + timedelta(days=2)))
    assert REGISTRY.get_sample_value("xaso_backup_alarm") == 1
