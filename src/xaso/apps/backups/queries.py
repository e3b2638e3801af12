"""Questions about backups and drills of the whole installation."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from xaso.apps.backups.models import BackupRun
from xaso.apps.backups.options import DRILL_STALE_DAYS, FOLDER, STALE_HOURS

SHOWN = 30


@dataclass(frozen=True)
class State:
    """How backups stand. `wanted`: this installation is to be backed up. Moments are those of the last good ones."""

    wanted: bool
    last_backup_at: datetime | None
    last_drill_at: datetime | None
    last_failed: bool
    damaged: int
    backup_is_stale: bool
    drill_is_stale: bool

    @property
    def is_alarming(self) -> bool:
        """Tell whether somebody must do something."""
        return self.wanted and (self.backup_is_stale or self.drill_is_stale or self.damaged > 0)


def state(now: datetime) -> State:
    """Return how backups stand now. A demo is to be backed up only when a folder was set. Three queries."""
    backup, drill = _last_good("backup"), _last_good("drill")
    latest = (
        BackupRun.objects.filter(kind="backup").exclude(outcome="running").order_by("-began_at").values_list("outcome", flat=True).first()
    )
    backup_at, drill_at = (one.ended_at if one else None for one in (backup, drill))
    return State(
        wanted=settings.XASO_MODE == "production" or FOLDER.value() is not None,
        last_backup_at=backup_at,
        last_drill_at=drill_at,
        last_failed=latest == "failed",
        damaged=backup.damaged_count if backup else 0,
        backup_is_stale=backup_at is None or now - backup_at > timedelta(hours=STALE_HOURS.value()),
        drill_is_stale=drill_at is None or now - drill_at > timedelta(days=DRILL_STALE_DAYS.value()),
    )


def _last_good(kind: str) -> BackupRun | None:
    return BackupRun.objects.filter(kind=kind, outcome="done").order_by("-ended_at").first()


def last_runs() -> list[BackupRun]:
    """Return the last backups and drills, newest first. One query."""
    return list(BackupRun.objects.order_by("-began_at")[:SHOWN])
