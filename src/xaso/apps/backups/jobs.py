"""The day's backup and the drill by themselves: the worker looks now and then, the work is done in a process of its own.

A backup takes minutes, and facts must not wait for it in the worker's round; the process is also told to step back before all others.
"""

import subprocess
import sys
from datetime import date, datetime, timedelta

import structlog
from django.utils.timezone import localtime
from prometheus_client import Gauge

from xaso.apps.backups import place, queries
from xaso.apps.backups.actions.running import BACKUP, DRILL, make_backup, make_drill
from xaso.apps.backups.models import BackupRun
from xaso.apps.backups.options import DRILL_DAYS, DRILL_KEY_FILE, FOLDER, HOUR
from xaso.kernel.errors import Refusal
from xaso.platform import clock
from xaso.platform.worker import NowAndThen

log = structlog.get_logger(__name__)

LOOKS_EVERY = timedelta(minutes=1)
AGAIN_AFTER = timedelta(hours=1)
MOST_TRIES_A_DAY = 5
LAST_GOOD = Gauge(
    "xaso_backup_last_good_timestamp_seconds", "When the last good one ended, by kind.", ["kind"], multiprocess_mode="mostrecent"
)
ALARM = Gauge("xaso_backup_alarm", "1 while backups or drills are stale or files were lost.", multiprocess_mode="mostrecent")

_now_and_then = NowAndThen(LOOKS_EVERY)
_at_work: list["subprocess.Popen[bytes]"] = []


def look(now: datetime) -> int:
    """Tell who watches how backups stand, and start what is due; returns how many were started."""
    if not _now_and_then.is_time(now):
        return 0
    tell(queries.state(now))
    _at_work[:] = [process for process in _at_work if process.poll() is None]
    kind = due(now)
    if kind is None or _at_work or place.is_at_work():
        return 0
    _at_work.append(subprocess.Popen([sys.executable, "-m", "xaso.apps.backups", "planned", kind], stdin=subprocess.DEVNULL))
    return 1


def due(now: datetime) -> str | None:
    """Return what should be made now, a backup before a drill; None when nothing. A failure is tried again after an hour, some times a day.

    The day's turn comes with its hour, or later when the machine was off then.
    """
    if FOLDER.value() is None or localtime(now).hour < HOUR.value():
        return None
    if _is_open(BACKUP, now):
        return BACKUP
    if DRILL_KEY_FILE.value() is None or not BackupRun.objects.filter(kind=BACKUP, outcome="done").exists():
        return None
    last = queries.state(now).last_drill_at
    is_time = last is None or now - last >= timedelta(days=DRILL_DAYS.value())
    return DRILL if is_time and _is_open(DRILL, now) else None


def _is_open(kind: str, now: datetime) -> bool:
    """Tell whether the day's turn was not had yet."""
    tries = list(BackupRun.objects.filter(kind=kind, planned_for=day_of(now)).order_by("-attempt"))
    if not tries:
        return True
    has_failed = tries[0].outcome != "done" and now - tries[0].began_at >= AGAIN_AFTER
    return has_failed and len(tries) < MOST_TRIES_A_DAY


def day_of(now: datetime) -> date:
    """Return the day whose turn it is."""
    return localtime(now).date()


def do_planned(kind: str) -> int:
    """Make the day's backup or drill; returns the exit code. What came of it is written down; the log says it too."""
    now = clock.now()
    try:
        if kind == BACKUP:
            make_backup(now=now, planned_for=day_of(now))
        else:
            key_file = DRILL_KEY_FILE.value()
            assert key_file is not None
            make_drill(None, key_file, now=now, planned_for=day_of(now))
    except Refusal as refusal:
        log.error("backup_failed", kind=kind, problem=refusal.code)
        return 1
    log.info("backup_done", kind=kind)
    return 0


def tell(state: queries.State) -> None:
    """Set what `/metrics` shows."""
    for kind, at in ((BACKUP, state.last_backup_at), (DRILL, state.last_drill_at)):
        LAST_GOOD.labels(kind).set(at.timestamp() if at else 0)
    ALARM.set(1 if state.is_alarming else 0)
