"""Signs the results of rounds one after the other; the worker calls this. Whatever ends it in between, no paper is signed twice.

A refusal that is about the paper (its state, a missing line) is written down and the others go on. One that is about the signer, her
certificate or the device holds the round: each further paper would fail alike, and cost a number.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Q

from xaso.apps.dossiers.actions import results
from xaso.apps.dossiers.models import Result, RoundPaper, SigningRound, Step
from xaso.apps.people import facade as people
from xaso.apps.people.facade import Role
from xaso.kernel.errors import Refusal
from xaso.kernel.flow import MoveRefused
from xaso.kernel.worktime import VN
from xaso.platform import clock as wall
from xaso.platform.actor import Actor

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=60)
"""Longer than any one paper takes; a round whose lease lapsed was left by a worker that died."""

SECONDS_AT_A_STRETCH = 2.0
"""Then the worker's other steps have their turn."""

FAILED = "dossiers.signing_failed"
_OF_THE_PAPER = {"signing.unreadable"}
_OF_THE_HOUSE = ("signing.", "files.", "platform.")
_HOLD = {"dossiers.no_signer_title", "dossiers.may_not_sign_now", FAILED}


def sign_next(
    now: datetime, *, clock: Callable[[], datetime] = wall.now, most: int | None = None, seconds: float = SECONDS_AT_A_STRETCH
) -> int:
    """Sign papers of the round that waits longest, for so many seconds or `most` papers; returns how many were signed."""
    taken = _take(now)
    if taken is None:
        return 0
    signed, papers, until = 0, 0, time.monotonic() + seconds
    while time.monotonic() < until and papers != most:
        paper = _next_paper(taken, clock())
        if paper is None:
            break
        signed += _finish(taken, paper, clock()) if paper.state == "signing" else _sign(taken, paper, clock)
        papers += 1
    SigningRound.objects.filter(pk=taken.pk).update(leased_until=None)
    return signed


def _take(now: datetime) -> SigningRound | None:
    """Take the lease of a round that runs, or that a dead worker left."""
    free = Q(leased_until=None, state="running") | Q(leased_until__lt=now)
    for found in SigningRound.objects.filter(free).order_by("started_at"):
        if SigningRound.objects.filter(free, pk=found.pk).update(leased_until=now + LEASE):
            return found
    return None


@transaction.atomic
def _next_paper(taken: SigningRound, now: datetime) -> RoundPaper | None:
    """Return the paper that a dead worker left in work (`signing`), else the next that waits, now marked as in work."""
    row = SigningRound.objects.select_for_update().get(pk=taken.pk)
    open_papers = RoundPaper.objects.filter(round=row)
    paper = open_papers.filter(state="signing").first()
    if paper is None and row.state == "running":
        paper = open_papers.filter(state="waiting").first()
    if paper is None:
        if row.state == "running":
            SigningRound.objects.filter(pk=row.pk).update(state="ended", ended_at=now)
        return None
    SigningRound.objects.filter(pk=row.pk).update(leased_until=now + LEASE)
    RoundPaper.objects.filter(pk=paper.pk).update(state="signing")
    return paper


def _finish(taken: SigningRound, paper: RoundPaper, now: datetime) -> int:
    """Settle the paper that a dead worker left in work: it was signed, or it waits again with the number that was reserved for it."""
    if Step.objects.filter(dossier_id=paper.dossier_id, verb="sign", actor_id=taken.account_id, at__gte=taken.started_at).exists():
        return _note_signed(paper, now)
    _let_wait(taken, paper)
    return 0


def _sign(taken: SigningRound, paper: RoundPaper, clock: Callable[[], datetime]) -> int:
    try:
        results.sign_result(_signer(taken, clock()), paper.dossier_id, clock=clock, takes_up=paper.was_cut_off)
    except MoveRefused:
        _note_refused(paper, Refusal("dossiers.not_waiting_now"), clock())
    except Refusal as refusal:
        if _holds(refusal, paper):
            _hold(taken, paper, refusal)
        else:
            _note_refused(paper, refusal, clock())
    else:
        return _note_signed(paper, clock())
    return 0


def _signer(taken: SigningRound, now: datetime) -> Actor:
    """Return who signs, as she is at this moment. Raises Refusal `dossiers.may_not_sign_now` when she may sign no more."""
    actor = people.find_official(taken.account_id, taken.commune_id, on=now.astimezone(VN).date(), channel="job")
    if actor is None or not actor.holds(Role.SIGNER.value):
        raise Refusal("dossiers.may_not_sign_now")
    return actor


def _holds(refusal: Refusal, paper: RoundPaper) -> bool:
    """Tell whether the refusal holds the round. A paper that fails for an unknown cause twice is refused, so that the others can go on."""
    if refusal.code == FAILED and paper.why.get("code") == FAILED:
        return False
    return refusal.code in _HOLD or (refusal.code.startswith(_OF_THE_HOUSE) and refusal.code not in _OF_THE_PAPER)


def _note_signed(paper: RoundPaper, now: datetime) -> int:
    number = Result.objects.filter(dossier_id=paper.dossier_id).values_list("number", flat=True).first() or ""
    return RoundPaper.objects.filter(pk=paper.pk).update(state="signed", number=number, done_at=now)


def _note_refused(paper: RoundPaper, refusal: Refusal, now: datetime) -> None:
    RoundPaper.objects.filter(pk=paper.pk).update(state="refused", why=_as_json(refusal), done_at=now)


def _hold(taken: SigningRound, paper: RoundPaper, refusal: Refusal) -> None:
    """Let the paper wait again and hold the round; one that she stopped meanwhile stays stopped."""
    log.warning("signing_round_held", round_id=str(taken.pk), reason=refusal.code)
    with transaction.atomic():
        SigningRound.objects.filter(pk=taken.pk, state="running").update(state="held", trouble=_as_json(refusal))
        RoundPaper.objects.filter(pk=paper.pk).update(why=_as_json(refusal))
        _let_wait(taken, paper, was_cut_off=False)


def _let_wait(taken: SigningRound, paper: RoundPaper, *, was_cut_off: bool = True) -> None:
    """Put the paper back; in a round that was stopped it is left like the others."""
    is_stopped = SigningRound.objects.filter(pk=taken.pk, state="stopped").exists()
    RoundPaper.objects.filter(pk=paper.pk).update(state="left" if is_stopped else "waiting", was_cut_off=was_cut_off)


def _as_json(refusal: Refusal) -> dict[str, Any]:
    return {"code": refusal.code, "params": {name: str(value) for name, value in refusal.params.items()}}
