"""Which dossiers are about to be late, for an officer's own work or for a whole commune."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Max, Q

from xaso.apps.dossiers import access
from xaso.apps.dossiers.models import Dossier, Pause, Step, StepPace
from xaso.apps.dossiers.pace import STAGES, SoonLate, Standing, Usual, soon_late
from xaso.apps.dossiers.queries.register import NOT_LISTED
from xaso.apps.people import facade as people
from xaso.apps.people.facade import Role
from xaso.kernel.worktime import Pause as ClockPause
from xaso.kernel.worktime import office_time
from xaso.platform.actor import Actor

LOOKED_AHEAD = timedelta(days=45)
"""What is due later is not looked at: no step takes so long that it would be warned of today."""
MOST_LOOKED_AT = 1000


@dataclass(frozen=True)
class Warned:
    """A dossier that is about to be late, with why."""

    dossier: Dossier
    why: SoonLate


def soon_late_dossiers(actor: Actor, *, now: datetime) -> list[Warned]:
    """Return what is about to be late, what can least be kept first: all of the commune for who heads the centre or the commune, else
    the actor's own work. Five queries, whatever their number.
    """
    if actor.commune_id is None:
        return []
    running = Dossier.objects.filter(access.visible_to(actor), _concerns(actor), state__in=STAGES, paused_at=None)
    soon = running.filter(due_at__gt=now, due_at__lt=now + LOOKED_AHEAD).select_related("village", "assignee").defer(*NOT_LISTED)
    dossiers = list(soon.order_by("due_at")[:MOST_LOOKED_AT])
    usual = _usual(actor.commune_id, {one.procedure_code for one in dossiers})
    standings = _standings(actor.commune_id, dossiers, now)
    warned = [
        Warned(dossier, why)
        for dossier in dossiers
        if (why := soon_late(standings[dossier.id], usual.get(dossier.procedure_code, {}))) is not None
    ]
    return sorted(warned, key=lambda one: (one.why.spare, one.dossier.due_at))


def _concerns(actor: Actor) -> Q:
    """Return the condition for what the actor answers for."""
    if actor.holds(Role.CENTRE_HEAD.value, Role.LEADER.value):
        return Q()
    concerns = access.NOTHING
    if actor.holds(Role.CASE_OFFICER.value):
        concerns |= Q(state="accepted") | Q(assignee_id=actor.account_id) | Q(assignee=None)
    if actor.holds(Role.SIGNER.value):
        concerns |= Q(state="in_review")
    return concerns


def _usual(commune_id: UUID, codes: set[str]) -> dict[str, dict[str, Usual]]:
    found: dict[str, dict[str, Usual]] = defaultdict(dict)
    for pace in StepPace.objects.filter(commune_id=commune_id, procedure_code__in=codes):
        found[pace.procedure_code][pace.stage] = Usual(timedelta(seconds=pace.usual_seconds), pace.dossiers)
    return found


def _standings(commune_id: UUID, dossiers: list[Dossier], now: datetime) -> dict[UUID, Standing]:
    calendar = people.calendar_of(commune_id)
    ids = [one.id for one in dossiers]
    moves = Step.objects.filter(dossier_id__in=ids, flow="work").exclude(verb__in=("extend", "pass_on"))
    since = dict(moves.order_by().values("dossier_id").annotate(at=Max("at")).values_list("dossier_id", "at"))
    pauses: dict[UUID, list[ClockPause]] = defaultdict(list)
    for dossier_id, started_at, ended_at in Pause.objects.filter(dossier_id__in=ids).values_list("dossier_id", "started_at", "ended_at"):
        pauses[dossier_id].append(ClockPause(started_at, ended_at))
    standings = {}
    for one in dossiers:
        assert one.due_at is not None
        assert one.accepted_at is not None
        stood = pauses[one.id]
        standings[one.id] = Standing(
            state=one.state,
            term=office_time(one.accepted_at, one.due_at, calendar, stood),
            left=office_time(now, one.due_at, calendar),
            in_state=office_time(since.get(one.id, one.accepted_at), now, calendar, stood),
        )
    return standings
