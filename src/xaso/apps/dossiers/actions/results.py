"""The result: prepared by the case officer, numbered and signed in one act, or taken over from the system that issued it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction

from xaso.apps.audit import facade as audit
from xaso.apps.dossiers import access
from xaso.apps.dossiers.actions.admitting import admit_paper
from xaso.apps.dossiers.actions.delivery import make_ready
from xaso.apps.dossiers.actions.moves import move
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
from xaso.kernel.worktime import VN
from xaso.platform import files
from xaso.platform.actor import Actor, require_full
from xaso.platform.counters import next_number
from xaso.platform.models import StoredFile

log = structlog.get_logger(__name__)

SIGNING_LASTS_AT_MOST = timedelta(minutes=5)


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
    signing_now = _reserve(actor, dossier_id, is_test=is_test, takes_up=takes_up, now=clock())
    try:
        signed = _sign(actor, signing_now, now=clock())
        return _finish(actor, signing_now, signed, now=clock())
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
        dossier = _signable(actor, dossier_id, takes_up=takes_up, now=now)
    if not actor.post_title.strip():
        raise Refusal("dossiers.no_signer_title")
    assert actor.account_id is not None
    return signing.require_ready(account_id=actor.account_id, commune_id=dossier.commune_id, name=actor.name, now=now)


def _signable(actor: Actor, dossier_id: UUID, *, takes_up: bool, now: datetime) -> Dossier:
    dossier = access.locked(actor, dossier_id)
    WORK.after("sign", dossier.state, access.roles_on(actor, dossier))
    reserved = ResultNumber.objects.filter(dossier=dossier, state="reserved", reserved_at__gt=now - SIGNING_LASTS_AT_MOST)
    if not takes_up and reserved.exists():
        raise Refusal("dossiers.being_signed")
    return dossier


@transaction.atomic
def _reserve(actor: Actor, dossier_id: UUID, *, is_test: bool, takes_up: bool = False, now: datetime) -> Signing:
    dossier = _signable(actor, dossier_id, takes_up=takes_up, now=now)
    result = Result.objects.get(dossier=dossier)
    version = procedures.get_version(dossier.version_id)
    check_values(version, result.fields, missing="dossiers.result_incomplete")
    number = _number_for(dossier, version.result.series, takes_up=takes_up, now=now)
    commune = people.commune_of(dossier.commune_id)
    paper = result_paper(commune, version, dossier, result, number.number, signer=signer_of(actor), is_test=is_test, now=now)
    return Signing(dossier, result, number, paper, is_test)


def _number_for(dossier: Dossier, series: str, *, takes_up: bool, now: datetime) -> ResultNumber:
    """Reserve the series' next number, or take up the one of this year that is reserved for the dossier already."""
    year = now.astimezone(VN).year
    reserved = ResultNumber.objects.select_for_update().filter(dossier=dossier, series=series, year=year, state="reserved").first()
    if takes_up and reserved is not None:
        reserved.reserved_at = now
        reserved.save(update_fields=["reserved_at"])
        return reserved
    return ResultNumber.objects.create(
        commune_id=dossier.commune_id,
        series=series,
        year=year,
        number=next_number(dossier.commune_id, f"result:{series}", str(year)),
        dossier=dossier,
        state="reserved",
        reserved_at=now,
    )


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
def _finish(actor: Actor, act: Signing, signed: signing.SignedPdf, *, now: datetime) -> Dossier:
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


@transaction.atomic
def void_number(actor: Actor, number: ResultNumber, reason: str, *, now: datetime) -> bool:
    """Turn a reserved number into a reported gap and tell that it was; a number that was used stays used."""
    reserved = ResultNumber.objects.filter(pk=number.pk, state="reserved")
    if not reserved.update(state="void", closed_at=now, reason=reason[:200]):
        return False
    gap = {"series": number.series, "year": number.year, "number": number.number, "reason": reason}
    audit.record(actor, "dossiers.number_voided", access.subject_of(number.dossier_id), gap, now=now)
    return True


def void_abandoned_numbers(now: datetime) -> int:
    """Turn numbers whose signing never came to an end (power cut, crash) into reported gaps; returns how many."""
    abandoned = ResultNumber.objects.filter(state="reserved", reserved_at__lte=now - SIGNING_LASTS_AT_MOST)
    return sum(void_number(Actor.system(number.commune_id, ""), number, "interrupted", now=now) for number in abandoned)


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
