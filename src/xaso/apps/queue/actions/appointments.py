"""Keeps a time for a person, moves it, lets it go, and gives its number when she is here."""

import re
import secrets
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import transaction

from xaso.apps.queue import access, rules, times
from xaso.apps.queue.actions.tickets import HOUR_SECONDS, TOKEN_BYTES, give_for_appointment
from xaso.apps.queue.flow import DESK
from xaso.apps.queue.models import Appointment, ServiceGroup, Ticket
from xaso.apps.queue.options import TICKETS_AN_HOUR
from xaso.kernel.errors import Refusal
from xaso.kernel.text import tidy_name
from xaso.kernel.worktime import VN
from xaso.platform import ratelimit
from xaso.platform.actor import Actor

MOST_FOR_A_PHONE = 3
PHONE = re.compile(r"0[0-9]{9}")
CODE_DIGITS = 6


@transaction.atomic
def book(actor: Actor, group_id: UUID, starts_at: datetime, *, name: str, phone: str, key: UUID, now: datetime) -> Appointment:
    """Keep a time. The same key gets the same appointment again.

    Raises Refusal `queue.not_found`, `.name_missing`, `.phone_wrong`, `.slot_unknown`, `.slot_full`, `.too_many_booked`,
    `platform.too_many`.
    """
    commune_id = access.commune_of(actor)
    group = access.locked_group(commune_id, group_id)
    if known := Appointment.objects.filter(commune_id=commune_id, request_key=key).first():
        return known
    if not (called := tidy_name(name)[:200]):
        raise Refusal("queue.name_missing")
    digits = _phone(phone)
    _is_free(group, starts_at, now)
    booked = Appointment.objects.filter(commune_id=commune_id, phone_blind__of=digits, state="booked", starts_at__gt=now).count()
    if booked >= MOST_FOR_A_PHONE:
        raise Refusal("queue.too_many_booked", count=booked)
    limit = TICKETS_AN_HOUR.value()
    ratelimit.count(f"queue-book:{commune_id}:{actor.address}", limit=limit, window_seconds=HOUR_SECONDS, now=now)
    return Appointment.objects.create(
        commune_id=commune_id,
        group=group,
        starts_at=starts_at,
        code=_free_code(commune_id),
        token=secrets.token_urlsafe(TOKEN_BYTES),
        request_key=key,
        name=called,
        phone=digits,
        created_at=now,
    )


@transaction.atomic
def change(actor: Actor, token: str, starts_at: datetime, *, now: datetime) -> Appointment:
    """Move an appointment to another free time. Raises Refusal `queue.not_found`, `.appointment_over`, `.slot_unknown`, `.slot_full`."""
    appointment = _still_booked(actor, token)
    if starts_at != appointment.starts_at:
        _is_free(access.locked_group(appointment.commune_id, appointment.group_id), starts_at, now)
        appointment.starts_at = starts_at
        appointment.save(update_fields=["starts_at"])
    return appointment


@transaction.atomic
def cancel(actor: Actor, token: str) -> None:
    """Let the time go, for others to take. Raises Refusal `queue.not_found`, `.appointment_over`."""
    appointment = _still_booked(actor, token)
    appointment.state = "cancelled"
    appointment.save(update_fields=["state"])


@transaction.atomic
def arrive(actor: Actor, token: str, *, now: datetime) -> Ticket:
    """Give the number of an appointment whose holder says that she is here; asked again, the same number.

    Raises Refusal `queue.not_found`, `.too_early`, `.appointment_over`, `.closed`.
    """
    return _arrived(actor, access.locked_appointment(access.commune_of(actor), token), now)


@transaction.atomic
def arrive_by_code(actor: Actor, code: str, *, kiosk_token: str = "", now: datetime) -> Ticket:
    """Give the number of today's appointment with the code, at the desk or at a machine by the door.

    Raises Refusal `queue.not_found`, `.code_unknown` and as `arrive`.
    """
    commune_id = access.commune_of(actor)
    if kiosk_token:
        access.kiosk_of(commune_id, kiosk_token)
    else:
        access.require(actor, *DESK)
    digits = re.sub(r"\D", "", code)
    begins = datetime.combine(times.local_day(now), time.min, tzinfo=VN)
    rows = Appointment.objects.select_for_update(of=("self",)).filter(commune_id=commune_id, code=digits, state__in=("booked", "arrived"))
    found = rows.filter(starts_at__gte=begins, starts_at__lt=begins + timedelta(days=1)).first()
    if found is None:
        raise Refusal("queue.code_unknown")
    return _arrived(actor, found, now)


def _arrived(actor: Actor, appointment: Appointment, now: datetime) -> Ticket:
    if appointment.state == "arrived" and appointment.ticket is not None:
        return appointment.ticket
    local = appointment.starts_at.astimezone(VN)
    if appointment.state != "booked" or local.date() < times.local_day(now):
        raise Refusal("queue.appointment_over")
    if now < appointment.starts_at - rules.ARRIVE_BEFORE:
        may_from = local - rules.ARRIVE_BEFORE
        raise Refusal("queue.too_early", clock=may_from.strftime("%H:%M"), day=may_from.strftime("%d/%m/%Y"))
    appointment.ticket = give_for_appointment(actor, appointment, now=now)
    appointment.state = "arrived"
    appointment.save(update_fields=["state", "ticket"])
    return appointment.ticket


def _still_booked(actor: Actor, token: str) -> Appointment:
    appointment = access.locked_appointment(access.commune_of(actor), token)
    if appointment.state != "booked":
        raise Refusal("queue.appointment_over")
    return appointment


def _is_free(group: ServiceGroup, starts_at: datetime, now: datetime) -> None:
    """Raise Refusal `queue.slot_unknown` or `.slot_full`; the group is locked, so that two never take the last place."""
    day = times.local_day(starts_at)
    last = times.local_day(now) + timedelta(days=rules.DAYS_AHEAD)
    if starts_at <= now or day > last or starts_at not in times.slots_of(group, day):
        raise Refusal("queue.slot_unknown")
    taken = Appointment.objects.filter(group=group, starts_at=starts_at, state__in=("booked", "arrived")).count()
    if taken >= group.slot_capacity:
        raise Refusal("queue.slot_full")


def _phone(text: str) -> str:
    digits = re.sub(r"[\s.\-()]", "", text)
    digits = f"0{digits[3:]}" if digits.startswith("+84") else digits
    if not PHONE.fullmatch(digits):
        raise Refusal("queue.phone_wrong")
    return digits


def _free_code(commune_id: UUID) -> str:
    while True:
        code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
        if not Appointment.objects.filter(commune_id=commune_id, code=code).exists():
            return code
