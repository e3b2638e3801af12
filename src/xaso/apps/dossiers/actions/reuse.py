"""A paper given once is used again: only when the person says so, and written down on both sides."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from xaso.apps.audit import facade as audit
from xaso.apps.dossiers import access
from xaso.apps.dossiers.actions.drafts import check_weight
from xaso.apps.dossiers.models import Attachment
from xaso.apps.dossiers.queries.given_before import papers_given_before
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN
from xaso.platform.actor import Actor

SOURCE = "before"


@transaction.atomic
def use_again(actor: Actor, draft_id: UUID, attachment_id: UUID, *, now: datetime) -> Attachment:
    """Put a paper of an earlier dossier into the draft, its signed copy where there is one; pressing twice puts it in once.

    Whoever calls this has the applicant's word for it: her own press, or what she said at the desk. Writes the attachment and an
    audit entry on the draft and on the dossier the paper comes from. Raises Refusal `dossiers.draft_not_found`,
    `dossiers.paper_not_reusable` and `dossiers.too_heavy`.
    """
    draft = access.locked_draft(actor, draft_id)
    taken = Attachment.objects.filter(draft=draft, removed_at=None)
    known = taken.filter(taken_from_id=attachment_id).first()
    if known is not None:
        return known
    offers = papers_given_before(draft, on=now.astimezone(VN).date())
    offer = next((one for one in offers if one.attachment.id == attachment_id), None)
    if offer is None or offer.attachment.dossier_id is None:
        raise Refusal("dossiers.paper_not_reusable")
    file = offer.attachment.reading.signed_copy or offer.attachment.file
    check_weight(taken, file.size_bytes)
    if draft.channel != "online":
        draft.papers = draft.papers | {offer.paper_id: {"kind": "e_copy", "count": 1}}
    draft.updated_at = now
    draft.save(update_fields=["papers", "updated_at"])
    used = Attachment.objects.create(
        draft=draft,
        paper_id=offer.paper_id,
        file=file,
        name=file.name or offer.attachment.name,
        source=SOURCE,
        taken_from=offer.attachment,
        added_at=now,
        added_by=actor.name,
    )
    agreed = "pressed" if draft.channel == "online" else "said_at_the_desk"
    said = {"paper": offer.paper_id, "attachment": str(attachment_id), "agreed": agreed}
    audit.record(actor, "dossiers.use_again", access.subject_of(draft.id), said | {"from": offer.dossier_code}, now=now)
    audit.record(actor, "dossiers.used_again", access.subject_of(offer.attachment.dossier_id), said | {"for": str(draft.id)}, now=now)
    return used
