"""Whose queue it is: the commune's of who asks. Holders of a number or an appointment prove themselves by its token."""

import hashlib
from typing import TypeVar
from uuid import UUID

from xaso.apps.people.facade import Role
from xaso.apps.queue.models import Appointment, Kiosk, ServiceCounter, ServiceGroup, Ticket
from xaso.kernel.errors import Refusal
from xaso.platform.actor import Actor

T = TypeVar("T")
FIGURE_ROLES = (Role.DESK.value, Role.CENTRE_HEAD.value, Role.LEADER.value)


def require(actor: Actor, *roles: str) -> UUID:
    """Return the commune in which the actor holds one of the roles. Raises Refusal `queue.not_found`."""
    if actor.commune_id is None or not (actor.kind == "system" or actor.holds(*roles)):
        raise Refusal("queue.not_found")
    return actor.commune_id


def commune_of(actor: Actor) -> UUID:
    """Return the commune whose pages the actor sees. Raises Refusal `queue.not_found` before the first is set up."""
    if actor.commune_id is None:
        raise Refusal("queue.not_found")
    return actor.commune_id


def locked_group(commune_id: UUID, group_id: UUID) -> ServiceGroup:
    """Return a group that has not ended, locked. Raises Refusal `queue.not_found`."""
    return _found(ServiceGroup.objects.select_for_update().filter(commune_id=commune_id, pk=group_id, ended_at=None).first())


def locked_counter(commune_id: UUID, counter_id: UUID) -> ServiceCounter:
    """Return a counter that has not ended, locked. Raises Refusal `queue.not_found`."""
    return _found(ServiceCounter.objects.select_for_update().filter(commune_id=commune_id, pk=counter_id, ended_at=None).first())


def locked_ticket(commune_id: UUID, ticket_id: UUID) -> Ticket:
    """Return a number of the commune for the desk, locked. Raises Refusal `queue.not_found`."""
    return _found(
        Ticket.objects.select_for_update(of=("self",)).select_related("group").filter(commune_id=commune_id, pk=ticket_id).first()
    )


def locked_ticket_of_bearer(commune_id: UUID, token: str) -> Ticket:
    """Return the number whose token somebody holds, locked. Raises Refusal `queue.not_found`."""
    return _found(Ticket.objects.select_for_update(of=("self",)).select_related("group").filter(commune_id=commune_id, token=token).first())


def locked_appointment(commune_id: UUID, token: str) -> Appointment:
    """Return the appointment whose token somebody holds, locked. Raises Refusal `queue.not_found`."""
    rows = Appointment.objects.select_for_update(of=("self",)).select_related("group")
    return _found(rows.filter(commune_id=commune_id, token=token).first())


def kiosk_of(commune_id: UUID, token: str) -> Kiosk:
    """Return the machine whose secret the address holds. Raises Refusal `queue.not_found`."""
    return _found(Kiosk.objects.filter(commune_id=commune_id, token_digest=digest(token), removed_at=None).first())


def digest(token: str) -> str:
    """Return what is kept of a machine's secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def _found(row: T | None) -> T:
    if row is None:
        raise Refusal("queue.not_found")
    return row
