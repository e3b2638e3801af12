"""Appointments that people keep: still booked, neither cancelled nor come."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from xaso.apps.queue import times
from xaso.apps.queue.models import Appointment


@dataclass(frozen=True)
class Booked:
    """A time that is kept for somebody. `code` is what she types at the desk, `token` is in her page's address.

    `is_closed` tells that nobody is served at that time any more, as far as it was asked.
    """

    id: UUID
    commune_id: UUID
    starts_at: datetime
    booked_at: datetime
    name: str
    phone: str
    code: str
    token: str
    is_closed: bool = False


def booked_between(begins: datetime, ends: datetime) -> list[Booked]:
    """Return the appointments of all communes that start from `begins` on and before `ends`, soonest first. One query."""
    rows = Appointment.objects.filter(state="booked", starts_at__gte=begins, starts_at__lt=ends).order_by("starts_at", "id")
    return [_booked(row) for row in rows.only("commune_id", "starts_at", "created_at", "name", "phone", "code", "token")]


def booked_ahead(now: datetime) -> list[Booked]:
    """Return the appointments to come, of all communes, and of each whether its time was closed later by a day off or other hours.

    One query, and one for the calendar of each commune that no process memory holds.
    """
    rows = Appointment.objects.filter(state="booked", starts_at__gt=now).select_related("group").order_by("starts_at", "id")
    return [replace(_booked(row), is_closed=times.is_closed(row.group, row.starts_at)) for row in rows]


def find_appointment(appointment_id: UUID) -> Booked | None:
    """Return an appointment whatever became of it. One query."""
    row = Appointment.objects.filter(pk=appointment_id).first()
    return _booked(row) if row else None


def _booked(row: Appointment) -> Booked:
    return Booked(row.id, row.commune_id, row.starts_at, row.created_at, row.name, row.phone, row.code, row.token)
