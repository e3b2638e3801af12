"""Signs a result with the official's own USB token: begun here, signed on her computer, finished here (`signing` holds what lies between).

The number is reserved when she begins, since it stands in the paper. It is hers until she has signed, given up, or ten minutes have passed;
begun anew meanwhile it is the same number, and given up it is the next one again: no paper of it was completed, and none can be.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog
from django.db import transaction

from xaso.apps.dossiers import access
from xaso.apps.dossiers.actions.numbers import give_number_back, void_number
from xaso.apps.dossiers.actions.results import Signing, finish, require_signer_title, reserve, signable
from xaso.apps.dossiers.models import Dossier, Result, ResultNumber
from xaso.apps.dossiers.papers.results import result_paper
from xaso.apps.dossiers.papers.signers import signer_of
from xaso.apps.people import facade as people
from xaso.apps.procedures import facade as procedures
from xaso.apps.signing import facade as signing
from xaso.kernel.errors import Refusal
from xaso.platform.actor import Actor, require_full

log = structlog.get_logger(__name__)
LONGEST_TITLE = 200


@dataclass(frozen=True)
class Begun:
    """What goes to the official's computer: what is to be signed, and how the paper is called there."""

    to_sign: signing.ToSign
    title: str


def begin(actor: Actor, dossier_id: UUID, *, now: datetime) -> Begun:
    """Number the prepared result and lay it out for the official's token.

    Raises Refusal `dossiers.being_signed` while somebody else signs, and what `results.sign_result` and `signing.require_ready_by_token`
    raise; then no number is taken.
    """
    require_full(actor)
    assert actor.account_id is not None
    subject = access.subject_of(dossier_id)
    with transaction.atomic():
        dossier = signable(actor, dossier_id, takes_up=_awaits(actor, subject), now=now)
    require_signer_title(actor)
    is_test = signing.require_ready_by_token(account_id=actor.account_id, commune_id=dossier.commune_id, name=actor.name, now=now)
    act = reserve(actor, dossier_id, is_test=is_test, takes_up=_awaits(actor, subject), now=now)
    try:
        to_sign = signing.prepare_by_token(
            act.paper.render(),
            _matter(actor, act.dossier, act.result, act.number),
            account_id=actor.account_id,
            commune_id=act.dossier.commune_id,
            name=actor.name,
            reason=act.paper.title,
            now=now,
        )
    except Exception as failure:
        log.exception("preparing_failed", dossier_id=str(dossier_id))
        signing.forget_pending(subject, actor.account_id)
        give_number_back(actor, act.number, now=now)
        if isinstance(failure, Refusal):
            raise
        raise Refusal("dossiers.preparing_failed") from failure
    return Begun(to_sign, _title(act))


def complete(actor: Actor, dossier_id: UUID, pending_id: UUID, signature: bytes, *, clock: Callable[[], datetime]) -> Dossier:
    """Attach the signature that her token made, seal the paper, and solve the dossier.

    A signature that may not be used changes nothing: Refusal as `signing.take_signature` raises it, `flow.not_allowed`,
    `dossiers.not_found`, `platform.confirm_first`. What fails after it was taken makes the number a reported gap:
    `dossiers.signing_failed`.
    """
    require_full(actor)
    assert actor.account_id is not None
    with transaction.atomic():
        dossier = signable(actor, dossier_id, takes_up=True, now=clock())
        number, result = _reserved(dossier), Result.objects.get(dossier=dossier)
        matter = _matter(actor, dossier, result, number)
        taken = signing.take_signature(pending_id, signature, actor.account_id, matter, now=clock())
        begun_at = number.reserved_at
        ResultNumber.objects.filter(pk=number.pk).update(reserved_at=clock())
    act = _act(actor, dossier, result, number, begun_at)
    try:
        return finish(actor, act, signing.attach_and_seal(taken, now=clock()), now=clock())
    except Exception as failure:
        log.exception("signing_failed", dossier_id=str(dossier_id))
        reason = failure.code if isinstance(failure, Refusal) else type(failure).__name__
        void_number(actor, number, reason, now=clock())
        if isinstance(failure, Refusal):
            raise
        raise Refusal("dossiers.signing_failed", number=act.paper.number) from failure


@transaction.atomic
def give_up(actor: Actor, dossier_id: UUID, pending_id: UUID, *, now: datetime) -> None:
    """Let what the official began wait no more, and give its number back. What is none of hers, or is over, stays as it is."""
    dossier = access.locked(actor, dossier_id)
    subject = access.subject_of(dossier.pk)
    awaited = signing.find_awaited(subject)
    if awaited is None or actor.account_id is None or not signing.forget_pending(subject, actor.account_id, pending_id):
        return
    number = ResultNumber.objects.filter(pk=awaited.reference, dossier=dossier).first()
    if number is not None:
        give_number_back(actor, number, now=now)


def _awaits(actor: Actor, subject: str) -> bool:
    """Tell whether the actor herself began to sign and may go on with the number that she has."""
    awaited = signing.find_awaited(subject)
    return awaited is not None and awaited.account_id == actor.account_id


def _reserved(dossier: Dossier) -> ResultNumber:
    """Return the number that waits for the signature. Raises Refusal `signing.pending_gone` when none does any more."""
    awaited = signing.find_awaited(access.subject_of(dossier.pk))
    held = ResultNumber.objects.select_for_update().filter(dossier=dossier, state="reserved")
    number = held.filter(pk=awaited.reference).first() if awaited else None
    if number is None:
        raise Refusal("signing.pending_gone")
    return number


def _matter(actor: Actor, dossier: Dossier, result: Result, number: ResultNumber) -> signing.Matter:
    """Return how the dossier stands, as far as the paper says it: what it is made of, its way so far, and as whom the actor signs."""
    stands = [
        dossier.state,
        dossier.steps_count,
        dossier.answers,
        result.fields,
        result.prepared_at.isoformat(),
        [number.series, number.year, number.number],
        [actor.name, actor.post_title, signer_of(actor).in_place_of],
    ]
    mark = hashlib.sha256(json.dumps(stands, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    return signing.Matter(access.subject_of(dossier.pk), str(number.pk), mark)


def _act(actor: Actor, dossier: Dossier, result: Result, number: ResultNumber, begun_at: datetime) -> Signing:
    """Return the act of signing that was begun, to be finished."""
    version, commune = procedures.get_version(dossier.version_id), people.commune_of(dossier.commune_id)
    is_test = signing.signs_as_test(account_id=actor.account_id, commune_id=dossier.commune_id, now=begun_at)
    paper = result_paper(commune, version, dossier, result, number.number, signer=signer_of(actor), is_test=is_test, now=begun_at)
    return Signing(dossier, result, number, paper, is_test)


def _title(act: Signing) -> str:
    words = f"{act.paper.title} · {act.paper.number} · {act.dossier.code} · {act.dossier.applicant_name}"
    return "".join(letter if letter.isprintable() else " " for letter in words)[:LONGEST_TITLE].strip()
