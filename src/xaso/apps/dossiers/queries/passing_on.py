"""Whose open work there is to be handed over, and what was handed over to whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, QuerySet

from xaso.apps.dossiers import access
from xaso.apps.dossiers.models import Dossier, Step
from xaso.apps.dossiers.queries.listed import Listed
from xaso.apps.dossiers.queries.register import NOT_LISTED
from xaso.apps.people import facade as people
from xaso.apps.people.facade import Role
from xaso.kernel.worktime import VN
from xaso.platform.actor import Actor
from xaso.platform.kept_questions import KeptQuestion

MOST = 500


@dataclass(frozen=True)
class Holder:
    """An official with open dossiers; `examines` tells whether a post of hers still lets her work on them."""

    account_id: UUID
    name: str
    number: int
    examines: bool


def open_work_of(actor: Actor, account_id: UUID) -> list[Dossier]:
    """Return an official's open dossiers for whoever may hand them over, the soonest due first; at most MOST. One query."""
    if not access.may_pass_on(actor, account_id):
        return []
    rows = Dossier.objects.filter(access.open_work(actor.commune_id, account_id)).select_related("village").defer(*NOT_LISTED)
    return list(rows.order_by(F("due_at").asc(nulls_last=True), "submitted_at")[:MOST])


def holders_of_work(commune_id: UUID, *, now: datetime) -> list[Holder]:
    """Return who has open dossiers in the commune, who may not work on them any more first. At most four queries."""
    counted = Dossier.objects.filter(access.open_work(commune_id, None)).order_by().values("assignee_id").annotate(number=Count("pk"))
    numbers = {row["assignee_id"]: row["number"] for row in counted}
    names = people.account_names(set(numbers))
    examine = {one.account_id for one in people.role_holders(commune_id, Role.CASE_OFFICER.value, on=now.astimezone(VN).date())}
    found = [Holder(one, names.get(one, ""), number, one in examine) for one, number in numbers.items()]
    return sorted(found, key=lambda holder: (holder.examines, holder.name))


def newly_passed_on(actor: Actor, dossiers: Sequence[Dossier | Listed]) -> dict[UUID, str]:
    """Return, of the actor's dossiers that were handed over to her and that nobody has touched since, from whom. One query."""
    mine = {one.id for one in dossiers if one.assignee_id and one.assignee_id == actor.account_id}
    last = _LAST_PASSED_ON.ask(account_id=actor.account_id) if mine else []
    return {dossier_id: data["from"] for dossier_id, data in last if dossier_id in mine}


def _last_passed_on(account_id: UUID) -> QuerySet[Step, tuple[UUID, dict[str, Any]]]:
    held = Step.objects.filter(dossier__assignee_id=account_id, dossier__state__in=access.HELD_BY_ONE)
    return held.filter(verb="pass_on", number=F("dossier__steps_count")).order_by().values_list("dossier_id", "data")


_LAST_PASSED_ON = KeptQuestion(_last_passed_on, account_id=UUID)
