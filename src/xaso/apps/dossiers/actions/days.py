"""The commune's own days off and days worked in exchange, set by an administrator with their ground."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from xaso.apps.audit import facade as audit
from xaso.apps.dossiers.models import LocalDay
from xaso.apps.people.facade import Role
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN
from xaso.platform.actor import Actor
from xaso.platform.calendar import work_calendar

KINDS = ("off", "worked")
LONGEST_AHEAD = timedelta(days=800)


@transaction.atomic
def add_local_day(actor: Actor, day: date, kind: str, ground: str, *, now: datetime) -> LocalDay:
    """Set how the office works on a day to come. Dossiers that have their appointment keep it: the slip in people's hands is a promise.

    Raises Refusal `dossiers.not_found` for who is no administrator, `local_day_past`, `local_day_same` (the day is so already),
    `local_day_taken`, `ground_missing`.
    """
    if not actor.holds(Role.ADMINISTRATOR.value) or actor.commune_id is None or kind not in KINDS:
        raise Refusal("dossiers.not_found")
    if not ground.strip():
        raise Refusal("dossiers.ground_missing")
    today = now.astimezone(VN).date()
    if not today <= day <= today + LONGEST_AHEAD:
        raise Refusal("dossiers.local_day_past")
    if LocalDay.objects.filter(commune_id=actor.commune_id, day=day, removed_at=None).exists():
        raise Refusal("dossiers.local_day_taken")
    if work_calendar().is_working_day(day) == (kind == "worked"):
        raise Refusal("dossiers.local_day_same")
    added = LocalDay.objects.create(
        commune_id=actor.commune_id, day=day, kind=kind, ground=ground.strip()[:200], added_at=now, added_by=actor.name
    )
    audit.record(actor, "dossiers.add_local_day", f"commune:{actor.commune_id}", {"day": day.isoformat(), "kind": kind}, now=now)
    return added


@transaction.atomic
def remove_local_day(actor: Actor, local_day_id: UUID, *, now: datetime) -> None:
    """Take a day to come back; one that is past stays, since clocks counted it. Raises Refusal `not_found`, `local_day_past`."""
    if not actor.holds(Role.ADMINISTRATOR.value) or actor.commune_id is None:
        raise Refusal("dossiers.not_found")
    day = LocalDay.objects.select_for_update().filter(pk=local_day_id, commune_id=actor.commune_id, removed_at=None).first()
    if day is None:
        raise Refusal("dossiers.not_found")
    if day.day < now.astimezone(VN).date():
        raise Refusal("dossiers.local_day_past")
    day.removed_at = now
    day.save(update_fields=["removed_at"])
    audit.record(actor, "dossiers.remove_local_day", f"commune:{actor.commune_id}", {"day": day.day.isoformat()}, now=now)
