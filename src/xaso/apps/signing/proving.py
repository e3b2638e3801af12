"""Adds to kept signed papers what proves their time: the worker calls this in its rounds.

The time-stamp server is asked by a process of its own while a thread waits for it, never inside a round of the worker, a request or a
transaction.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

import structlog
from prometheus_client import Gauge

from xaso.apps.signing import options
from xaso.apps.signing.actions.prove import Extended, extend, postpone
from xaso.apps.signing.adapters.tsa_http import HttpStamper
from xaso.apps.signing.keys import keys_directory
from xaso.apps.signing.models import Certificate, SignedPaper
from xaso.apps.signing.proofs_apart import Lacking, Outcome, Turn, prove_apart, prove_here
from xaso.apps.signing.rules import levels_in_work
from xaso.apps.signing.shapes import Level
from xaso.apps.signing.stampers import find_stamper, remember
from xaso.kernel.errors import Refusal
from xaso.platform import files

log = structlog.get_logger(__name__)

AT_ONCE = 8
"""Papers taken up in one go."""

WAITING = Gauge("xaso_papers_without_time_stamp", "Signed papers that wait for a time stamp.", multiprocess_mode="mostrecent")


@dataclass(frozen=True)
class Made:
    """Papers that were due, and what came of them in their order."""

    papers: list[SignedPaper]
    outcome: Outcome


_waiting: list[Future[Made]] = []


def prove(now: datetime) -> int:
    """Take up the papers that are due, without waiting for the server; write down what came of those before, and return how many."""
    if _waiting:
        return _written(_waiting.pop().result(), now) if _waiting[0].done() else 0
    stamper = find_stamper()
    if stamper is None or stamper.is_resting:
        return 0
    due = _due(now)
    if due:
        _waiting.append(_thread().submit(_made, due, _turn(due, stamper, now), prove_apart))
    return 0


def prove_now(now: datetime) -> int:
    """Take up the papers that are due and wait for the server; for the command line and tests."""
    stamper = find_stamper()
    if stamper is None:
        return 0
    due = _due(now)
    return _written(_made(due, _turn(due, stamper, now), prove_here), now)


def _due(now: datetime) -> list[tuple[SignedPaper, bytes]]:
    rows = SignedPaper.objects.filter(next_at__lte=now, level__in=levels_in_work(options.SIGNATURE_LEVEL.value()))
    rows = rows.select_related("file").order_by("next_at")
    WAITING.set(SignedPaper.objects.filter(next_at__isnull=False, level=Level.BASIC).count())
    due = []
    for row in rows[:AT_ONCE]:
        try:
            due.append((row, files.read(row.file)))
        except Refusal as refusal:
            postpone([row.pk], refusal.code, now=now)
    return due


def _own_lists(due: list[tuple[SignedPaper, bytes]], now: datetime) -> tuple[bytes, ...]:
    """Return the list of the trial's authority, made from our register; nothing where no paper of a trial needs it."""
    if not any(paper.is_test and paper.level != Level.BASIC for paper, _content in due):
        return ()
    from xaso.apps.signing.adapters.test_authority import ensure_test_authority, revocation_list

    rows = Certificate.objects.filter(is_test=True, revoked_at__isnull=False)
    revoked = {int(row.serial, 16): row.revoked_at for row in rows if row.revoked_at is not None}
    return (revocation_list(ensure_test_authority(keys_directory(), now=now), revoked, now=now),)


def _turn(due: list[tuple[SignedPaper, bytes]], stamper: HttpStamper, now: datetime) -> Turn:
    return Turn(
        papers=tuple(Lacking(paper.level, content) for paper, content in due),
        wanted=options.SIGNATURE_LEVEL.value(),
        keys=str(keys_directory()),
        own_lists=_own_lists(due, now),
        address=options.TIME_STAMP_ADDRESS.value(),
        seconds=options.TIME_STAMP_SECONDS.value(),
        longest_bytes=stamper.longest_bytes,
        now=now,
    )


def _made(due: list[tuple[SignedPaper, bytes]], turn: Turn, prove_where: Callable[[Turn], Outcome]) -> Made:
    """Touches no database: it may run in a thread of its own."""
    return Made([paper for paper, _content in due], prove_where(turn))


def _written(made: Made, now: datetime) -> int:
    stamper = find_stamper()
    if stamper is not None:
        stamper.learn(made.outcome.longest_bytes, is_resting=made.outcome.is_resting)
    for chain in made.outcome.chains:
        remember(chain)
    postponed: dict[str, list[UUID]] = {}
    extended = 0
    for paper, newer in zip(made.papers, made.outcome.papers, strict=True):
        if newer.fault:
            log.error("paper_not_stamped", paper_id=str(paper.pk), fault=newer.fault)
        if newer.trouble:
            postponed.setdefault(newer.trouble, []).append(paper.pk)
        else:
            extended += extend(paper, Extended(newer.content, Level(newer.level), newer.token), now=now)
    for trouble, paper_ids in postponed.items():
        postpone(paper_ids, trouble, now=now)
    return extended


@cache
def _thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="time-stamps")
