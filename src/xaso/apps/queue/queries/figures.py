"""What a day came to: numbers taken, served, given up, and the middle of waiting and service."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from xaso.apps.queue import rules, times
from xaso.apps.queue.models import DayFigures, ServiceGroup, Ticket
from xaso.platform.kept_questions import KeptQuestion


@dataclass(frozen=True)
class Figures:
    """The numbers of some tickets. `wait` runs from when a number was taken, or the time of an appointment, to its first call."""

    taken: int
    waiting: int
    held: int
    served: int
    given_up: int
    left_over: int
    wait_median_seconds: int | None
    service_median_seconds: int | None


def measured(tickets: QuerySet[Ticket]) -> Figures:
    """Return the figures of the numbers. One query."""
    return figures_of(list(tickets.only("state", "taken_at", "booked_for", "first_called_at", "called_at", "ended_at")))


def figures_of(rows: list[Ticket]) -> Figures:
    """Return the figures of numbers that were read."""
    states = [row.state for row in rows]
    waits = [
        max((row.first_called_at - max(row.taken_at, row.booked_for or row.taken_at)).total_seconds(), 0.0)
        for row in rows
        if row.first_called_at
    ]
    services = [(row.ended_at - row.called_at).total_seconds() for row in rows if row.state == "served" and row.ended_at and row.called_at]
    return Figures(
        taken=len(rows),
        waiting=states.count("waiting"),
        held=states.count("held"),
        served=states.count("served"),
        given_up=states.count("given_up"),
        left_over=states.count("day_over"),
        wait_median_seconds=rules.middle(waits),
        service_median_seconds=rules.middle(services),
    )


def of_today(commune_id: UUID, now: datetime) -> list[tuple[ServiceGroup, Figures]]:
    """Return today's figures of each group. One query and one for each group."""
    today = Ticket.objects.filter(commune_id=commune_id, day=times.local_day(now))
    shown = ServiceGroup.objects.filter(commune_id=commune_id, ended_at=None).order_by("letter")
    return [(group, measured(today.filter(group=group))) for group in shown]


def of_days(commune_id: UUID, now: datetime, days: int) -> list[DayFigures]:
    """Return the figures of the last days, the latest first. One query."""
    since = times.local_day(now) - timedelta(days=days)
    rows = DayFigures.objects.filter(commune_id=commune_id, day__gte=since).select_related("group")
    return list(rows.order_by("-day", "group__letter"))


def waiting_now(commune_id: UUID, now: datetime) -> int:
    """Return how many wait. One query."""
    return _WAITING.count(commune_id=commune_id, day=times.local_day(now))


def _waiting(commune_id: UUID, day: date) -> QuerySet[Ticket]:
    return Ticket.objects.filter(commune_id=commune_id, day=day, state="waiting")


_WAITING = KeptQuestion(_waiting, commune_id=UUID, day=date)
