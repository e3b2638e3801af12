"""Builders for tests of this room and of rooms above: an office with two services, two counters and a clerk."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from xaso.apps.people import testing as people
from xaso.apps.people.facade import Role
from xaso.apps.queue import times
from xaso.apps.queue.actions import appointments, setting_up, tickets
from xaso.apps.queue.models import Appointment, ServiceCounter, ServiceGroup, Ticket
from xaso.platform.actor import Actor

MORNING = datetime(2026, 11, 25, 1, 30, tzinfo=UTC)
"""Half past eight in Vietnam, on a Wednesday."""
WORKING_WEEK = [0, 1, 2, 3, 4]


@dataclass(frozen=True)
class QueueOffice:
    """A commune that gives numbers. `first` serves both groups, `second` only B."""

    commune_id: UUID
    desk: Actor
    visitor: Actor
    a: ServiceGroup
    b: ServiceGroup
    first: ServiceCounter
    second: ServiceCounter

    def take(self, group: ServiceGroup, now: datetime = MORNING, *, priority: bool = False) -> Ticket:
        """Give a number at the desk."""
        return tickets.take_at_desk(self.desk, group.id, key=uuid4(), priority=priority, now=now)


def office(weekdays: list[int] | None = None, **facts: Any) -> QueueOffice:
    """Return a saved office; people there work on the usual days and hours, unless said otherwise."""
    commune = people.commune(**facts)
    clerk = people.staff(commune, Role.DESK)
    desk = people.actor_for(clerk, on=MORNING.date())
    a, b = (group(commune.id, letter, weekdays=weekdays or WORKING_WEEK) for letter in "AB")
    first, second = (ServiceCounter.objects.create(commune_id=commune.id, number=number) for number in (1, 2))
    first.groups.set([a, b])
    second.groups.set([b])
    return QueueOffice(commune.id, desk, Actor.anonymous(commune.id, "192.0.2.1"), a, b, first, second)


def group(commune_id: UUID, letter: str, **facts: object) -> ServiceGroup:
    """Return a saved group that takes two people in each half hour by appointment."""
    usual = {"name": f"Dịch vụ {letter}", "fields": ["civil_status"], "weekdays": WORKING_WEEK, "slot_capacity": 2}
    return ServiceGroup.objects.create(commune_id=commune_id, letter=letter, **usual | facts)


def minutes(count: float) -> timedelta:
    """Return so many minutes."""
    return timedelta(minutes=count)


def slot(here: QueueOffice, ahead: int, place: int = 4) -> datetime:
    """Return a time that may be kept, so many days after MORNING."""
    return times.slots_of(here.a, (MORNING + timedelta(days=ahead)).date())[place]


def appointment(
    here: QueueOffice, starts_at: datetime, *, now: datetime, phone: str = "0912345678", key: UUID | None = None
) -> Appointment:
    """Keep a time for somebody."""
    return appointments.book(here.visitor, here.a.id, starts_at, name="Giàng A Pao", phone=phone, key=key or uuid4(), now=now)


def move(here: QueueOffice, made: Appointment, starts_at: datetime, *, now: datetime) -> Appointment:
    """Move a kept time."""
    return appointments.change(here.visitor, made.token, starts_at, now=now)


def cancel(here: QueueOffice, made: Appointment) -> None:
    """Let a kept time go."""
    appointments.cancel(here.visitor, made.token)


def end(administrator: Actor, group_id: UUID, *, now: datetime) -> None:
    """Let a service end."""
    setting_up.end_group(administrator, group_id, now=now)


def kept_time(here: QueueOffice, starts_at: datetime, *, token: str) -> Appointment:
    """Return a saved appointment at any time, closed or not."""
    facts = {"code": "123456", "token": token, "name": "Giàng A Pao", "phone": "0912345678", "created_at": starts_at}
    return Appointment.objects.create(commune_id=here.commune_id, group=here.a, starts_at=starts_at, **facts)


def narrow(here: QueueOffice, without: int) -> None:
    """Serve the first group no more on a day of the week, 0 for Monday."""
    here.a.weekdays = [day for day in here.a.weekdays if day != without]
    here.a.save()
