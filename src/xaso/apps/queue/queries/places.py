"""What there is: groups, counters, machines, free times."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Count

from xaso.apps.queue import rules, times
from xaso.apps.queue.models import Appointment, Kiosk, ServiceCounter, ServiceGroup
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN


def groups(commune_id: UUID) -> list[ServiceGroup]:
    """Return the commune's groups by letter. One query."""
    return list(ServiceGroup.objects.filter(commune_id=commune_id, ended_at=None).order_by("letter"))


def get_group(commune_id: UUID, group_id: UUID) -> ServiceGroup:
    """Return one group. Raises Refusal `queue.not_found`. One query."""
    found = ServiceGroup.objects.filter(commune_id=commune_id, pk=group_id, ended_at=None).first()
    if found is None:
        raise Refusal("queue.not_found")
    return found


def counters(commune_id: UUID) -> list[ServiceCounter]:
    """Return the commune's counters by number, with their groups. Two queries."""
    return list(ServiceCounter.objects.filter(commune_id=commune_id, ended_at=None).prefetch_related("groups").order_by("number"))


def find_counter(commune_id: UUID, counter_id: UUID) -> ServiceCounter | None:
    """Return one counter, or None. One query."""
    return ServiceCounter.objects.filter(commune_id=commune_id, pk=counter_id, ended_at=None).first()


def get_counter(commune_id: UUID, counter_id: UUID) -> ServiceCounter:
    """Return one counter. Raises Refusal `queue.not_found`. One query."""
    found = find_counter(commune_id, counter_id)
    if found is None:
        raise Refusal("queue.not_found")
    return found


def kiosks(commune_id: UUID) -> list[Kiosk]:
    """Return the machines that give numbers. One query."""
    return list(Kiosk.objects.filter(commune_id=commune_id, removed_at=None).order_by("created_at"))


def has_appointments(commune_id: UUID) -> bool:
    """Tell whether any group takes appointments. One query."""
    return ServiceGroup.objects.filter(commune_id=commune_id, ended_at=None, slot_capacity__gt=0).exists()


def free_slots(group: ServiceGroup, now: datetime) -> list[tuple[date, list[tuple[datetime, int]]]]:
    """Return the days ahead with the times that are still free and how many places each has. One query."""
    today = times.local_day(now)
    begins = datetime.combine(today, time.min, tzinfo=VN)
    taken = Appointment.objects.filter(group=group, state__in=("booked", "arrived"), starts_at__gte=begins).order_by()
    counts = dict(taken.values_list("starts_at").annotate(Count("id")))
    found = []
    for ahead in range(rules.DAYS_AHEAD + 1):
        day = today + timedelta(days=ahead)
        free = [(at, group.slot_capacity - counts.get(at, 0)) for at in times.slots_of(group, day) if at > now]
        if free := [(at, left) for at, left in free if left > 0]:
            found.append((day, free))
    return found
