"""What a clerk at a counter does: call the next, call again, hold who is away, serve, pass on, let somebody go first."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from xaso.apps.queue import access, queries
from xaso.apps.queue.actions.tickets import move, note
from xaso.apps.queue.flow import DESK, FLOW
from xaso.apps.queue.models import ServiceCounter, Ticket
from xaso.kernel.errors import Refusal
from xaso.kernel.flow import MoveRefused
from xaso.platform.actor import Actor


@transaction.atomic
def call_next(actor: Actor, counter_id: UUID, *, done: UUID | None = None, now: datetime) -> Ticket:
    """Call whose turn it is to the counter and return her number; `done` names the one before, who was served.

    While somebody is at the counter who is not `done`, nobody else is called: a second press gets the answer of the first. The counter
    is locked first, then a number is taken only if it still waits, so that two counters never call one person.
    Raises Refusal `queue.not_found`, `.nobody_waits`.
    """
    counter = access.locked_counter(access.require(actor, *DESK), counter_id)
    present = queries.at_counter(counter, now)
    if present is not None:
        if present.id != done:
            return present
        move(actor, access.locked_ticket(counter.commune_id, present.id), "serve", DESK, now=now, ended_at=now)
    while (first := queries.next_for(counter, now)) is not None:
        if _take(first, counter, now):
            first.refresh_from_db()
            note(actor, first, "call", counter, now=now)
            return first
    raise Refusal("queue.nobody_waits")


@transaction.atomic
def call_this(actor: Actor, counter_id: UUID, ticket_id: UUID, *, now: datetime) -> Ticket:
    """Call one certain number out of turn, as when somebody held stands at the counter. Raises Refusal `queue.not_found`,
    `.counter_busy` while somebody else is at the counter, MoveRefused.
    """
    counter = access.locked_counter(access.require(actor, *DESK), counter_id)
    if queries.at_counter(counter, now) is not None:
        raise Refusal("queue.counter_busy")
    ticket = access.locked_ticket(counter.commune_id, ticket_id)
    if ticket.state == "held":
        move(actor, ticket, "come_back", DESK, now=now, counter=None)
    if FLOW.after("call", ticket.state, DESK) and not _take(ticket, counter, now):
        raise MoveRefused("call", ticket.state)
    ticket.refresh_from_db()
    note(actor, ticket, "call", counter, now=now)
    return ticket


@transaction.atomic
def recall(actor: Actor, counter_id: UUID, ticket_id: UUID, *, now: datetime) -> Ticket:
    """Call the one at the counter once more. Raises Refusal `queue.not_found`, `.not_at_counter`."""
    ticket = _at_counter(actor, counter_id, ticket_id)
    move(actor, ticket, "recall", DESK, now=now, called_at=now, times_called=ticket.times_called + 1)
    return ticket


@transaction.atomic
def serve(actor: Actor, counter_id: UUID, ticket_id: UUID, *, now: datetime) -> Ticket:
    """Note that the one at the counter was served. Raises Refusal `queue.not_found`, `.not_at_counter`."""
    ticket = _at_counter(actor, counter_id, ticket_id)
    move(actor, ticket, "serve", DESK, now=now, ended_at=now)
    return ticket


@transaction.atomic
def hold(actor: Actor, counter_id: UUID, ticket_id: UUID, *, now: datetime) -> Ticket:
    """Put aside the number of who did not come; her place stays. Raises Refusal `queue.not_found`, `.not_at_counter`."""
    ticket = _at_counter(actor, counter_id, ticket_id)
    move(actor, ticket, "hold", DESK, now=now)
    return ticket


@transaction.atomic
def transfer(actor: Actor, counter_id: UUID, ticket_id: UUID, group_id: UUID, *, now: datetime) -> Ticket:
    """Pass the one at the counter on to another group; she keeps number and place.

    Raises Refusal `queue.not_served_there` and as `serve`.
    """
    ticket = _at_counter(actor, counter_id, ticket_id)
    group = access.locked_group(ticket.commune_id, group_id)
    if group.id == ticket.group_id or not group.counters.filter(ended_at=None).exists():
        raise Refusal("queue.not_served_there")
    move(actor, ticket, "transfer", DESK, now=now, group=group, counter=None, booked_for=None)
    return ticket


@transaction.atomic
def bring_back(actor: Actor, ticket_id: UUID, *, now: datetime) -> Ticket:
    """Let a number that was held wait again at the place it had. Raises Refusal `queue.not_found`, MoveRefused."""
    ticket = access.locked_ticket(access.require(actor, *DESK), ticket_id)
    move(actor, ticket, "come_back", DESK, now=now, counter=None)
    return ticket


@transaction.atomic
def drop(actor: Actor, ticket_id: UUID, *, now: datetime) -> Ticket:
    """Take a number out whose holder told the desk that she leaves. Raises Refusal `queue.not_found`, MoveRefused."""
    ticket = access.locked_ticket(access.require(actor, *DESK), ticket_id)
    move(actor, ticket, "give_up", DESK, now=now, ended_at=now)
    return ticket


@transaction.atomic
def let_go_first(actor: Actor, ticket_id: UUID, *, first: bool, now: datetime) -> Ticket:
    """Mark or unmark a person whom the desk lets go first: old, disabled, pregnant. Raises Refusal `queue.not_found`, MoveRefused."""
    ticket = access.locked_ticket(access.require(actor, *DESK), ticket_id)
    if ticket.state not in {"waiting", "held"}:
        raise MoveRefused("let_go_first", ticket.state)
    ticket.priority = first
    ticket.save(update_fields=["priority"])
    note(actor, ticket, "first" if first else "not_first", None, now=now)
    return ticket


def _take(ticket: Ticket, counter: ServiceCounter, now: datetime) -> bool:
    """Move a number to the counter if it still waits; tells whether it did."""
    called = FLOW.after("call", "waiting", DESK)
    mine = Ticket.objects.filter(pk=ticket.pk, state="waiting")
    first_called_at = ticket.first_called_at or now
    changes = {"called_at": now, "first_called_at": first_called_at, "times_called": ticket.times_called + 1}
    return bool(mine.update(state=called, counter=counter, **changes))


def _at_counter(actor: Actor, counter_id: UUID, ticket_id: UUID) -> Ticket:
    """Return the number that stands at the counter, both locked."""
    counter = access.locked_counter(access.require(actor, *DESK), counter_id)
    ticket = access.locked_ticket(counter.commune_id, ticket_id)
    if ticket.counter_id != counter.id or ticket.state != "called":
        raise Refusal("queue.not_at_counter")
    return ticket
