"""Which messages an actor may see. Hidden and absent are the same answer."""

from uuid import UUID

from django.db.models import Q

from xaso.apps.notices.flow import RETRY_ROLES
from xaso.apps.notices.models import Call, Message
from xaso.kernel.errors import Refusal
from xaso.platform.actor import Actor

ROLES = RETRY_ROLES


def visible_to(actor: Actor) -> Q:
    """Return the messages of the actor's commune for the roles that look after them, none for anybody else."""
    if actor.commune_id is not None and actor.holds(*ROLES):
        return Q(commune_id=actor.commune_id)
    return Q(pk__in=())


def locked(actor: Actor, message_id: UUID) -> Message:
    """Return the message locked until the end of the transaction. Raises Refusal `notices.not_found` when absent or hidden."""
    message = Message.objects.select_for_update().filter(visible_to(actor), pk=message_id).first()
    if message is None:
        raise Refusal("notices.not_found")
    return message


def locked_call(actor: Actor, call_id: UUID) -> Call:
    """Return the call locked until the end of the transaction. Raises Refusal `notices.not_found` when absent or hidden."""
    call = Call.objects.select_for_update().filter(visible_to(actor), pk=call_id).first()
    if call is None:
        raise Refusal("notices.not_found")
    return call
