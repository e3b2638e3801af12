"""Adds to kept signed papers what proves their time: the worker calls this in its rounds.

The time-stamp server is asked in a thread of its own, never inside a round of the worker, a request or a transaction.
"""

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import structlog
from prometheus_client import Gauge

from xaso.apps.signing.actions.prove import Extended, extend, postpone
from xaso.apps.signing.adapters.tsa_http import HttpStamper
from xaso.apps.signing.models import SignedPaper
from xaso.apps.signing.ports import NoStamp
from xaso.apps.signing.shapes import Level
from xaso.apps.signing.stampers import find_stamper
from xaso.kernel.errors import Refusal
from xaso.platform import files

log = structlog.get_logger(__name__)

AT_ONCE = 8
"""Papers taken up in one go."""

UNREADABLE = "paper_unreadable"
WAITING = Gauge("xaso_papers_without_time_stamp", "Signed papers that wait for a time stamp.", multiprocess_mode="mostrecent")


@dataclass(frozen=True)
class Made:
    """What came of one paper: its newer form, or why there is none."""

    paper: SignedPaper
    extended: Extended | None
    trouble: str = ""


_waiting: list[Future[list[Made]]] = []


def prove(now: datetime) -> int:
    """Take up the papers that are due, without waiting for the server; write down what came of those before, and return how many."""
    if _waiting:
        return _written(_waiting.pop().result(), now) if _waiting[0].done() else 0
    stamper = find_stamper()
    if stamper is None or stamper.is_resting:
        return 0
    due = _due(now)
    if due:
        _waiting.append(_thread().submit(_made, due, stamper, now))
    return 0


def prove_now(now: datetime) -> int:
    """Take up the papers that are due and wait for the server; for the command line and tests."""
    stamper = find_stamper()
    return _written(_made(_due(now), stamper, now), now) if stamper else 0


def _due(now: datetime) -> list[tuple[SignedPaper, bytes]]:
    rows = SignedPaper.objects.filter(next_at__lte=now, level=Level.BASIC).select_related("file").order_by("next_at")
    WAITING.set(rows.count())
    due = []
    for row in rows[:AT_ONCE]:
        try:
            due.append((row, files.read(row.file)))
        except Refusal as refusal:
            postpone([row.pk], refusal.code, now=now)
    return due


def _made(due: list[tuple[SignedPaper, bytes]], stamper: HttpStamper, now: datetime) -> list[Made]:
    """Touches no database: it may run in a thread of its own."""
    return [_extended(paper, content, stamper, now) for paper, content in due]


def _extended(paper: SignedPaper, content: bytes, stamper: HttpStamper, now: datetime) -> Made:
    from xaso.apps.signing.document_stamps import with_time_stamp

    try:
        stamped = with_time_stamp(content, stamper, now=now)
    except NoStamp as failure:
        return Made(paper, None, failure.reason)
    except Exception:  # one broken file must not keep the others waiting
        log.exception("paper_not_stamped", paper_id=str(paper.pk))
        return Made(paper, None, UNREADABLE)
    return Made(paper, Extended(stamped.content, Level.STAMPED, stamped.token))


def _written(made: list[Made], now: datetime) -> int:
    for trouble in {one.trouble for one in made if one.extended is None}:
        postpone([one.paper.pk for one in made if one.extended is None and one.trouble == trouble], trouble, now=now)
    return sum(extend(one.paper, one.extended, now=now) for one in made if one.extended is not None)


@cache
def _thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="time-stamps")
