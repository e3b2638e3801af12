"""Makes a backup or a drill and writes down what came of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Max

from xaso.apps.audit import facade as audit
from xaso.apps.backups import place
from xaso.apps.backups.actions.drilling import Drilled, drill_backup
from xaso.apps.backups.actions.making import Made, write_backup
from xaso.apps.backups.models import BackupRun
from xaso.kernel.errors import Refusal
from xaso.platform import clock
from xaso.platform.actor import Actor

BACKUP, DRILL = "backup", "drill"
RUNNING, DONE, FAILED = "running", "done", "failed"
WHO = "xaso backup"


def make_backup(*, now: datetime, folder: Path | None = None, planned_for: date | None = None) -> Made:
    """Make a backup in the folder, or in that of the settings. A failure is written down and raised."""
    with _written_down(BACKUP, planned_for, now) as run:
        made = write_backup(folder or place.backups_folder(), now=now)
        run.file_name, run.size_bytes = made.path.name, made.size_bytes
        run.row_count, run.file_count, run.damaged_count = made.manifest.facts.row_count, made.manifest.files, len(made.damaged)
        return made


def make_drill(path: Path | None, key_file: Path, *, now: datetime, planned_for: date | None = None) -> Drilled:
    """Restore the backup, or the newest of the folder, elsewhere and prove it. A failure is written down and raised."""
    with _written_down(DRILL, planned_for, now) as run:
        drilled = drill_backup(path or _newest(), key_file)
        run.file_name, run.size_bytes = drilled.path.name, drilled.path.stat().st_size
        run.row_count, run.file_count = drilled.row_count, drilled.file_count
        return drilled


def _newest() -> Path:
    folder = place.backups_folder()
    found = place.backups_in(folder)
    if not found:
        raise Refusal("backups.no_backup", folder=str(folder))
    return found[-1]


@contextmanager
def _written_down(kind: str, planned_for: date | None, now: datetime) -> Iterator[BackupRun]:
    """Be the only one at work, and keep what came of it."""
    with place.at_work():
        run = _begin(kind, planned_for, now)
        try:
            yield run
        except Refusal as refusal:
            _end(run, FAILED, problem=refusal.code, problem_values={name: str(value) for name, value in refusal.params.items()})
            raise
        except BaseException as error:
            _end(run, FAILED, problem="backups.not_written", problem_values={"problem": type(error).__name__})
            raise
        _end(run, DONE)


@transaction.atomic
def _begin(kind: str, planned_for: date | None, now: datetime) -> BackupRun:
    """Write the try down. Since nothing else is at work, whatever still counts as running was killed."""
    BackupRun.objects.filter(outcome=RUNNING).update(outcome=FAILED, ended_at=now, problem="backups.interrupted")
    tries = BackupRun.objects.filter(kind=kind, planned_for=planned_for).aggregate(last=Max("attempt"))["last"] or 0
    return BackupRun.objects.create(kind=kind, planned_for=planned_for, attempt=tries + 1 if planned_for else 1, began_at=now)


@transaction.atomic
def _end(run: BackupRun, outcome: str, **problem: Any) -> None:
    run.outcome, run.ended_at = outcome, clock.now()
    for name, value in problem.items():
        setattr(run, name, value)
    run.save()
    detail = {"file": run.file_name, "outcome": outcome, "problem": run.problem}
    audit.record(Actor.system(None, WHO), f"backups.{run.kind}", f"backup:{run.id}", detail, now=run.ended_at)
