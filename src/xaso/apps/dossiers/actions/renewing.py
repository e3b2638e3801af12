"""Drafts whose procedure has a later edition in force: told apart, carried over to it, and never filed under the one before."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from xaso.apps.audit import facade as audit
from xaso.apps.dossiers import access
from xaso.apps.dossiers.arrival_rules import still_counts
from xaso.apps.dossiers.models import Attachment, Draft
from xaso.apps.procedures import facade as procedures
from xaso.kernel.worktime import VN
from xaso.platform.actor import Actor

OTHER_PAPER = "other"


def later_version(draft: Draft, *, on: date) -> procedures.ProcedureVersion | None:
    """Return the edition under which the draft must be filed on the day instead of its own; None when its own still counts, or none does.

    An edition valid from the same day is the same rule told better, so that what was begun under it goes on (decision 0048).
    """
    pinned = procedures.get_version(draft.version_id)
    current = procedures.current(draft.commune_id, pinned.code, on)
    return None if current is None or still_counts(pinned, current) else current


@transaction.atomic
def carry_over(actor: Actor, draft_id: UUID, *, now: datetime) -> Draft | None:
    """Bring a draft under the edition that counts now; None when nothing had to be done.

    Answers stay by the names of their questions; what is no longer asked goes. A file for a paper that is no longer named stays as another
    paper. Raises Refusal `dossiers.draft_not_found`.
    """
    draft = access.locked_draft(actor, draft_id)
    later = later_version(draft, on=now.astimezone(VN).date())
    if later is None:
        return None
    named = {paper.id for paper in later.papers}
    asked = {field.name for field in later.form.fields}
    before, draft.version_id = draft.version_id, later.id
    draft.answers = {name: value for name, value in draft.answers.items() if name in asked}
    draft.papers = {paper_id: noted for paper_id, noted in draft.papers.items() if paper_id in named}
    draft.screen, draft.updated_at = "", now
    draft.save(update_fields=["version", "answers", "papers", "screen", "updated_at"])
    Attachment.objects.filter(draft=draft).exclude(paper_id__in=named).update(paper_id=OTHER_PAPER)
    audit.record(actor, "dossiers.carry_over", access.subject_of(draft.id), {"before": str(before), "after": str(later.id)}, now=now)
    return draft
