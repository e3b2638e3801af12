"""Gives numbers, and moves one by the hand of who holds it."""

import secrets
from datetime import datetime
from uuid import UUID

from django.db import transaction

from xaso.apps.queue import access, times
from xaso.apps.queue.flow import BEARER, DESK, FLOW
from xaso.apps.queue.models import Appointment, ServiceCounter, ServiceGroup, Ticket, TicketStep
from xaso.apps.queue.options import TICKETS_AN_HOUR
from xaso.kernel.errors import Refusal
from xaso.platform import counters, ratelimit
from xaso.platform.actor import Actor

HOUR_SECONDS = 3600
TOKEN_BYTES = 16


@transaction.atomic
def take_by_phone(actor: Actor, group_id: UUID, *, key: UUID, now: datetime) -> Ticket:
    """Give a number to whoever asks from somewhere. The same key gets the same number again.

    Raises Refusal `queue.not_found`, `.closed`, `.not_by_phone`, `platform.too_many`.
    """
    commune_id = access.commune_of(actor)
    group = access.locked_group(commune_id, group_id)
    if not group.by_phone:
        raise Refusal("queue.not_by_phone", group=group.name)
    if known := _already_taken(group, key):
        return known
    limit = TICKETS_AN_HOUR.value()
    ratelimit.count(f"queue:{commune_id}:{actor.address}", limit=limit, window_seconds=HOUR_SECONDS, now=now)
    return _give(actor, group, source="phone", key=key, now=now)


@transaction.atomic
def take_at_kiosk(actor: Actor, kiosk_token: str, group_id: UUID, *, key: UUID, now: datetime) -> Ticket:
    """Give a number at the machine by the door. Raises Refusal `queue.not_found`, `.closed`."""
    commune_id = access.commune_of(actor)
    access.kiosk_of(commune_id, kiosk_token)
    group = access.locked_group(commune_id, group_id)
    return _already_taken(group, key) or _give(actor, group, source="kiosk", key=key, now=now)


@transaction.atomic
def take_at_desk(actor: Actor, group_id: UUID, *, key: UUID, priority: bool, now: datetime) -> Ticket:
    """Give a number at the desk, if need be one that goes first. Raises Refusal `queue.not_found`, `.closed`."""
    group = access.locked_group(access.require(actor, *DESK), group_id)
    return _already_taken(group, key) or _give(actor, group, source="desk", key=key, now=now, priority=priority)


def give_for_appointment(actor: Actor, appointment: Appointment, *, now: datetime) -> Ticket:
    """Give the number of an appointment whose person is here, in the caller's transaction. Raises Refusal `queue.closed`, `.not_found`."""
    group = access.locked_group(appointment.commune_id, appointment.group_id)
    return _give(actor, group, source="appointment", key=None, now=now, booked_for=appointment.starts_at)


@transaction.atomic
def give_up(actor: Actor, token: str, *, now: datetime) -> None:
    """Let the holder give her place up. Raises Refusal `queue.not_found`, MoveRefused."""
    ticket = access.locked_ticket_of_bearer(access.commune_of(actor), token)
    move(actor, ticket, "give_up", BEARER, now=now, ended_at=now)


@transaction.atomic
def come_back(actor: Actor, token: str, *, now: datetime) -> None:
    """Let the holder of a number that was held wait again, at the place she had. Raises Refusal `queue.not_found`, MoveRefused."""
    ticket = access.locked_ticket_of_bearer(access.commune_of(actor), token)
    move(actor, ticket, "come_back", BEARER, now=now, counter=None)


def move(actor: Actor, ticket: Ticket, verb: str, roles: frozenset[str], *, now: datetime, **changes: object) -> None:
    """Move a locked number by its flow, with its step, in the caller's transaction. Raises MoveRefused."""
    at_counter = ticket.counter
    ticket.state = FLOW.after(verb, ticket.state, roles)
    for name, value in changes.items():
        setattr(ticket, name, value)
    ticket.save(update_fields=["state", *changes])
    note(actor, ticket, verb, ticket.counter or at_counter, now=now)


def note(actor: Actor, ticket: Ticket, verb: str, counter: ServiceCounter | None, *, now: datetime) -> None:
    """Write the step of a move."""
    TicketStep.objects.create(
        ticket=ticket, verb=verb, state=ticket.state, at=now, by=actor.post_title[:200], counter=counter, group_id=ticket.group_id
    )


def _already_taken(group: ServiceGroup, key: UUID) -> Ticket | None:
    """Return the number that this press has already taken: the group is locked, so that of two at once the second finds it."""
    return Ticket.objects.select_related("group").filter(commune_id=group.commune_id, request_key=key).first()


def _give(
    actor: Actor,
    group: ServiceGroup,
    *,
    source: str,
    key: UUID | None,
    now: datetime,
    priority: bool = False,
    booked_for: datetime | None = None,
) -> Ticket:
    """Write the next number of the group's letter and day. The count runs by letter, so that no two papers of a day read alike."""
    if not times.gives_numbers(group, now):
        raise Refusal("queue.closed", group=group.name)
    day = times.local_day(now)
    ticket = Ticket.objects.create(
        commune_id=group.commune_id,
        day=day,
        letter=group.letter,
        number=counters.next_number(group.commune_id, f"queue:{group.letter}", day.isoformat()),
        group=group,
        token=secrets.token_urlsafe(TOKEN_BYTES),
        request_key=key,
        source=source,
        priority=priority,
        booked_for=booked_for,
        taken_at=now,
        turn_at=now,
    )
    note(actor, ticket, "take", None, now=now)
    return ticket
