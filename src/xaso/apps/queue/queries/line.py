"""Who waits, in which order, and how one number stands."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from xaso.apps.queue import rules, times
from xaso.apps.queue.models import Appointment, ServiceCounter, ServiceGroup, Ticket
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN

LOOKED_BACK = timedelta(days=14)
MOST_MEASURED = 60


@dataclass(frozen=True)
class Standing:
    """How a number that waits stands: how many of its group go before it, and how long that may take; `why_unknown` when nobody can say."""

    ahead: int
    wait: rules.Wait | None
    why_unknown: str = ""


def place_of(ticket: Ticket) -> rules.Place:
    """Return what the order needs of a number."""
    return rules.Place(ticket.id, ticket.turn_at, ticket.number, ticket.priority, ticket.booked_for)


def ordered(commune_id: UUID, group_ids: Collection[UUID], now: datetime) -> list[Ticket]:
    """Return those who wait in the groups today, in the order in which they are called. Two queries."""
    today = Ticket.objects.filter(commune_id=commune_id, day=times.local_day(now), group_id__in=group_ids)
    waiting = {ticket.id: ticket for ticket in today.filter(state="waiting").select_related("group")}
    called = today.exclude(called_at=None).order_by("-called_at")[: rules.FAVOURED_IN_A_ROW]
    lately = [place_of(ticket).favoured for ticket in called]
    return [waiting[place.key] for place in rules.order(map(place_of, waiting.values()), lately, now)]  # type: ignore[index]


def at_counter(counter: ServiceCounter, now: datetime) -> Ticket | None:
    """Return the number that was called to the counter today and is not done. One query."""
    called = Ticket.objects.filter(counter=counter, state="called", day=times.local_day(now))
    return called.select_related("group", "counter").order_by("-called_at").first()


def next_for(counter: ServiceCounter, now: datetime) -> Ticket | None:
    """Return whose turn it is at the counter. Three queries."""
    return next(iter(waiting_for(counter, now)), None)


def waiting_for(counter: ServiceCounter, now: datetime) -> list[Ticket]:
    """Return those whom the counter will call, in order. Three queries."""
    return ordered(counter.commune_id, list(counter.groups.values_list("id", flat=True)), now)


def held_for(counter: ServiceCounter, now: datetime) -> list[Ticket]:
    """Return the numbers that are held in the counter's groups today, the longest away first. One query."""
    held = Ticket.objects.filter(group__counters=counter, state="held", day=times.local_day(now))
    return list(held.select_related("group").order_by("called_at"))


def expected_at(counter: ServiceCounter, now: datetime) -> list[Appointment]:
    """Return today's appointments in the counter's groups whose holders have not come, soonest first. One query."""
    begins = datetime.combine(times.local_day(now), time.min, tzinfo=VN)
    today = Appointment.objects.filter(starts_at__gte=begins, starts_at__lt=begins + timedelta(days=1))
    return list(today.filter(group__counters=counter, state="booked").select_related("group").order_by("starts_at", "id"))


def ticket_of(commune_id: UUID, token: str) -> Ticket:
    """Return the number whose token somebody holds. Raises Refusal `queue.not_found`. One query."""
    found = Ticket.objects.select_related("group", "counter").filter(commune_id=commune_id, token=token).first()
    if found is None:
        raise Refusal("queue.not_found")
    return found


def appointment_of(commune_id: UUID, token: str) -> Appointment:
    """Return the appointment whose token somebody holds. Raises Refusal `queue.not_found`. One query."""
    found = Appointment.objects.select_related("group", "ticket").filter(commune_id=commune_id, token=token).first()
    if found is None:
        raise Refusal("queue.not_found")
    return found


def standing(ticket: Ticket, now: datetime) -> Standing:
    """Say how a number that waits stands. At most seven queries."""
    group = ticket.group
    serving = list(ServiceCounter.objects.filter(groups=group, ended_at=None).prefetch_related("groups"))
    pool = {other.id for counter in serving for other in counter.groups.all()} | {group.id}
    line = ordered(ticket.commune_id, pool, now)
    before = line[: next((place for place, other in enumerate(line) if other.id == ticket.id), len(line))]
    ahead = sum(other.group_id == group.id for other in before)
    if not times.is_served(group, now):
        return Standing(ahead, None, "closed")
    working = _working(serving, now)
    if not working:
        return Standing(ahead, None, "no_counter")
    seconds = service_seconds(group, now)
    found = rules.wait(ahead=ahead, ahead_of_counters=len(before), counters=working, service_seconds=seconds)
    return Standing(ahead, found, "" if found else "too_few")


def service_seconds(group: ServiceGroup, now: datetime) -> list[float]:
    """Return how long the latest services of the group took: today's, or with too few of those also the last days'. One query."""
    today = times.local_day(now)
    served = Ticket.objects.filter(group=group, state="served", day__gte=today - LOOKED_BACK, day__lte=today)
    rows = list(served.exclude(called_at=None).order_by("-ended_at").values_list("day", "called_at", "ended_at")[:MOST_MEASURED])
    all_days = [(ended - called).total_seconds() for _day, called, ended in rows if ended and called]
    of_today = [(ended - called).total_seconds() for day, called, ended in rows if ended and called and day == today]
    return of_today if len(of_today) >= rules.FEWEST_MEASURED else all_days


def _working(counters: Collection[ServiceCounter], now: datetime) -> int:
    """Return how many of the counters called somebody lately. One query."""
    lately = Ticket.objects.filter(counter__in=counters, day=times.local_day(now), called_at__gt=now - rules.COUNTER_WORKS_FOR)
    return lately.order_by().values("counter_id").distinct().count()
