"""The worker shows the scanner what came while it was away, and tells the rooms of what was found."""

from datetime import datetime, timedelta

import structlog
from django.db import transaction
from prometheus_client import Gauge

from xaso.kernel.errors import Refusal
from xaso.platform import outbox
from xaso.platform.files.models import INFECTED, UNASKED, WAITING, StoredFile
from xaso.platform.files.store import content_of_row
from xaso.platform.viruses.clamd import Clamd
from xaso.platform.viruses.examining import FOUND, SUBJECT, Examined, shown_to
from xaso.platform.viruses.options import find_scanner
from xaso.platform.worker import NowAndThen, WorkerStep, steps

log = structlog.get_logger(__name__)

AT_A_TIME = 20
_now_and_then = NowAndThen(timedelta(seconds=10))

WAIT = Gauge(
    "xaso_files_waiting_for_virus_check", "Files that nobody may open until the scanner has seen them.", multiprocess_mode="mostrecent"
)


def look(now: datetime) -> int:
    """Look now and then at what waits; returns how many files are settled."""
    if not _now_and_then.is_time(now):
        return 0
    settled = examine_waiting(now)
    if settled:
        _now_and_then.forget()
    return settled


def examine_waiting(now: datetime) -> int:
    """Look at some of the files that wait, small ones first, while the scanner answers; returns how many are settled.

    What is too large for the scanner's own limit so keeps nobody else waiting.

    Where no scanner is named any more, nothing waits: the operator chose to do without.
    """
    scanner = find_scanner()
    waiting = StoredFile.objects.filter(virus_check=WAITING)
    if scanner is None:
        return waiting.update(virus_check=UNASKED)
    settled = 0
    for row in waiting.order_by("size_bytes")[:AT_A_TIME]:
        if scanner.is_resting:
            break
        settled += _look_again(scanner, row, now)
    WAIT.set(StoredFile.objects.filter(virus_check=WAITING).count())
    return settled


def _look_again(scanner: Clamd, row: StoredFile, now: datetime) -> int:
    try:
        examined = shown_to(scanner, content_of_row(row))
    except Refusal:
        log.error("file_missing", file_id=str(row.id))
        return 0
    return 0 if examined.state == WAITING else _settle(row.sha256, examined, now)


@transaction.atomic
def _settle(sha256: str, examined: Examined, now: datetime) -> int:
    """Write what was found to every row of the content; of each infected one the rooms are told."""
    rows = list(StoredFile.objects.select_for_update().filter(sha256=sha256).exclude(virus_check=INFECTED))
    if examined.state == INFECTED:
        for row in rows:
            outbox.publish(FOUND, f"{SUBJECT}{row.id}", {"finding": examined.finding}, now=now)
    return StoredFile.objects.filter(pk__in=[row.pk for row in rows]).update(virus_check=examined.state)


steps.add(WorkerStep("viruses", look, order=70))
