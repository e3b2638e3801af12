"""A file at the door of a case. What the virus scanner finds something in is refused, and that is written down."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from xaso.apps.audit import facade as audit
from xaso.apps.dossiers import access
from xaso.apps.dossiers.models import Attachment, Dossier, Draft, Result
from xaso.kernel.errors import Refusal
from xaso.platform.actor import Actor
from xaso.platform.admission import Admitted, admit

REFUSED = "dossiers.infected_refused"
FOUND = "dossiers.infected_found"


def admit_paper(
    actor: Actor, case_id: UUID, content: bytes, *, name: str, lock: Callable[[Actor, UUID], Draft | Dossier], now: datetime
) -> Admitted:
    """Judge a file for the case that `lock` locks. Raises admission's refusals, and of a case that is hidden what `lock` raises."""
    try:
        return admit(content, name=name)
    except Refusal as refusal:
        if refusal.code == "admission.infected":
            with transaction.atomic():
                subject = access.subject_of(lock(actor, case_id).pk)
                audit.record(actor, REFUSED, subject, {"finding": refusal.params["finding"]}, now=now)
        raise


@transaction.atomic
def note_found(file_id: UUID, finding: str, *, now: datetime) -> None:
    """Write down in each case that has the file that something was found in it after it had been taken."""
    papers = Attachment.objects.filter(file_id=file_id).values_list("dossier_id", "draft_id", "file__commune_id")
    results = Result.objects.filter(file_id=file_id).values_list("dossier_id", "file__commune_id")
    of_papers = {(dossier_id or draft_id, commune_id) for dossier_id, draft_id, commune_id in papers}
    for case_id, commune_id in of_papers | set(results):
        if case_id is not None:
            audit.record(Actor.system(commune_id, ""), FOUND, access.subject_of(case_id), {"finding": finding}, now=now)
