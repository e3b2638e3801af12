"""Drafts: begun, typed into, given papers, and submitted once."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet, Sum

from xaso.apps.audit import facade as audit
from xaso.apps.dossiers import access
from xaso.apps.dossiers.actions.admitting import admit_paper
from xaso.apps.dossiers.actions.filing import file_dossier, require_papers
from xaso.apps.dossiers.actions.renewing import later_version
from xaso.apps.dossiers.models import Attachment, Dossier, Draft
from xaso.apps.dossiers.shapes import Applicant, Filing
from xaso.apps.procedures import facade as procedures
from xaso.kernel.errors import Refusal
from xaso.kernel.identifiers import uuid7
from xaso.kernel.worktime import VN
from xaso.platform import files, uploads
from xaso.platform.actor import Actor

DOSSIER_LIMIT_BYTES = 40 * 1024 * 1024


@transaction.atomic
def start_draft(
    actor: Actor, procedure_code: str, applicant: Applicant, *, channel: str, on: date, now: datetime, draft_id: UUID | None = None
) -> Draft:
    """Begin an application with what is known of the applicant filled in, under an id of the page's making or a new one.

    Raises Refusal `dossiers.procedure_not_found`, `dossiers.taken_elsewhere`.
    """
    version = procedures.current(actor.commune_id, procedure_code, on) if actor.commune_id else None
    if version is None or actor.commune_id is None:
        raise Refusal("dossiers.procedure_not_found")
    if procedures.is_guided(actor.commune_id, version, on=on):
        raise Refusal("dossiers.taken_elsewhere")
    return Draft.objects.create(
        id=draft_id or uuid7(),
        commune_id=actor.commune_id,
        version_id=version.id,
        citizen_id=applicant.citizen_id if channel == "online" else None,
        author_id=actor.account_id if channel != "online" else None,
        channel=channel,
        applicant=applicant.as_json(),
        created_at=now,
        updated_at=now,
    )


@transaction.atomic
def save_answers(
    actor: Actor, draft_id: UUID, answers: dict[str, Any], *, screen: str, now: datetime, cleared: Collection[str] = ()
) -> Draft:
    """Keep what was typed, valid or not: answers given replace those of the same name, the cleared ones go, the others stay."""
    draft = access.locked_draft(actor, draft_id)
    draft.answers = {name: value for name, value in {**draft.answers, **answers}.items() if name not in cleared}
    draft.screen = screen
    draft.updated_at = now
    draft.save(update_fields=["answers", "screen", "updated_at"])
    return draft


@transaction.atomic
def save_applicant(actor: Actor, draft_id: UUID, applicant: Applicant, *, now: datetime) -> Draft:
    """Keep who applies and how to reach them."""
    draft = access.locked_draft(actor, draft_id)
    draft.applicant = applicant.as_json()
    draft.updated_at = now
    draft.save(update_fields=["applicant", "updated_at"])
    return draft


@transaction.atomic
def keep_place(actor: Actor, draft_id: UUID, screen: str, *, now: datetime) -> None:
    """Remember on which screen to go on."""
    draft = access.locked_draft(actor, draft_id)
    draft.screen = screen
    draft.updated_at = now
    draft.save(update_fields=["screen", "updated_at"])


@transaction.atomic
def note_papers(actor: Actor, draft_id: UUID, papers: dict[str, Any], *, now: datetime) -> Draft:
    """Keep which papers were given at the desk: {paper_id: {"kind": original|copy|e_copy|shown, "count": n}}."""
    draft = access.locked_draft(actor, draft_id)
    draft.papers = papers
    draft.updated_at = now
    draft.save(update_fields=["papers", "updated_at"])
    return draft


def add_paper(
    actor: Actor, draft_id: UUID, paper_id: str, content: bytes, *, name: str, source: str, now: datetime, upload: str = ""
) -> Attachment:
    """Take a file for one of the procedure's papers. Raises admission's refusals, `dossiers.paper_unknown`, `dossiers.too_heavy`."""
    admitted = admit_paper(actor, draft_id, content, name=name, lock=access.locked_draft, now=now)
    with transaction.atomic():
        draft = access.locked_draft(actor, draft_id)
        taken = _taken_before(draft, paper_id, upload)
        if taken is not None:
            return taken
        check_paper(draft.version_id, paper_id)
        check_weight(Attachment.objects.filter(draft=draft, removed_at=None), len(admitted.content))
        stored = files.keep_admitted(admitted, commune_id=draft.commune_id, now=now)
        draft.updated_at = now
        draft.save(update_fields=["updated_at"])
        attachment = Attachment.objects.create(
            draft=draft,
            paper_id=paper_id,
            file=stored,
            name=admitted.name,
            source=source,
            added_at=now,
            added_by=actor.name,
            upload=upload,
        )
        attachment.warnings = admitted.warnings
        audit.record(actor, "dossiers.add_paper", access.subject_of(draft.id), {"paper": paper_id}, now=now)
        return attachment


def take_upload(actor: Actor, draft_id: UUID, paper_id: str, upload_id: str, *, now: datetime) -> Attachment:
    """Take a file that was sent in pieces, as `add_paper` does; however often it is asked for, it is taken once.

    One that was taken out again comes back: the person chose it anew. Raises Refusal `uploads.unknown`, `uploads.incomplete` besides.
    """
    with transaction.atomic():
        taken = _taken_before(access.locked_draft(actor, draft_id), paper_id, upload_id)
    if taken is not None:
        return taken
    upload = uploads.find(upload_id, now=now)
    if upload is None:
        raise Refusal("uploads.unknown")
    name = upload.name or "photo"
    return add_paper(actor, draft_id, paper_id, uploads.content(upload), name=name, source="phone", now=now, upload=upload.pk)


def _taken_before(draft: Draft, paper_id: str, upload_id: str) -> Attachment | None:
    """Return what was taken from this upload for this paper before, back in its place; None for a file that came otherwise."""
    if not upload_id:
        return None
    taken = Attachment.objects.filter(draft=draft, paper_id=paper_id, upload=upload_id).first()
    if taken is not None and taken.removed_at is not None:
        taken.removed_at = None
        taken.save(update_fields=["removed_at"])
    return taken


@transaction.atomic
def remove_paper(actor: Actor, draft_id: UUID, attachment_id: UUID, *, now: datetime) -> None:
    """Take a file out of the draft again; doing it twice changes nothing more."""
    draft = access.locked_draft(actor, draft_id)
    if Attachment.objects.filter(draft=draft, pk=attachment_id, removed_at=None).update(removed_at=now):
        audit.record(actor, "dossiers.remove_paper", access.subject_of(draft.id), {"attachment": str(attachment_id)}, now=now)


@transaction.atomic
def discard_draft(actor: Actor, draft_id: UUID) -> None:
    """Throw the draft away with its answers; its files go with the next cleaning."""
    draft = access.locked_draft(actor, draft_id)
    draft.attachments.all().delete()
    draft.delete()


@transaction.atomic
def submit(actor: Actor, draft_id: UUID, *, language: str, now: datetime) -> Dossier:
    """Make a dossier of the draft: once, however often it is pressed, reloaded or sent from another tab.

    Raises Refusal `dossiers.procedure_withdrawn`, `dossiers.procedure_changed`, `dossiers.identity_too_low` (with `level`),
    `dossiers.answers_invalid` or `dossiers.papers_missing`; then the draft stays as it was.
    """
    try:
        draft = access.locked_draft(actor, draft_id)
    except Refusal:
        known = Dossier.objects.filter(access.visible_to(actor), pk=draft_id).first()
        if known is None:
            raise
        return known
    version, today = procedures.get_version(draft.version_id), now.astimezone(VN).date()
    if procedures.is_withdrawn(version, on=today):
        raise Refusal("dossiers.procedure_withdrawn")
    if later_version(draft, on=today) is not None:
        raise Refusal("dossiers.procedure_changed")
    level = procedures.identity_level(draft.commune_id, version, on=today)
    if actor.kind == "citizen" and actor.identity_level < level:
        raise Refusal("dossiers.identity_too_low", level=level)
    attachments = list(Attachment.objects.filter(draft=draft, removed_at=None))
    _check_papers_complete(draft, {attachment.paper_id for attachment in attachments})
    dossier = file_dossier(actor, _filing_of(draft, language), now=now)
    Attachment.objects.filter(pk__in=[attachment.pk for attachment in attachments]).update(dossier=dossier)
    draft.submitted_at = now
    draft.save(update_fields=["submitted_at"])
    return dossier


def _filing_of(draft: Draft, language: str) -> Filing:
    return Filing(
        dossier_id=draft.id,
        version_id=draft.version_id,
        channel=draft.channel,
        applicant=Applicant.from_json(draft.applicant),
        answers=draft.answers,
        papers=_papers_given(draft),
        language=language,
    )


def _papers_given(draft: Draft) -> dict[str, Any]:
    """Return what was noted of the papers that the answers ask for; what an earlier answer had asked for does not count."""
    version = procedures.get_version(draft.version_id)
    asked = {paper.id for paper in version.papers_asked(draft.answers, draft.channel)}
    return {paper_id: noted for paper_id, noted in draft.papers.items() if noted.get("kind") and paper_id in asked}


def _check_papers_complete(draft: Draft, given: set[str]) -> None:
    version = procedures.version(draft.version_id)
    if version is None:
        raise Refusal("dossiers.procedure_not_found")
    noted = {paper_id for paper_id, paper in draft.papers.items() if paper.get("kind")}
    require_papers(version, draft.answers, draft.channel, given | noted)


def check_paper(version_id: UUID, paper_id: str) -> None:
    """Raise Refusal `dossiers.paper_unknown` unless the procedure has this paper; `other` is always there."""
    version = procedures.version(version_id)
    if version is None or paper_id not in {paper.id for paper in version.papers} | {"other"}:
        raise Refusal("dossiers.paper_unknown")


def check_weight(attachments: QuerySet[Attachment], more_bytes: int) -> None:
    """Raise Refusal `dossiers.too_heavy` when the files given so far and one more of `more_bytes` pass the limit of a dossier."""
    weight = attachments.aggregate(total=Sum("file__size_bytes"))["total"] or 0
    if weight + more_bytes > DOSSIER_LIMIT_BYTES:
        raise Refusal("dossiers.too_heavy", limit=DOSSIER_LIMIT_BYTES // 1024 // 1024)
