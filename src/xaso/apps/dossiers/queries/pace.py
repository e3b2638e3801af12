"""Which dossiers are about to be late, for an officer's own work or for a whole commune."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from xaso.apps.dossiers import access
from xaso.apps.dossiers.models import Dossier, Pause, Step, StepPace
from xaso.apps.dossiers.pace import STAGES, SoonLate, Standing, Usual, soon_late
from xaso.apps.dossiers.queries.listed import Listed, columns_of, listed
from xaso.apps.people import facade as people
from xaso.apps.people.facade import Role
from xaso.kernel.worktime import Pause as ClockPause
from xaso.kernel.worktime import office_time
from xaso.platform.actor import Actor
from xaso.platform.kept_questions import KeptQuestion, OfficialsQuestion

LOOKED_AHEAD = timedelta(days=45)
"""What is due later is not looked at: no step takes so long that it would be warned of today."""
MOST_LOOKED_AT = 1000


@dataclass(frozen=True)
class Warned:
    """A dossier that is about to be late, with why; `is_extended` when an apology already moved its day."""

    dossier: Listed
    why: SoonLate
    is_extended: bool


def soon_late_dossiers(actor: Actor, *, now: datetime) -> list[Warned]:
    """Return what is about to be late, what can least be kept first: all of the commune for who heads the centre or the commune, else
    the actor's own work. Four queries, whatever their number; one where nothing is due.
    """
    if actor.commune_id is None:
        return []
    dossiers = listed(_SOON_LISTED.ask(actor, now=now, ahead=now + LOOKED_AHEAD))
    if not dossiers:
        return []
    usual = _usual(actor.commune_id)
    moves = {row.dossier_id: row for row in map(_Moves._make, _MOVES.ask(actor, now=now, ahead=now + LOOKED_AHEAD))}
    standings = _standings(actor, dossiers, moves, now)
    warned = [
        Warned(dossier, why, dossier.id in moves and moves[dossier.id].extensions > 0)
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


def _soon_due(actor: Actor, now: datetime, ahead: datetime) -> QuerySet[Dossier]:
    running = Dossier.objects.filter(access.visible_to(actor), _concerns(actor), state__in=STAGES, paused_at=None)
    return running.filter(due_at__gt=now, due_at__lt=ahead).order_by("due_at")[:MOST_LOOKED_AT]


def _soon_listed(actor: Actor, now: datetime, ahead: datetime) -> QuerySet[Dossier, tuple[Any, ...]]:
    return columns_of(_soon_due(actor, now, ahead))


class _Moves(NamedTuple):
    """When a dossier last came to another state, and how often it was extended."""

    dossier_id: UUID
    last_at: datetime | None
    extensions: int


def _moves(actor: Actor, now: datetime, ahead: datetime) -> QuerySet[Step, tuple[UUID, datetime | None, int]]:
    of_these = Step.objects.filter(dossier_id__in=_soon_due(actor, now, ahead).values("pk"), flow="work")
    last_at = Max("at", filter=~Q(verb__in=("extend", "pass_on")))
    moves = of_these.order_by().values("dossier_id").annotate(last_at=last_at, extensions=Count("pk", filter=Q(verb="extend")))
    return moves.values_list("dossier_id", "last_at", "extensions")


def _pauses(actor: Actor, now: datetime, ahead: datetime) -> QuerySet[Pause, tuple[UUID, datetime, datetime | None]]:
    of_these = Pause.objects.filter(dossier_id__in=_soon_due(actor, now, ahead).values("pk"))
    return of_these.values_list("dossier_id", "started_at", "ended_at")


def _paces(commune_id: UUID) -> QuerySet[StepPace, tuple[str, str, int, int]]:
    return StepPace.objects.filter(commune_id=commune_id).values_list("procedure_code", "stage", "usual_seconds", "dossiers")


_SOON_LISTED = OfficialsQuestion(_soon_listed, now=datetime, ahead=datetime)
_MOVES = OfficialsQuestion(_moves, now=datetime, ahead=datetime)
_PAUSES = OfficialsQuestion(_pauses, now=datetime, ahead=datetime)
_PACES = KeptQuestion(_paces, commune_id=UUID)


def _usual(commune_id: UUID) -> dict[str, dict[str, Usual]]:
    found: dict[str, dict[str, Usual]] = defaultdict(dict)
    for procedure_code, stage, usual_seconds, dossiers in _PACES.ask(commune_id=commune_id):
        found[procedure_code][stage] = Usual(timedelta(seconds=usual_seconds), dossiers)
    return found


def _standings(actor: Actor, dossiers: list[Listed], moves: Mapping[UUID, _Moves], now: datetime) -> dict[UUID, Standing]:
    assert actor.commune_id is not None
    calendar = people.calendar_of(actor.commune_id)
    since = {dossier_id: of_one.last_at for dossier_id, of_one in moves.items() if of_one.last_at is not None}
    pauses: dict[UUID, list[ClockPause]] = defaultdict(list)
    for dossier_id, started_at, ended_at in _PAUSES.ask(actor, now=now, ahead=now + LOOKED_AHEAD):
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
