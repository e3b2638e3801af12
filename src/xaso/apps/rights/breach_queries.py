"""Questions about data breaches."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from xaso.apps.rights.breach_access import breaches_visible_to
from xaso.apps.rights.breach_flow import BREACH_OPEN
from xaso.apps.rights.models import Breach, BreachPerson
from xaso.kernel.errors import Refusal
from xaso.platform.actor import Actor
from xaso.platform.kept_questions import OfficialsQuestion
from xaso.platform.personal_data import Person

MOST_SHOWN = 500


def list_breaches(actor: Actor, *, is_open: bool) -> list[Breach]:
    """Return the commune's breaches: the open ones by when the authority must be told, or the ended ones, newest first. One query."""
    rows = Breach.objects.filter(breaches_visible_to(actor))
    if is_open:
        return list(rows.filter(state__in=BREACH_OPEN).order_by("-state", "due_at", "id")[:MOST_SHOWN])
    return list(rows.exclude(state__in=BREACH_OPEN).order_by("-ended_at", "-id")[:MOST_SHOWN])


def get_breach(actor: Actor, breach_id: UUID) -> Breach:
    """Return a breach with its minutes and the people it is about. Raises Refusal `rights.not_found`. Three queries."""
    rows = Breach.objects.filter(breaches_visible_to(actor), pk=breach_id)
    found = rows.prefetch_related("steps", "people__citizen").first()
    if found is None:
        raise Refusal("rights.not_found")
    return found


def untold_breaches(actor: Actor) -> list[Breach]:
    """Return the breaches of which the authority must still be told, the most urgent first. One query."""
    return _UNTOLD.ask(actor)


def open_breach_count(actor: Actor, _now: datetime) -> int:
    """Return how many breaches are open. One query."""
    return _OPEN.count(actor)


def _untold(actor: Actor) -> QuerySet[Breach]:
    return Breach.objects.filter(breaches_visible_to(actor), state=BREACH_OPEN[0]).order_by("due_at", "id")[:MOST_SHOWN]


def _open(actor: Actor) -> QuerySet[Breach]:
    return Breach.objects.filter(breaches_visible_to(actor), state__in=BREACH_OPEN)


_UNTOLD = OfficialsQuestion(_untold)
_OPEN = OfficialsQuestion(_open)


def breaches_told_to(person: Person) -> list[BreachPerson]:
    """Return the breaches of which the person was told, newest first. One query."""
    rows = BreachPerson.objects.filter(citizen_id=person.citizen_id, breach__commune_id=person.commune_id, told_at__isnull=False)
    return list(rows.select_related("breach").order_by("-told_at", "-id"))
