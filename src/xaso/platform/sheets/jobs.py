"""Large sheets: asked for, made by the worker with its progress written down, fetched by who asked, deleted after some days."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import structlog
from django.conf import settings
from django.db.models import Q
from django.http import QueryDict
from django.utils import translation

from xaso.platform import clock
from xaso.platform.actor import Actor
from xaso.platform.sheets.declared import SheetSource, sheets
from xaso.platform.sheets.models import SheetJob
from xaso.platform.sheets.workbook import write_workbook

log = structlog.get_logger(__name__)

AT_ONCE_ROWS = 1_000
KEPT = timedelta(days=3)
LEASE = timedelta(seconds=60)


def ask_for(actor: Actor, source: SheetSource, query: str, *, rows_count: int, language: str, now: datetime) -> SheetJob:
    """Write down that the actor wants the sheet; the same wish that still waits is not written twice."""
    assert actor.commune_id is not None
    assert actor.account_id is not None
    waiting = SheetJob.objects.filter(account_id=actor.account_id, source=source.name, query=query, done_at=None, ends_at__gt=now).first()
    return waiting or SheetJob.objects.create(
        commune_id=actor.commune_id,
        account_id=actor.account_id,
        asked_by=actor.name,
        roles=sorted(actor.roles),
        source=source.name,
        query=query,
        language=language,
        rows_count=rows_count,
        asked_at=now,
        ends_at=now + KEPT,
    )


def make_next(now: datetime, *, told: Callable[[int], None] | None = None) -> int:
    """Make the sheet that was asked for first; returns 1 when one was made. One that a dead worker began is begun anew.

    `told` hears how many rows were written, as often as it is written down.
    """
    free = Q(done_at=None, ends_at__gt=now) & (Q(leased_until=None) | Q(leased_until__lt=now))
    job = SheetJob.objects.filter(free).order_by("asked_at").first()
    if job is None or not SheetJob.objects.filter(free, pk=job.pk).update(leased_until=now + LEASE, state="writing", rows_written=0):
        return 0
    try:
        _make(job, told, now)
    except Exception:
        log.exception("sheet_failed", source=job.source, job_id=str(job.id))
        path_of(job.id, ".new").unlink(missing_ok=True)
        SheetJob.objects.filter(pk=job.pk).update(state="failed", done_at=now, leased_until=None)
        return 0
    return 1


def _make(job: SheetJob, told: Callable[[int], None] | None, now: datetime) -> None:
    source = sheets.find(job.source)
    if source is None:
        raise LookupError(job.source)
    actor = Actor(
        kind="staff", commune_id=job.commune_id, name=job.asked_by, account_id=job.account_id, roles=frozenset(job.roles), channel="job"
    )

    def note(count: int) -> None:
        SheetJob.objects.filter(pk=job.pk).update(rows_written=count, leased_until=clock.now() + LEASE)
        if told:
            told(count)

    unfinished = path_of(job.id, ".new")
    unfinished.parent.mkdir(parents=True, exist_ok=True)
    with translation.override(job.language), unfinished.open("wb") as target:
        sheet = source.read(actor, QueryDict(job.query), now)
        count = write_workbook(target, str(source.title), source.columns, sheet.rows, written=note)
    unfinished.replace(path_of(job.id))
    SheetJob.objects.filter(pk=job.pk).update(
        state="done",
        rows_count=count,
        rows_written=count,
        size_bytes=path_of(job.id).stat().st_size,
        done_at=clock.now(),
        leased_until=None,
    )


def list_of(actor: Actor, now: datetime) -> list[SheetJob]:
    """Return what the actor asked for and can still fetch or wait for, newest first. One query."""
    if actor.account_id is None:
        return []
    return list(SheetJob.objects.filter(account_id=actor.account_id, ends_at__gt=now).order_by("-asked_at")[:50])


def find_of(actor: Actor, job_id: UUID, now: datetime) -> SheetJob | None:
    """Return one of the actor's own; nobody else fetches it."""
    if actor.account_id is None or actor.commune_id is None:
        return None
    return SheetJob.objects.filter(pk=job_id, account_id=actor.account_id, commune_id=actor.commune_id, ends_at__gt=now).first()


def path_of(job_id: UUID, ending: str = ".xlsx") -> Path:
    """Return where the sheet lies."""
    return Path(settings.DATA_DIR) / "sheets" / f"{job_id}{ending}"


def forget_ended(now: datetime) -> int:
    """Delete sheets whose days are over, and files that nothing names; returns how many rows went."""
    gone, _by_model = SheetJob.objects.filter(ends_at__lte=now).delete()
    kept = {str(one) for one in SheetJob.objects.values_list("id", flat=True)}
    for path in (Path(settings.DATA_DIR) / "sheets").glob("*"):
        if path.stem not in kept:
            path.unlink(missing_ok=True)
    return gone
