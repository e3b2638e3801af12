"""Reminds of appointments, once each, and calls off reminders that nobody needs any more: the worker calls these in its rounds."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from xaso.apps.notices import facade as notices
from xaso.apps.queue import facade as queue
from xaso.apps.reminders import rules
from xaso.apps.reminders.notices import APPOINTMENT, CALLED_OFF, CLOSED, REOPENED
from xaso.apps.reminders.options import MOST_HOURS, REMIND_HOURS
from xaso.kernel.worktime import VN
from xaso.platform.worker import NowAndThen

PREFIX = "appointment:"
CLOSED_PREFIX, REOPENED_PREFIX, CALLED_OFF_PREFIX = "appointment-closed:", "appointment-reopened:", "appointment-called-off:"
LOOKING = NowAndThen(timedelta(minutes=1))
FORGETTING = NowAndThen(timedelta(hours=6))


def remind(now: datetime) -> int:
    """Remind whoever is due and tell whose time is closed, looking once a minute; returns how many messages were queued or called off."""
    return tell_closed(now) + remind_now(now) if LOOKING.is_time(now) else 0


def tell_closed(now: datetime) -> int:
    """Tell, and not at night, whoever has an appointment at a time that was closed, and whom it was told so that it is open again.

    Each change is told once; a notice of closing that still waits when the time is open again is taken back instead. Returns how many.
    """
    if rules.is_night(now):
        return 0
    ahead = queue.booked_ahead(now)
    told = _times_told(ahead)
    return sum(_tell_change(one, told[one.id], now) for one in ahead if one.is_closed != _is_told_closed(told[one.id]))


def _tell_change(one: queue.Booked, told: int, now: datetime) -> bool:
    if not one.is_closed and notices.call_off(_change_key(one, told - 1)):
        return False
    _send(one, _change_key(one, told), CLOSED if one.is_closed else REOPENED, now)
    return True


def _times_told(ahead: list[queue.Booked]) -> dict[UUID, int]:
    """Return how many changes each holder was told of. One query, and one for each further change of somebody's time."""
    told = dict.fromkeys((one.id for one in ahead), 0)
    maybe = ahead
    while maybe:
        known = notices.known_keys([_change_key(one, told[one.id]) for one in maybe])
        maybe = [one for one in maybe if _change_key(one, told[one.id]) in known]
        for one in maybe:
            told[one.id] += 1
    return told


def _is_told_closed(told: int) -> bool:
    """Tell whether the last that a holder heard is that her time is closed: closing and opening follow each other."""
    return told % 2 == 1


def _change_key(one: queue.Booked, told: int) -> str:
    """Return the key under which the holder hears of the change that comes after so many."""
    prefix = REOPENED_PREFIX if _is_told_closed(told) else CLOSED_PREFIX
    again = f":{told // 2 + 1}" if told > 1 else ""
    return f"{prefix}{one.id}:{one.starts_at.timestamp():.0f}{again}"


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
    return sum(notices.erase(prefix, before=before) for prefix in (PREFIX, CLOSED_PREFIX, REOPENED_PREFIX, CALLED_OFF_PREFIX))


def remind_now(now: datetime) -> int:
    """Queue the reminders that are due, and call off those that wait for an appointment that was moved, cancelled, kept or closed."""
    closed = {one.id for one in queue.booked_ahead(now) if one.is_closed}
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
