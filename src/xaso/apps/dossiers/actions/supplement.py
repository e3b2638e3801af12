"""What the applicant adds after a request, from the phone or at the desk."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from xaso.apps.audit import facade as audit
from xaso.apps.dossiers import access, rules
from xaso.apps.dossiers.actions import clock
from xaso.apps.dossiers.actions.admitting import admit_paper
from xaso.apps.dossiers.actions.drafts import check_paper, check_weight
from xaso.apps.dossiers.actions.moves import move
from xaso.apps.dossiers.flow import BEARER, OWNER, WORK
from xaso.apps.dossiers.models import Attachment, Dossier, SupplementRequest
from xaso.apps.people.facade import Role
from xaso.kernel.errors import Refusal
from xaso.kernel.flow import MoveRefused
from xaso.platform import files, uploads
from xaso.platform.actor import Actor


@dataclass(frozen=True)
class FromPhone:
    """The outbox item that brings an answer: its id, and when it was made and sent by the phone's own clock."""

    item: UUID
    made_at: datetime | None
    sent_at: datetime | None


def attach(
    actor: Actor, dossier_id: UUID, paper_id: str, content: bytes, *, name: str, source: str, now: datetime, upload: str = ""
) -> Attachment:
    """Add a file to a dossier: officials while it is open, the applicant only while more is asked for.

    Raises the refusals of admission, `flow.not_allowed`, `dossiers.paper_unknown` and `dossiers.too_heavy`.
    """
    admitted = admit_paper(actor, dossier_id, content, name=name, lock=access.locked, now=now)
    with transaction.atomic():
        dossier = access.locked(actor, dossier_id)
        _check_may_attach(actor, dossier)
        taken = _taken_before(dossier, paper_id, upload)
        if taken is not None:
            return taken
        check_paper(dossier.version_id, paper_id)
        check_weight(Attachment.objects.filter(dossier=dossier, removed_at=None), len(admitted.content))
        stored = files.keep_admitted(admitted, commune_id=dossier.commune_id, now=now)
        attachment = Attachment.objects.create(
            dossier=dossier,
            paper_id=paper_id,
            file=stored,
            name=admitted.name,
            source=source,
            added_at=now,
            added_by=actor.name,
            upload=upload,
        )
        attachment.warnings = admitted.warnings
        audit.record(actor, "dossiers.attach", access.subject_of(dossier.id), {"code": dossier.code, "paper": paper_id}, now=now)
        return attachment


def take_upload(actor: Actor, dossier_id: UUID, paper_id: str, upload_id: str, *, now: datetime, source: str = "phone") -> Attachment:
    """Add a file that was sent in pieces, as `attach` does; however often it is asked for, it is added once.

    One that was taken out again comes back. Raises Refusal `uploads.unknown`, `uploads.incomplete` besides.
    """
    with transaction.atomic():
        dossier = access.locked(actor, dossier_id)
        _check_may_attach(actor, dossier)
        taken = _taken_before(dossier, paper_id, upload_id)
    if taken is not None:
        return taken
    upload = uploads.find(upload_id, now=now)
    if upload is None:
        raise Refusal("uploads.unknown")
    content = uploads.content(upload)
    return attach(actor, dossier_id, paper_id, content, name=upload.name or "photo", source=source, now=now, upload=upload.pk)


def _taken_before(dossier: Dossier, paper_id: str, upload_id: str) -> Attachment | None:
    """Return what was added from this upload for this paper before, back in its place; None for a file that came otherwise."""
    taken = Attachment.objects.filter(dossier=dossier, paper_id=paper_id, upload=upload_id).first() if upload_id else None
    if taken is not None and taken.removed_at is not None:
        taken.removed_at = None
        taken.save(update_fields=["removed_at"])
    return taken


@transaction.atomic
def add_supplement(actor: Actor, dossier_id: UUID, answer: str, *, now: datetime, came: FromPhone | None = None) -> Dossier:
    """Hand in what was asked for; the clock runs again. Raises Refusal `dossiers.nothing_added` without a new file or an answer."""
    dossier = access.locked(actor, dossier_id)
    move(actor, dossier, WORK, "add_supplement", now=now, note=answer)
    request = SupplementRequest.objects.filter(dossier=dossier, answered_at=None).get()
    added = Attachment.objects.filter(dossier=dossier, added_at__gte=request.asked_at, removed_at=None)
    if not answer.strip() and not added.exists():
        raise Refusal("dossiers.nothing_added")
    request.answered_at = now
    request.answer = answer
    if came is not None:
        request.item, request.made_at, request.sent_at = came.item, came.made_at, came.sent_at
    request.save(update_fields=["answered_at", "answer", "item", "made_at", "sent_at"])
    clock.refresh(dossier, "", now=now)
    dossier.save()
    return dossier


@transaction.atomic
def remove_attachment(actor: Actor, dossier_id: UUID, attachment_id: UUID, *, now: datetime) -> None:
    """Take back a file that was added to the open supplement request; older files stay as evidence."""
    dossier = access.locked(actor, dossier_id)
    _check_may_attach(actor, dossier)
    request = SupplementRequest.objects.filter(dossier=dossier, answered_at=None).first()
    if request is not None:
        fresh = Attachment.objects.filter(dossier=dossier, pk=attachment_id, added_at__gte=request.asked_at, removed_at=None)
        if fresh.update(removed_at=now):
            audit.record(actor, "dossiers.remove_attachment", access.subject_of(dossier.id), {"attachment": str(attachment_id)}, now=now)


def may_attach(actor: Actor, dossier: Dossier) -> bool:
    """Tell whether the actor may add files to the dossier now."""
    official = actor.holds(Role.DESK.value, Role.CASE_OFFICER.value) and dossier.state not in rules.ENDED
    applicant = not access.roles_on(actor, dossier).isdisjoint({OWNER, BEARER}) and dossier.state in rules.ASKED
    return official or applicant


def _check_may_attach(actor: Actor, dossier: Dossier) -> None:
    if not may_attach(actor, dossier):
        raise MoveRefused("attach", dossier.state)
