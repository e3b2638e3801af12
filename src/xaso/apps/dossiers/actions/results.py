"""The result: prepared by the case officer, numbered and signed in one act, or taken over from the system that issued it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction

from xaso.apps.dossiers import access
from xaso.apps.dossiers.actions.admitting import admit_paper
from xaso.apps.dossiers.actions.delivery import make_ready
from xaso.apps.dossiers.actions.moves import move
from xaso.apps.dossiers.actions.numbers import number_for, require_not_being_signed, void_number
from xaso.apps.dossiers.flow import WORK
from xaso.apps.dossiers.models import Dossier, Result, ResultNumber
from xaso.apps.dossiers.papers.result_fields import check_values
from xaso.apps.dossiers.papers.results import ResultPaper, result_paper
from xaso.apps.dossiers.papers.signers import signer_of, title_in_words
from xaso.apps.people import facade as people
from xaso.apps.procedures import facade as procedures
from xaso.apps.signing import facade as signing
from xaso.kernel.errors import Refusal
from xaso.kernel.identifiers import new_paper_code
from xaso.platform import files
from xaso.platform.actor import Actor, require_full
from xaso.platform.models import StoredFile

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Signing:
    """What one act of signing holds in its hands between reserving the number and finishing."""

    dossier: Dossier
    result: Result
    number: ResultNumber
    paper: ResultPaper
    is_test: bool


@transaction.atomic
def prepare_result(actor: Actor, dossier_id: UUID, values: dict[str, Any], *, now: datetime) -> Dossier:
    """Keep what the result shall say and send it to be signed.

    Raises Refusal `dossiers.issued_elsewhere`, `dossiers.field_missing`, `dossiers.field_not_offered`, `dossiers.number_wrong`.
    """
    dossier = access.locked(actor, dossier_id)
    if dossier.issued_by != "commune":
        raise Refusal("dossiers.issued_elsewhere")
    move(actor, dossier, WORK, "prepare_result", now=now)
    check_values(procedures.get_version(dossier.version_id), values, missing="dossiers.field_missing")
    dossier.save()
    prepared = {"fields": values, "prepared_at": now, "prepared_by": actor.name}
    Result.objects.update_or_create(dossier=dossier, defaults=prepared, create_defaults={**prepared, "token": new_paper_code()})
    return dossier


@transaction.atomic
def send_back(actor: Actor, dossier_id: UUID, reason: str, *, now: datetime) -> Dossier:
    """Return a prepared result to the case officer with what must be changed. Raises Refusal `dossiers.reason_missing`."""
    if not reason.strip():
        raise Refusal("dossiers.reason_missing")
    dossier = access.locked(actor, dossier_id)
    move(actor, dossier, WORK, "send_back", now=now, note=reason)
    dossier.save()
    return dossier


def sign_result(actor: Actor, dossier_id: UUID, *, clock: Callable[[], datetime], takes_up: bool = False) -> Dossier:
    """Number, sign and seal the prepared result, and solve the dossier.

    The number is reserved first and stands in the paper that is signed; if signing fails it becomes a reported gap and is never
    used again. `takes_up` goes on with the number that a worker reserved for the dossier before it died. Signing itself happens
    outside any transaction. Whatever is known to be missing (a required line, the signer's title, a certificate, a key) is refused
    before a number is taken. Raises Refusal `dossiers.being_signed`, `dossiers.result_incomplete`, `dossiers.no_signer_title`,
    `dossiers.signing_failed`, `platform.confirm_first`, and those of `signing.require_ready`.
    """
    require_full(actor)
    is_test = _require_ready(actor, dossier_id, takes_up=takes_up, now=clock())
    signing_now = reserve(actor, dossier_id, is_test=is_test, takes_up=takes_up, now=clock())
    try:
        signed = _sign(actor, signing_now, now=clock())
        return finish(actor, signing_now, signed, now=clock())
    except Exception as failure:
        log.exception("signing_failed", dossier_id=str(dossier_id))
        reason = failure.code if isinstance(failure, Refusal) else type(failure).__name__
        void_number(actor, signing_now.number, reason, now=clock())
        if isinstance(failure, Refusal):
            raise
        raise Refusal("dossiers.signing_failed", number=signing_now.paper.number) from failure


def _require_ready(actor: Actor, dossier_id: UUID, *, takes_up: bool, now: datetime) -> bool:
    """Raise what stands in the way of signing; tell whether a test certificate would sign."""
    with transaction.atomic():
        dossier = signable(actor, dossier_id, takes_up=takes_up, now=now)
    require_signer_title(actor)
    assert actor.account_id is not None
    return signing.require_ready(account_id=actor.account_id, commune_id=dossier.commune_id, name=actor.name, now=now)


def require_signer_title(actor: Actor) -> None:
    """Raise Refusal `dossiers.no_signer_title` unless it is known as what the actor signs."""
    if not actor.post_title.strip():
        raise Refusal("dossiers.no_signer_title")


def signable(actor: Actor, dossier_id: UUID, *, takes_up: bool, now: datetime) -> Dossier:
    """Return the dossier, locked. Raises `flow.not_allowed`, and unless who signs goes on, `dossiers.being_signed`."""
    dossier = access.locked(actor, dossier_id)
    WORK.after("sign", dossier.state, access.roles_on(actor, dossier))
    if not takes_up:
        require_not_being_signed(dossier, now=now)
    return dossier


@transaction.atomic
def reserve(actor: Actor, dossier_id: UUID, *, is_test: bool, takes_up: bool = False, now: datetime) -> Signing:
    """Take a number for the result and lay down what its paper says."""
    dossier = signable(actor, dossier_id, takes_up=takes_up, now=now)
    result = Result.objects.get(dossier=dossier)
    version = procedures.get_version(dossier.version_id)
    check_values(version, result.fields, missing="dossiers.result_incomplete")
    number = number_for(dossier, version.result.series, takes_up=takes_up, now=now)
    commune = people.commune_of(dossier.commune_id)
    paper = result_paper(commune, version, dossier, result, number.number, signer=signer_of(actor), is_test=is_test, now=now)
    return Signing(dossier, result, number, paper, is_test)


def _sign(actor: Actor, act: Signing, *, now: datetime) -> signing.SignedPdf:
    assert actor.account_id is not None
    return signing.sign_and_seal(
        act.paper.render(),
        account_id=actor.account_id,
        commune_id=act.dossier.commune_id,
        name=actor.name,
        reason=act.paper.title,
        now=now,
    )


@transaction.atomic
def finish(actor: Actor, act: Signing, signed: signing.SignedPdf, *, now: datetime) -> Dossier:
    """Keep the signed paper and solve the dossier."""
    dossier = access.locked(actor, act.dossier.pk)
    move(actor, dossier, WORK, "sign", now=now, data={"number": act.paper.number, "is_test": act.is_test})
    make_ready(actor, dossier, now=now)
    dossier.solved_at = now
    dossier.due_at = act.dossier.due_at
    dossier.save()
    stored = _keep_pdf(dossier, act.paper.file_name, signed.content, now)
    signing.keep_provable(stored, signed, subject=access.subject_of(dossier.pk), now=now)
    Result.objects.filter(pk=act.result.pk).update(
        number=act.paper.number,
        file=stored,
        signed_at=now,
        signed_by=actor.name,
        signer_title=title_in_words(signer_of(actor)),
    )
    ResultNumber.objects.filter(pk=act.number.pk).update(state="used", closed_at=now)
    return dossier


def attach_result(actor: Actor, dossier_id: UUID, number: str, content: bytes, *, name: str, now: datetime) -> Dossier:
    """Take over another system's result and its number as they are. Raises Refusal `dossiers.issued_here`, `dossiers.number_missing`."""
    if not number.strip():
        raise Refusal("dossiers.number_missing")
    admitted = admit_paper(actor, dossier_id, content, name=name, lock=access.locked, now=now)
    with transaction.atomic():
        dossier = access.locked(actor, dossier_id)
        if dossier.issued_by == "commune":
            raise Refusal("dossiers.issued_here")
        move(actor, dossier, WORK, "attach_result", now=now, data={"number": number})
        make_ready(actor, dossier, now=now)
        dossier.solved_at = now
        dossier.save()
        stored = files.keep_admitted(admitted, commune_id=dossier.commune_id, now=now)
        Result.objects.create(
            dossier=dossier,
            prepared_at=now,
            prepared_by=actor.name,
            number=number.strip(),
            file=stored,
            signed_at=now,
            issued_elsewhere=True,
            token=new_paper_code(),
        )
    return dossier


def _keep_pdf(dossier: Dossier, name: str, content: bytes, now: datetime) -> StoredFile:
    return files.keep(content, name=name, media_type="application/pdf", commune_id=dossier.commune_id, now=now)
