"""Whose data an actor may ask for, which requests she may see, and who answers for the commune."""

from uuid import UUID

from django.db.models import Q

from xaso.apps.people.facade import Role
from xaso.apps.rights.flow import HANDLERS, OWNER
from xaso.apps.rights.models import DataRequest
from xaso.kernel.errors import Refusal
from xaso.platform.actor import Actor
from xaso.platform.personal_data import Person

DESK = Role.DESK.value
TAKE_IN = HANDLERS | {DESK}
"""Who takes requests in for people who come to the desk."""
NOTHING = Q(pk__in=())


def person_of(actor: Actor) -> Person | None:
    """Return the actor as the person whose data the commune holds; None for who is no citizen here."""
    if actor.kind != "citizen" or actor.citizen_id is None or actor.commune_id is None:
        return None
    return Person(actor.commune_id, actor.citizen_id, actor.account_id)


def visible_to(actor: Actor) -> Q:
    """Return the requests the actor may see: handlers and the desk the commune's, a citizen her own and what she asked for another."""
    if actor.commune_id is None:
        return NOTHING
    if actor.kind == "system" or actor.holds(*TAKE_IN):
        return Q(commune_id=actor.commune_id)
    if actor.citizen_id is None:
        return NOTHING
    return Q(commune_id=actor.commune_id) & (Q(citizen_id=actor.citizen_id) | Q(guardian_id=actor.citizen_id))


def roles_on(actor: Actor, request: DataRequest) -> frozenset[str]:
    """Return the actor's roles with respect to this request: `owner` of her own and of what she asked for another."""
    is_hers = actor.kind == "citizen" and actor.citizen_id is not None and actor.citizen_id in {request.citizen_id, request.guardian_id}
    return actor.roles | {OWNER} if is_hers else actor.roles


def locked(actor: Actor, request_id: UUID) -> DataRequest:
    """Return the request locked until the end of the transaction. Raises Refusal `rights.not_found` when absent or hidden."""
    request = DataRequest.objects.select_for_update(of=("self",)).filter(visible_to(actor), pk=request_id).first()
    if request is None:
        raise Refusal("rights.not_found")
    return request
