"""Who may record, who approves, and which recordings an actor may hear."""

from uuid import UUID

from django.db.models import Q

from xaso.apps.people.facade import Role
from xaso.apps.speech.models import Recording
from xaso.kernel.errors import Refusal
from xaso.platform.actor import Actor

RECORDERS = frozenset(
    role.value for role in (Role.ADMINISTRATOR, Role.DESK, Role.CLERK, Role.CENTRE_HEAD, Role.TEAM_LEADER, Role.TEAM_MEMBER)
)
APPROVERS = frozenset(role.value for role in (Role.ADMINISTRATOR, Role.CENTRE_HEAD))


def may_record(actor: Actor) -> bool:
    """Tell whether the actor may speak sentences for the commune."""
    return actor.commune_id is not None and (actor.kind == "system" or actor.holds(*RECORDERS))


def may_approve(actor: Actor) -> bool:
    """Tell whether the actor may decide what citizens hear."""
    return actor.commune_id is not None and (actor.kind == "system" or actor.holds(*APPROVERS))


def commune_of_recorder(actor: Actor) -> UUID:
    """Return the commune for which the actor may record. Raises Refusal `speech.not_found`."""
    if actor.commune_id is None or not may_record(actor):
        raise Refusal("speech.not_found")
    return actor.commune_id


def audible_to(actor: Actor) -> Q:
    """Return the recordings that the actor may hear: everybody those that were approved, who records also those that wait."""
    approved = Q(removed_at=None, approved_at__isnull=False)
    if actor.commune_id is None or not may_record(actor):
        return approved
    return approved | Q(removed_at=None, commune_id=actor.commune_id)


def locked(actor: Actor, recording_id: UUID) -> Recording:
    """Return a recording of the actor's commune, locked. Raises Refusal `speech.not_found`."""
    commune_id = commune_of_recorder(actor)
    found = Recording.objects.select_for_update().filter(pk=recording_id, commune_id=commune_id, removed_at=None).first()
    if found is None:
        raise Refusal("speech.not_found")
    return found
