"""The commune's own days off and days worked in exchange, set by an administrator with their ground."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from xaso.apps.audit import facade as audit
from xaso.apps.people import memory
from xaso.apps.people.access import require_in_full
from xaso.apps.people.models import LocalDay
from xaso.apps.people.roles import Role
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN
from xaso.platform.actor import Actor
from xaso.platform.calendar import work_calendar

KINDS = ("off", "worked")
LONGEST_AHEAD = timedelta(days=800)


@transaction.atomic
def add_local_day(actor: Actor, day: date, kind: str, ground: str, *, now: datetime) -> UUID:
    """Set how the office works on a day to come. Dossiers that have their appointment keep it: the slip in people's hands is a promise.

    Raises Refusal `people.not_allowed`, `people.not_found` (no such kind), `people.local_day_past`, `people.local_day_same` (the day is so
    already), `people.local_day_taken`, `people.local_day_ground`.
    """
    commune_id = require_in_full(actor, Role.ADMINISTRATOR)
    if kind not in KINDS:
        raise Refusal("people.not_found")
    if not ground.strip():
        raise Refusal("people.local_day_ground")
    today = now.astimezone(VN).date()
    if not today <= day <= today + LONGEST_AHEAD:
        raise Refusal("people.local_day_past")
    if LocalDay.objects.filter(commune_id=commune_id, day=day, removed_at=None).exists():
        raise Refusal("people.local_day_taken")
    if work_calendar().is_working_day(day) == (kind == "worked"):
        raise Refusal("people.local_day_same")
    added = LocalDay.objects.create(
        commune_id=commune_id, day=day, kind=kind, ground=ground.strip()[:200], added_at=now, added_by=actor.name
    )
    memory.forget()
    audit.record(actor, "people.add_local_day", f"commune:{commune_id}", {"day": day.isoformat(), "kind": kind}, now=now)
    return added.id


@transaction.atomic
def remove_local_day(actor: Actor, local_day_id: UUID, *, now: datetime) -> None:
    """Take a day to come back; one that is past stays, since clocks counted it.

    Raises Refusal `people.not_allowed`, `people.not_found`, `people.local_day_past`.
    """
    commune_id = require_in_full(actor, Role.ADMINISTRATOR)
    day = LocalDay.objects.select_for_update().filter(pk=local_day_id, commune_id=commune_id, removed_at=None).first()
    if day is None:
        raise Refusal("people.not_found")
    if day.day < now.astimezone(VN).date():
        raise Refusal("people.local_day_past")
    day.removed_at = now
    day.save(update_fields=["removed_at"])
    memory.forget()
    audit.record(actor, "people.remove_local_day", f"commune:{commune_id}", {"day": day.day.isoformat()}, now=now)
