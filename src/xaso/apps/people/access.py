"""Which people an actor may see, and who may change what. Hidden and absent are the same answer."""

from uuid import UUID

from django.db.models import Q

from xaso.apps.people.roles import OFFICE_ROLES, Role
from xaso.kernel.errors import Refusal
from xaso.platform.actor import Actor, require_full

NOTHING = Q(pk__in=())
TEAM_ROLES = (Role.TEAM_LEADER.value, Role.TEAM_MEMBER.value)


def citizens_visible_to(actor: Actor) -> Q:
    """Return the citizens an actor may see: officials all of the commune, a citizen herself and those she may act for."""
    if actor.commune_id is None:
        return NOTHING
    here = Q(commune_id=actor.commune_id)
    if actor.kind == "system" or actor.holds(*OFFICE_ROLES):
        return here
    if actor.citizen_id is None:
        return NOTHING
    return here & (Q(pk=actor.citizen_id) | Q(mandates_given__representative_id=actor.citizen_id))


def require(actor: Actor, *roles: Role) -> UUID:
    """Return the commune in which the actor may act: as the system or by one of the roles. Raises Refusal `people.not_allowed`."""
    if actor.commune_id is None or (actor.kind != "system" and not actor.holds(*(role.value for role in roles))):
        raise Refusal("people.not_allowed")
    return actor.commune_id


def require_in_full(actor: Actor, *roles: Role) -> UUID:
    """Return the same for an act that a PIN is no proof for. Raises Refusal `people.not_allowed`, `platform.confirm_first`."""
    commune_id = require(actor, *roles)
    require_full(actor)
    return commune_id
