"""Adds to kept signed papers what proves their time: the worker calls this in its rounds.

The time-stamp server is asked in a thread of its own, never inside a round of the worker, a request or a transaction.
"""

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

import structlog
from prometheus_client import Gauge

from xaso.apps.signing import options
from xaso.apps.signing.actions.prove import NO_LISTS, Extended, extend, postpone
from xaso.apps.signing.adapters.tsa_http import HttpStamper
from xaso.apps.signing.checking import known
from xaso.apps.signing.keys import keys_directory
from xaso.apps.signing.models import Certificate, SignedPaper
from xaso.apps.signing.ports import NoStamp
from xaso.apps.signing.rules import levels_in_work
from xaso.apps.signing.shapes import Level
from xaso.apps.signing.stampers import find_stamper
from xaso.kernel.errors import Refusal
from xaso.platform import files

log = structlog.get_logger(__name__)

AT_ONCE = 8
"""Papers taken up in one go."""

UNREADABLE, CHAIN_FAILED = "paper_unreadable", "chain_failed"
WAITING = Gauge("xaso_papers_without_time_stamp", "Signed papers that wait for a time stamp.", multiprocess_mode="mostrecent")


@dataclass(frozen=True)
class Made:
    """What came of one paper: its newer form, or why there is none."""

    paper: SignedPaper
    extended: Extended | None
    trouble: str = ""


@dataclass(frozen=True)
class Round:
    """Papers that are due, with their content, the server, and the lists of the trial's own authority where its papers need one."""

    due: list[tuple[SignedPaper, bytes]]
    stamper: HttpStamper
    own_lists: tuple[bytes, ...]
    now: datetime


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
        _waiting.append(_thread().submit(_made, Round(due, stamper, _own_lists(due, now), now)))
    return 0


def prove_now(now: datetime) -> int:
    """Take up the papers that are due and wait for the server; for the command line and tests."""
    stamper = find_stamper()
    if stamper is None:
        return 0
    due = _due(now)
    return _written(_made(Round(due, stamper, _own_lists(due, now), now)), now)


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


def _made(turn: Round) -> list[Made]:
    """Touches no database: it may run in a thread of its own."""
    return [_extended(paper, content, turn) for paper, content in turn.due]


def _extended(paper: SignedPaper, content: bytes, turn: Round) -> Made:
    from xaso.apps.signing.evidence import Lacking

    try:
        return Made(paper, _more(paper, content, turn))
    except NoStamp as failure:
        return Made(paper, None, failure.reason)
    except Lacking as lacking:
        return Made(paper, None, NO_LISTS if lacking.trouble == "untold" else CHAIN_FAILED)
    except Exception:  # one broken file must not keep the others waiting
        log.exception("paper_not_stamped", paper_id=str(paper.pk))
        return Made(paper, None, UNREADABLE)


def _more(paper: SignedPaper, content: bytes, turn: Round) -> Extended:
    """Return what the paper is to be next: stamped, or with all evidence, stamped over where operators want that."""
    from xaso.apps.signing.document_stamps import with_time_stamp
    from xaso.apps.signing.preserving import with_evidence

    if paper.level == Level.BASIC:
        stamped = with_time_stamp(content, turn.stamper, now=turn.now)
        return Extended(stamped.content, Level.STAMPED, stamped.token)
    renews = paper.level == Level.RENEWED or options.SIGNATURE_LEVEL.value() == Level.RENEWED
    here = known()
    here = replace(here, crls=(*here.crls, *turn.own_lists))
    newer, token = with_evidence(content, here, turn.stamper if renews else None, now=turn.now)
    return Extended(newer, Level.RENEWED if renews else Level.COMPLETE, token)


def _written(made: list[Made], now: datetime) -> int:
    for trouble in {one.trouble for one in made if one.extended is None}:
        postpone([one.paper.pk for one in made if one.extended is None and one.trouble == trouble], trouble, now=now)
    return sum(extend(one.paper, one.extended, now=now) for one in made if one.extended is not None)


@cache
def _thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="time-stamps")
