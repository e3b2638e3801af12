"""Which dossiers and drafts an actor may see, and which one may be locked for change. Hidden and absent are the same answer."""

from dataclasses import replace
from uuid import UUID

from django.db.models import Q

from xaso.apps.dossiers.flow import BEARER, OWNER
from xaso.apps.dossiers.models import Dossier, Draft
from xaso.apps.people.facade import Role
from xaso.kernel.errors import Refusal
from xaso.platform.actor import Actor

CASE_ROLES = frozenset(role.value for role in (Role.DESK, Role.CASE_OFFICER, Role.SIGNER, Role.LEADER, Role.CENTRE_HEAD, Role.CLERK))
LOOK_ROLES = frozenset({Role.CENTRE_HEAD.value, Role.LEADER.value})
"""Who answers when a person asks why somebody looked at her file."""
STATISTICS_ROLES = frozenset({Role.CENTRE_HEAD.value, Role.LEADER.value})
NOTHING = Q(pk__in=())
ARRIVAL = "arrival:"
HEADS = (Role.CENTRE_HEAD.value, Role.ADMINISTRATOR.value)
MAY_PASS_ON = (Role.CASE_OFFICER.value, *HEADS)
HELD_BY_ONE = ("examining", "supplement_asked", "in_review", "stopped")
"""States in which one officer has the case, or takes it up again."""


def subject_of(dossier_id: UUID) -> str:
    """Return the opaque name under which other rooms, traces and messages know a dossier."""
    return f"dossier:{dossier_id}"


def visible_to(actor: Actor) -> Q:
    """Return the rows the actor may see: who works on cases those of the commune, others their own and what they opened by code."""
    if actor.commune_id is None:
        return NOTHING
    here = Q(commune_id=actor.commune_id)
    if actor.kind in {"system", "token"} or actor.holds(*CASE_ROLES):
        return here
    return here & own_or_opened(actor)


def own_or_opened(actor: Actor) -> Q:
    """Return the rows the actor sees as an applicant: her own, and what she opened by its code."""
    own = Q(citizen_id=actor.citizen_id) if actor.citizen_id else NOTHING
    opened = Q(pk__in=[subject.removeprefix("dossier:") for subject in actor.granted if subject.startswith("dossier:")])
    return Q(commune_id=actor.commune_id) & (own | opened)


def heads_others(actor: Actor) -> bool:
    """Tell whether the actor may hand over the work of others."""
    return actor.kind == "staff" and actor.holds(*HEADS)


def may_pass_on(actor: Actor, account_id: UUID) -> bool:
    """Tell whether the actor may hand over an official's open work: her own as a case officer, anybody's at the head."""
    own = actor.kind == "staff" and actor.holds(Role.CASE_OFFICER.value) and actor.account_id == account_id
    return own or heads_others(actor)


def open_work(commune_id: UUID | None, account_id: UUID | None) -> Q:
    """Return the open dossiers that an official has in the commune; for None those of all officials."""
    if commune_id is None:
        return NOTHING
    whose = Q(assignee_id=account_id) if account_id else Q(assignee__isnull=False)
    return Q(commune_id=commune_id, state__in=HELD_BY_ONE) & whose


def roles_on(actor: Actor, dossier: Dossier) -> frozenset[str]:
    """Return the actor's roles with respect to this dossier: `owner` of her own, `bearer` of one opened by its code.

    Who works on cases is neither: looking a dossier up for somebody at the counter makes nobody its applicant.
    """
    if actor.holds(*CASE_ROLES):
        return actor.roles
    if actor.citizen_id is not None and actor.citizen_id == dossier.citizen_id:
        return actor.roles | {OWNER}
    return actor.roles | {BEARER} if subject_of(dossier.id) in actor.granted else actor.roles


def locked(actor: Actor, dossier_id: UUID) -> Dossier:
    """Return the dossier locked until the end of the transaction. Raises Refusal `dossiers.not_found` when absent or hidden."""
    dossier = Dossier.objects.select_for_update(of=("self",)).filter(visible_to(actor), pk=dossier_id).first()
    if dossier is None:
        raise Refusal("dossiers.not_found")
    return dossier


def bringing_in(actor: Actor, arrival_id: UUID) -> Actor:
    """Return the actor with the right to work on what a phone sent, for who proved that it is hers to bring in."""
    return replace(actor, granted=actor.granted | {f"{ARRIVAL}{arrival_id}"})


def drafts_of(actor: Actor) -> Q:
    """Return the drafts the actor may go on with: a citizen's own, those an official began at the desk, and what she brings in."""
    open_here = Q(commune_id=actor.commune_id, submitted_at=None)
    brought_in = [subject.removeprefix(ARRIVAL) for subject in actor.granted if subject.startswith(ARRIVAL)]
    brought = Q(pk__in=brought_in) if brought_in else NOTHING
    if actor.holds(Role.DESK.value) and actor.account_id:
        return open_here & (Q(author_id=actor.account_id) | brought)
    if actor.citizen_id:
        return open_here & (Q(citizen_id=actor.citizen_id) | brought)
    return open_here & brought


def locked_draft(actor: Actor, draft_id: UUID) -> Draft:
    """Return the draft locked until the end of the transaction. Raises Refusal `dossiers.draft_not_found` when absent or hidden."""
    draft = Draft.objects.select_for_update(of=("self",)).filter(drafts_of(actor), pk=draft_id).first()
    if draft is None:
        raise Refusal("dossiers.draft_not_found")
    return draft
