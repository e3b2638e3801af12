"""What waits for whom, at the desk and on “Việc hôm nay”."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import F, Q, QuerySet

from xaso.apps.dossiers import access, rules
from xaso.apps.dossiers.models import Dossier
from xaso.apps.dossiers.queries.listed import Listed, columns_of, listed
from xaso.apps.dossiers.queries.register import NOT_LISTED, by_keys, found_by_text, found_on_papers
from xaso.apps.people.facade import Role
from xaso.platform.actor import Actor
from xaso.platform.kept_counts import KeptCounts
from xaso.platform.kept_questions import OfficialsQuestion

MOST = 200
SHOWN = (
    "commune_id",
    *("code", "national_code", "procedure_code", "procedure_name", "version_id", "channel", "applicant_name", "village__name"),
    *(
        "applicant_phone",
        "state",
        "money_state",
        "delivery_state",
        "submitted_at",
        "accepted_at",
        "due_at",
        "first_due_at",
        "paused_at",
        "solved_at",
    ),
)
"""What a line of the desk's pages shows and calls up; to read all columns would cost more than all else of the page."""

DESK_QUEUES: dict[str, Q] = {
    "intake": Q(state="submitted"),
    "held": Q(state="held"),
    "asked": Q(state__in=rules.ASKED),
    "to_pay": Q(money_state__in=rules.FEE_OPEN, state__in=(*rules.UNDER_WAY - rules.HELD, "solved")),
    "ready": Q(delivery_state__in=("ready", "returned")),
}


def waiting_for(actor: Actor) -> list[Listed]:
    """Return the dossiers that wait for the actor, the soonest due first; at most MOST. One query."""
    return listed(_WAITING.ask(actor))


def finished_since(actor: Actor, since: datetime) -> int:
    """Return how many dossiers that the actor may see were solved since then. One query."""
    return _FINISHED.count(actor, since=since)


def desk_list(actor: Actor, queue: str) -> list[Listed]:
    """Return the first MOST of one of the desk's queues, with what a line of the page shows. One query."""
    return listed(_IN_QUEUE[queue].ask(actor))


def desk_dossiers(actor: Actor, queue: str) -> list[Dossier]:
    """Return the first MOST of one of the desk's queues, with what can be called up or typed beside each line. One query."""
    return list(desk_rows(actor, queue).select_related(None).select_related("village").only(*SHOWN)[:MOST])


def desk_rows(actor: Actor, queue: str) -> QuerySet[Dossier]:
    """Return one of the desk's queues, the oldest first, not yet read; an unknown name is the intake."""
    stands = Dossier.objects.filter(access.visible_to(actor)).filter(DESK_QUEUES.get(queue, DESK_QUEUES["intake"]))
    rows = by_keys(stands.values("pk"))
    return rows.select_related("village", "assignee").defer(*NOT_LISTED).order_by("solved_at" if queue == "ready" else "submitted_at", "id")


def desk_counts(actor: Actor) -> dict[str, int]:
    """Return how many dossiers stand in each of the desk's queues, for who works at it. One query."""
    if actor.commune_id is None or not actor.holds(*access.CASE_ROLES):
        return dict.fromkeys(DESK_QUEUES, 0)
    return _QUEUED.of(actor.commune_id)


def intake_count(actor: Actor) -> int:
    """Return how many dossiers wait to be taken in or for their official code, for who works on cases. One query."""
    if actor.commune_id is None or not actor.holds(*access.CASE_ROLES):
        return 0
    return _TO_TAKE_IN.of(actor.commune_id)["waiting"]


def _waiting(actor: Actor) -> QuerySet[Dossier, tuple[Any, ...]]:
    rows = Dossier.objects.filter(access.visible_to(actor)).filter(_waits_for(actor))
    return columns_of(rows.order_by(F("due_at").asc(nulls_last=True), "submitted_at"))[:MOST]


def _finished(actor: Actor, since: datetime) -> QuerySet[Dossier]:
    return Dossier.objects.filter(access.visible_to(actor), solved_at__gte=since)


def _in_queue(actor: Actor, queue: str) -> QuerySet[Dossier, tuple[Any, ...]]:
    return columns_of(desk_rows(actor, queue))[:MOST]


_QUEUED = KeptCounts(Dossier, **DESK_QUEUES)
_TO_TAKE_IN = KeptCounts(Dossier, waiting=DESK_QUEUES["intake"] | DESK_QUEUES["held"])
_IN_QUEUE = {queue: OfficialsQuestion(partial(_in_queue, queue=queue)) for queue in DESK_QUEUES}
_WAITING = OfficialsQuestion(_waiting)
_FINISHED = OfficialsQuestion(_finished, since=datetime)


def find_dossiers(actor: Actor, text: str, limit: int) -> list[Dossier]:
    """Return what an official searched for by code, name, phone or number, newest first; then by what stands on papers. Two queries."""
    if not actor.holds(*access.CASE_ROLES) or not text.strip():
        return []
    found = found_by_text(Dossier.objects.filter(access.visible_to(actor)), text)[:limit]
    dossiers = list(by_keys(found).defer(*NOT_LISTED).order_by("-submitted_at"))
    others = by_keys(found_on_papers(actor, text)).exclude(pk__in=[dossier.pk for dossier in dossiers]).defer(*NOT_LISTED)
    return dossiers + list(others.order_by("-submitted_at")[: limit - len(dossiers)])


def _waits_for(actor: Actor) -> Q:
    waits = access.NOTHING
    if actor.holds(Role.DESK.value):
        waits |= DESK_QUEUES["intake"] | DESK_QUEUES["held"]
    if actor.holds(Role.CASE_OFFICER.value):
        mine = Q(assignee_id=actor.account_id) | Q(assignee=None)
        waits |= Q(state="accepted") | (Q(state="examining") & mine)
    if actor.holds(Role.SIGNER.value):
        waits |= Q(state="in_review")
    return waits
