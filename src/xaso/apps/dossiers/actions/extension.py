"""The apology for an answer that will be late, with a new day for it (form 04)."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from xaso.apps.dossiers import access
from xaso.apps.dossiers.actions import clock
from xaso.apps.dossiers.actions.moves import move
from xaso.apps.dossiers.actions.slips import issue_slip
from xaso.apps.dossiers.extending import Standing, fault_of_day, standing
from xaso.apps.dossiers.flow import WORK
from xaso.apps.dossiers.models import Dossier, Extension
from xaso.apps.people import facade as people
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN
from xaso.platform.actor import Actor


@dataclass(frozen=True)
class Promise:
    """What an apology says: why, which day was promised and which is now, and whether the due date moves with it."""

    reason: str
    old_due_at: datetime
    new_due_at: datetime
    moves_due: bool


@transaction.atomic
def extend(actor: Actor, dossier_id: UUID, reason: str, new_due_on: date | None, *, now: datetime) -> Dossier:
    """Apologise for an answer that will be late and promise a new day; issues form 04.

    Given in time it moves the due date, and the old one stays on record; given too late it promises a day, and the dossier stays late.
    Raises Refusal `dossiers.reason_missing`, `dossiers.day_missing`, `dossiers.no_due_date`, `dossiers.apologised_already`,
    `dossiers.extended_already`, `dossiers.day_too_early`, `dossiers.day_off`, `dossiers.day_unknown`.
    Source: `extending.RULE`, not proven.
    """
    dossier = access.locked(actor, dossier_id)
    promise = look_ahead(actor, dossier, reason, new_due_on, now=now)
    told = {"old_due_at": promise.old_due_at.isoformat(), "new_due_at": promise.new_due_at.isoformat(), "moves_due": promise.moves_due}
    move(actor, dossier, WORK, "extend", now=now, note=promise.reason, data=told)
    facts = asdict(promise)
    slip = issue_slip(actor, dossier, "04", facts, now=now)
    Extension.objects.create(dossier=dossier, slip=slip, at=now, by=actor.name, **facts)
    if promise.moves_due:
        dossier.first_due_at = dossier.first_due_at or promise.old_due_at
        clock.refresh(dossier, "", now=now)
    dossier.save()
    return dossier


def look_ahead(actor: Actor, dossier: Dossier, reason: str, new_due_on: date | None, *, now: datetime) -> Promise:
    """Return what an apology would say and do, and write nothing. Raises what `extend` raises."""
    if not reason.strip():
        raise Refusal("dossiers.reason_missing")
    if new_due_on is None:
        raise Refusal("dossiers.day_missing")
    before = list(Extension.objects.filter(dossier=dossier))
    old_due_at, calendar = dossier.due_at, people.calendar_of(dossier.commune_id)
    WORK.after("extend", dossier.state, access.roles_on(actor, dossier))
    if old_due_at is None:
        raise Refusal("dossiers.no_due_date")
    if before and before[-1].new_due_at > now:
        raise Refusal("dossiers.apologised_already", day=_shown(before[-1].new_due_at))
    does = standing(old_due_at, now, sum(one.moves_due for one in before))
    if does is Standing.USED_UP:
        raise Refusal("dossiers.extended_already")
    if fault := fault_of_day(new_due_on, old_due_at, now, calendar):
        raise Refusal(fault, day=_shown(old_due_at))
    return Promise(reason.strip(), old_due_at, calendar.close_of(new_due_on), does is Standing.MOVES)


def _shown(instant: datetime) -> str:
    return instant.astimezone(VN).strftime("%d/%m/%Y")
