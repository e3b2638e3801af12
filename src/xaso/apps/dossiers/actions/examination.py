"""The case officer's work: taking a case, asking for what is missing, stopping and resuming."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from xaso.apps.dossiers import access, rules
from xaso.apps.dossiers.actions import clock
from xaso.apps.dossiers.actions.moves import move
from xaso.apps.dossiers.actions.slips import issue_slip
from xaso.apps.dossiers.flow import WORK
from xaso.apps.dossiers.models import Dossier, SupplementRequest
from xaso.kernel.errors import Refusal
from xaso.platform.actor import Actor


@transaction.atomic
def take(actor: Actor, dossier_id: UUID, *, now: datetime) -> Dossier:
    """Begin to examine an accepted dossier; an officer becomes its assignee, a program does not."""
    dossier = access.locked(actor, dossier_id)
    move(actor, dossier, WORK, "take", now=now)
    dossier.assignee_id = actor.account_id if actor.kind == "staff" else None
    dossier.save()
    return dossier


@transaction.atomic
def ask_for_more(actor: Actor, dossier_id: UUID, items: Sequence[dict[str, str]], *, now: datetime) -> Dossier:
    """Ask for everything that is missing, once; issues form 02 and stops the clock. `items` are {"paper", "text"}.

    A dossier that another system must receive is not filed yet: asking completes it, without a form and as often as need be.
    Raises Refusal `dossiers.nothing_asked` or `dossiers.asked_already`. Source: Circular 03/2025/TT-VPCP, form 02: all gaps at once.
    """
    asked = [item for item in items if item.get("paper") or item.get("text", "").strip()]
    if not asked:
        raise Refusal("dossiers.nothing_asked")
    dossier = access.locked(actor, dossier_id)
    by_form = dossier.state not in rules.HELD
    if by_form and SupplementRequest.objects.filter(dossier=dossier, by_form=True).exists():
        raise Refusal("dossiers.asked_already")
    move(actor, dossier, WORK, "ask_for_more", now=now, data={"items": asked})
    SupplementRequest.objects.create(dossier=dossier, items=asked, by_form=by_form, asked_at=now, asked_by=actor.name)
    clock.refresh(dossier, "supplement", now=now)
    dossier.save()
    if by_form:
        issue_slip(actor, dossier, "02", {"items": asked}, now=now)
    return dossier


@transaction.atomic
def stop(actor: Actor, dossier_id: UUID, reason: str, legal_ground: str, *, now: datetime) -> Dossier:
    """Stop a case that can't go on, with reason and ground; the clock stands, form 05 is issued.

    Raises Refusal `dossiers.reason_missing`, `dossiers.stop_ground_missing`. Source: Circular 03/2025/TT-VPCP, form 05.
    """
    if not legal_ground.strip():
        raise Refusal("dossiers.reason_missing" if not reason.strip() else "dossiers.stop_ground_missing")
    return _end_with_reason(actor, dossier_id, "stop", reason, legal_ground.strip(), now)


@transaction.atomic
def resume(actor: Actor, dossier_id: UUID, *, now: datetime) -> Dossier:
    """Take a stopped case up again where it stood: the clock runs on; one stopped at intake waits for acceptance again."""
    dossier = access.locked(actor, dossier_id)
    move(actor, dossier, WORK, "resume", now=now)
    dossier.ended_at = None
    clock.refresh(dossier, "", now=now)
    dossier.save()
    return dossier


@transaction.atomic
def withdraw(actor: Actor, dossier_id: UUID, reason: str, *, now: datetime) -> Dossier:
    """Withdraw the application: by the applicant or at the desk in the applicant's name, until it is signed; issues form 05.

    What another system must receive and has not got yet ends without a form.
    """
    return _end_with_reason(actor, dossier_id, "withdraw", reason, "", now)


def _end_with_reason(actor: Actor, dossier_id: UUID, verb: str, reason: str, legal_ground: str, now: datetime) -> Dossier:
    if not reason.strip():
        raise Refusal("dossiers.reason_missing")
    dossier = access.locked(actor, dossier_id)
    before = dossier.state
    move(actor, dossier, WORK, verb, now=now, note=reason, data={"legal_ground": legal_ground} if legal_ground else None)
    clock.refresh(dossier, verb, now=now)
    dossier.ended_at = now
    dossier.save()
    if before not in rules.HELD:
        facts = {"verb": verb, "before": before, "reason": reason.strip(), "legal_ground": legal_ground}
        issue_slip(actor, dossier, "05", facts, now=now)
    return dossier
