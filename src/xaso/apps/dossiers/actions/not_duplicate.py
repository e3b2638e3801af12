"""An official looked at two dossiers that look alike and found that they are two applications."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from xaso.apps.audit import facade as audit
from xaso.apps.dossiers import access
from xaso.apps.dossiers.models import Dossier, NotDuplicate
from xaso.apps.dossiers.queries.duplicates import signs_of
from xaso.apps.people.facade import Role
from xaso.kernel.errors import Refusal
from xaso.platform.actor import Actor

MAY_SAY = (Role.DESK.value, Role.CASE_OFFICER.value)


@transaction.atomic
def say_not_duplicate(actor: Actor, dossier_id: UUID, other_id: UUID, note: str, *, now: datetime) -> NotDuplicate:
    """Record that two dossiers are no duplicates; said again, the first word stands. Raises Refusal `dossiers.not_found`."""
    first_id, second_id = sorted((dossier_id, other_id))
    both = Dossier.objects.select_for_update(of=("self",)).filter(access.visible_to(actor), pk__in=(first_id, second_id)).order_by("id")
    found = {one.id: one for one in both}
    if len(found) < 2 or not actor.holds(*MAY_SAY) or not signs_of(found[first_id], found[second_id]):
        raise Refusal("dossiers.not_found")
    facts = {"note": note.strip()[:500], "at": now, "by": actor.name}
    said, is_new = NotDuplicate.objects.get_or_create(first_id=first_id, second_id=second_id, defaults=facts)
    if is_new:
        for one, other in ((first_id, second_id), (second_id, first_id)):
            detail = {"code": found[one].code, "other": found[other].code}
            audit.record(actor, "dossiers.not_duplicate", access.subject_of(one), detail, now=now)
    return said
