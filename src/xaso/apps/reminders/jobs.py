"""Reminds of appointments, once each, and calls off reminders that nobody needs any more: the worker calls these in its rounds."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from xaso.apps.notices import facade as notices
from xaso.apps.queue import facade as queue
from xaso.apps.reminders import rules
from xaso.apps.reminders.notices import APPOINTMENT, CALLED_OFF, CLOSED
from xaso.apps.reminders.options import MOST_HOURS, REMIND_HOURS
from xaso.kernel.worktime import VN
from xaso.platform.worker import NowAndThen

PREFIX = "appointment:"
CLOSED_PREFIX, CALLED_OFF_PREFIX = "appointment-closed:", "appointment-called-off:"
LOOKING = NowAndThen(timedelta(minutes=1))
FORGETTING = NowAndThen(timedelta(hours=6))


def remind(now: datetime) -> int:
    """Remind whoever is due and tell whose time is closed, looking once a minute; returns how many messages were queued or called off."""
    return tell_closed(now) + remind_now(now) if LOOKING.is_time(now) else 0


def tell_closed(now: datetime) -> int:
    """Tell once, and not at night, whoever has an appointment at a time at which nobody is served any more; returns how many."""
    if rules.is_night(now):
        return 0
    closed = {f"{CLOSED_PREFIX}{one.id}:{one.starts_at.timestamp():.0f}": one for one in queue.closed_ahead(now)}
    fresh = closed.keys() - notices.known_keys(closed)
    for key in sorted(fresh):
        _send(closed[key], key, CLOSED, now)
    return len(fresh)


def tell_called_off(appointment_id: UUID, now: datetime) -> None:
    """Tell the holder of an appointment that the commune let go."""
    found = queue.find_appointment(appointment_id)
    if found is not None and found.phone:
        _send(found, f"{CALLED_OFF_PREFIX}{found.id}", CALLED_OFF, now)


def forget_old(now: datetime) -> int:
    """Delete reminders when the queue has forgotten name and number of their appointments; returns how many."""
    if not FORGETTING.is_time(now):
        return 0
    before = now - timedelta(days=queue.appointment_days(), hours=MOST_HOURS)
    return sum(notices.erase(prefix, before=before) for prefix in (PREFIX, CLOSED_PREFIX, CALLED_OFF_PREFIX))


def remind_now(now: datetime) -> int:
    """Queue the reminders that are due, and call off those that wait for an appointment that was moved, cancelled, kept or closed."""
    closed = {one.id for one in queue.closed_ahead(now)}
    booked = [one for one in queue.booked_between(now, now + timedelta(hours=MOST_HOURS)) if one.id not in closed]
    current = {f"{_key(one)}:" for one in booked}
    gone = [key for key in notices.waiting_keys(PREFIX) if not any(key.startswith(prefix) for prefix in current)]
    called_off = sum(notices.call_off(key) for key in gone)
    due = {f"{_key(one)}:{hours}": one for one in booked if (hours := _hours_due(one, now)) is not None}
    fresh = due.keys() - notices.known_keys(due)
    for key in sorted(fresh):
        _send(due[key], key, APPOINTMENT, now)
    return called_off + len(fresh)


def _hours_due(one: queue.Booked, now: datetime) -> int | None:
    return rules.reminder_due(one.starts_at, one.booked_at, REMIND_HOURS.value(), now)


def _key(one: queue.Booked) -> str:
    """Return what a reminder of this time of this appointment begins with: a moved one is reminded of anew."""
    return f"{PREFIX}{one.id}:{one.starts_at.timestamp():.0f}"


def _send(one: queue.Booked, key: str, template: str, now: datetime) -> None:
    notices.send(
        commune_id=one.commune_id,
        recipient=notices.Recipient(name=one.name, phone=one.phone),
        template=template,
        params={
            "when": f"{one.starts_at.astimezone(VN):%H:%M %d/%m/%Y}",
            "pin": one.code,
            "booking": f"{settings.PUBLIC_URL}/dat-lich/phieu/{one.token}/",
        },
        subject=f"{PREFIX}{one.id}",
        idempotency_key=key,
        now=now,
    )
