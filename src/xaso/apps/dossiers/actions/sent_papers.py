"""Files that a program sent before by tus, taken with an application or with what was asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from xaso.apps.audit import facade as audit
from xaso.apps.dossiers import access
from xaso.apps.dossiers.actions.admitting import REFUSED
from xaso.apps.dossiers.actions.drafts import DOSSIER_LIMIT_BYTES, check_paper
from xaso.apps.dossiers.actions.filing import file_once, filed_before
from xaso.apps.dossiers.actions.supplement import add_supplement, take_upload
from xaso.apps.dossiers.flow import WORK
from xaso.apps.dossiers.models import Attachment, Dossier
from xaso.apps.dossiers.shapes import Filing
from xaso.kernel.errors import Refusal
from xaso.platform import files, uploads
from xaso.platform.actor import Actor
from xaso.platform.admission import Admitted, admit
from xaso.platform.idempotency import Key

PROGRAM = "program"


@dataclass(frozen=True)
class SentPaper:
    """For which paper of the procedure a file is, and the id under which it was sent."""

    paper_id: str
    upload_id: str


@dataclass(frozen=True)
class _Judged:
    paper: SentPaper
    admitted: Admitted


def file_with_papers(actor: Actor, filing: Filing, papers: Sequence[SentPaper], key: Key, *, now: datetime) -> tuple[Dossier, bool]:
    """Make the dossier with its files: all or nothing; a key that was used gives the first dossier, whatever became of the files since.

    Raises what `file_once` raises, admission's refusals, `dossiers.paper_unknown`, `dossiers.too_heavy`, `uploads.unknown`,
    `uploads.incomplete`.
    """
    if not papers:
        return file_once(actor, filing, key, now=now)
    known = filed_before(key)
    if known is not None:
        return known, False
    judged = [_judge(actor, filing.version_id, paper, now) for paper in dict.fromkeys(papers)]
    if sum(len(one.admitted.content) for one in judged) > DOSSIER_LIMIT_BYTES:
        raise Refusal("dossiers.too_heavy", limit=DOSSIER_LIMIT_BYTES // 1024 // 1024)
    with transaction.atomic():
        dossier, is_new = file_once(actor, filing, key, sent={one.paper.paper_id for one in judged}, now=now)
        for one in judged if is_new else ():
            _take(actor, dossier, one, now)
    return dossier, is_new


def supplement_with_papers(actor: Actor, dossier_id: UUID, answer: str, papers: Sequence[SentPaper], *, now: datetime) -> Dossier:
    """Hand in what was asked for with its files; where nothing is asked, none is taken. Raises as `take_upload`, `add_supplement`."""
    if papers:
        with transaction.atomic():
            dossier = access.locked(actor, dossier_id)
            WORK.after("add_supplement", dossier.state, access.roles_on(actor, dossier))
            for paper in papers:
                check_paper(dossier.version_id, paper.paper_id)
    for paper in papers:
        take_upload(actor, dossier_id, paper.paper_id, paper.upload_id, now=now, source=PROGRAM)
    return add_supplement(actor, dossier_id, answer, now=now)


def _judge(actor: Actor, version_id: UUID, paper: SentPaper, now: datetime) -> _Judged:
    check_paper(version_id, paper.paper_id)
    upload = uploads.find(paper.upload_id, now=now)
    if upload is None:
        raise Refusal("uploads.unknown")
    try:
        return _Judged(paper, admit(uploads.content(upload), name=upload.name or "paper"))
    except Refusal as refusal:
        if refusal.code == "admission.infected":
            with transaction.atomic():
                audit.record(actor, REFUSED, f"upload:{upload.pk}", {"finding": refusal.params["finding"]}, now=now)
        raise


def _take(actor: Actor, dossier: Dossier, one: _Judged, now: datetime) -> None:
    Attachment.objects.create(
        dossier=dossier,
        paper_id=one.paper.paper_id,
        file=files.keep_admitted(one.admitted, commune_id=dossier.commune_id, now=now),
        name=one.admitted.name,
        source=PROGRAM,
        added_at=now,
        added_by=actor.name,
        upload=one.paper.upload_id,
    )
    audit.record(actor, "dossiers.attach", access.subject_of(dossier.id), {"code": dossier.code, "paper": one.paper.paper_id}, now=now)
