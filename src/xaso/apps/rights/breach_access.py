"""Who may report a breach, and who sees and keeps the register."""

from uuid import UUID

from django.db.models import Q

from xaso.apps.people.facade import OFFICE_ROLES
from xaso.apps.rights.breach_flow import BREACH_HANDLERS
from xaso.apps.rights.models import Breach
from xaso.kernel.errors import Refusal
from xaso.platform.actor import Actor

MAY_REPORT = frozenset(str(role) for role in OFFICE_ROLES)
NOTHING = Q(pk__in=())


def breaches_visible_to(actor: Actor) -> Q:
    """Return the breaches the actor may see: who keeps the register those of the commune, everybody else none."""
    if actor.commune_id is None or not (actor.kind == "system" or actor.holds(*BREACH_HANDLERS)):
        return NOTHING
    return Q(commune_id=actor.commune_id)


def locked_breach(actor: Actor, breach_id: UUID) -> Breach:
    """Return the breach locked until the end of the transaction. Raises Refusal `rights.not_found` when absent or hidden."""
    breach = Breach.objects.select_for_update(of=("self",)).filter(breaches_visible_to(actor), pk=breach_id).first()
    if breach is None:
        raise Refusal("rights.not_found")
    return breach
