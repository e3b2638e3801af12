"""Who vouches for what came from a phone: the person herself by signing in, or the desk by the paper that she shows. Then it is filed."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from xaso.apps.audit import facade as audit
from xaso.apps.dossiers import access
from xaso.apps.dossiers.actions import drafts
from xaso.apps.dossiers.actions.arrivals import applicant_for, claim, locked
from xaso.apps.dossiers.models import Arrival, Dossier, Draft
from xaso.apps.dossiers.shapes import Applicant
from xaso.kernel.errors import Refusal
from xaso.platform.actor import Actor

BY_SIGN_IN, BY_DESK = "sign_in", "desk"


@transaction.atomic
def confirm_as_person(actor: Actor, arrival_id: UUID, *, as_own: bool, now: datetime) -> Dossier | None:
    """Vouch for an item by signing in: it becomes her draft and, when nothing is wrong with it, is filed. Twice is once.

    Returns None for a draft that she has to look at. Raises Refusal `dossiers.not_found`, or `dossiers.anothers` when it names somebody
    for whom she may not act.
    """
    filed = _filed(actor, arrival_id)
    if filed is not None:
        return filed
    arrival, draft = locked(actor, arrival_id)
    if actor.citizen_id is None or (arrival.confirmed_at is not None and draft.citizen_id != actor.citizen_id):
        raise Refusal("dossiers.not_found")
    if arrival.confirmed_at is None:
        applicant = applicant_for(actor, Applicant.from_json(draft.applicant), as_own=as_own, now=now)
        if applicant is None:
            raise Refusal("dossiers.anothers")
        _vouch(actor, arrival, draft, applicant, {"how": BY_SIGN_IN, "as_own": as_own}, now)
    if arrival.faults:
        return None
    try:
        return drafts.submit(access.bringing_in(actor, arrival_id), arrival_id, language=arrival.language, now=now)
    except Refusal:
        return None


@transaction.atomic
def confirm_at_desk(actor: Actor, arrival_id: UUID, shown: Applicant, paper: str, *, now: datetime) -> Dossier:
    """Vouch for an item by the paper that the person showed, and file it: name and number on it take the place of what was typed.

    Twice is once. Raises Refusal `dossiers.not_found`, `dossiers.paper_not_compared`, `dossiers.not_complete` and what `submit` raises;
    then nothing changed.
    """
    filed = _filed(actor, arrival_id)
    if filed is not None:
        return filed
    arrival, draft = locked(actor, arrival_id)
    if arrival.confirmed_at is not None:
        raise Refusal("dossiers.not_found")
    if not (shown.name and shown.personal_number and paper.strip()):
        raise Refusal("dossiers.paper_not_compared")
    if arrival.faults:
        raise Refusal("dossiers.not_complete")
    typed = Applicant.from_json(draft.applicant)
    applicant = replace(
        typed,
        name=shown.name,
        personal_number=shown.personal_number,
        phone=typed.phone or shown.phone,
        address=typed.address or shown.address,
        village_id=shown.village_id,
        citizen_id=shown.citizen_id,
    )
    _vouch(actor, arrival, draft, applicant, {"how": BY_DESK, "paper": paper.strip()[:200]}, now)
    return drafts.submit(access.bringing_in(actor, arrival_id), arrival_id, language=arrival.language, now=now)


def _vouch(actor: Actor, arrival: Arrival, draft: Draft, applicant: Applicant, told: dict[str, object], now: datetime) -> None:
    claim(arrival, draft, applicant, str(told["how"]), now)
    arrival.save()
    draft.save()
    audit.record(actor, "dossiers.confirm_person", access.subject_of(draft.id), dict(told), now=now)


def _filed(actor: Actor, arrival_id: UUID) -> Dossier | None:
    return Dossier.objects.filter(access.visible_to(actor), pk=arrival_id).first()
