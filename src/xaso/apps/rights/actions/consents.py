"""Writes down what people agree to and what they withdraw, with who said it, to which text, and how."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import get_language

from xaso.apps.audit import facade as audit
from xaso.apps.people import facade as people
from xaso.apps.rights import access, consent_rules
from xaso.apps.rights.models import Consent
from xaso.apps.rights.options import CHILD_UNTIL_YEARS
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN
from xaso.platform.actor import Actor
from xaso.platform.personal_data import ConsentPurpose, consent_purposes

GIVEN, WITHDRAWN = "rights.consent_given", "rights.consent_withdrawn"
SHORTEST_EVIDENCE = 5


@transaction.atomic
def say(actor: Actor, citizen_id: UUID, purpose: str, *, agrees: bool, child_agrees: bool = False, now: datetime) -> Consent:
    """Write a citizen's word about her own data, or as a guardian about a child's that she may act for.

    Raises Refusal `rights.not_found`, `rights.guardian_needed` to a child, `rights.child_asked_too`.
    """
    person = access.person_of(actor)
    if person is None or not people.may_act_for(person.citizen_id, citizen_id, on=now.astimezone(VN).date()):
        raise Refusal("rights.not_found")
    guardian_id = person.citizen_id if citizen_id != person.citizen_id else None
    return _write(actor, citizen_id, purpose, agrees, said_by=actor.name, guardian_id=guardian_id, child_agrees=child_agrees, now=now)


@transaction.atomic
def take_down(
    actor: Actor,
    citizen_id: UUID,
    purpose: str,
    *,
    agrees: bool,
    evidence: str,
    guardian_id: UUID | None = None,
    child_agrees: bool = False,
    now: datetime,
) -> Consent:
    """Write down at the desk what a person said there, with the paper that proves it.

    Raises Refusal `rights.not_found`, `rights.evidence_missing`, `rights.no_guardian`, `rights.guardian_needed`, `rights.child_asked_too`.
    """
    if actor.kind != "staff" or not actor.holds(*access.TAKE_IN):
        raise Refusal("rights.not_found")
    proof = evidence.replace("\0", "").strip()[:300]
    if len(proof) < SHORTEST_EVIDENCE:
        raise Refusal("rights.evidence_missing")
    guardian = people.citizen(guardian_id) if guardian_id else None
    if guardian_id and (guardian is None or not people.may_act_for(guardian_id, citizen_id, on=now.astimezone(VN).date())):
        raise Refusal("rights.no_guardian")
    said_by = guardian.full_name if guardian else ""
    return _write(
        actor,
        citizen_id,
        purpose,
        agrees,
        said_by=said_by,
        guardian_id=guardian_id,
        child_agrees=child_agrees,
        helped_by=actor.name,
        evidence=proof,
        now=now,
    )


def _write(actor: Actor, citizen_id: UUID, purpose: str, agrees: bool, *, said_by: str, now: datetime, **facts: Any) -> Consent:
    citizen, asked = people.citizen(citizen_id), consent_purposes.find(purpose)
    if citizen is None or asked is None or actor.commune_id is None or citizen.commune_id != actor.commune_id:
        raise Refusal("rights.not_found")
    guardian_id = facts["guardian_id"]
    if agrees and guardian_id is None and is_child(citizen, now):
        raise Refusal("rights.guardian_needed")
    if agrees and guardian_id and not facts["child_agrees"] and must_ask_child(citizen, asked, now):
        raise Refusal("rights.child_asked_too")
    word = Consent.objects.create(
        commune_id=actor.commune_id,
        citizen_id=citizen_id,
        purpose=purpose,
        version=asked.version,
        is_given=agrees,
        text=str(asked.text),
        language=(get_language() or "vi")[:5],
        said_by=said_by or citizen.full_name,
        at=now,
        **facts,
    )
    verb = GIVEN if agrees else WITHDRAWN
    audit.record(actor, verb, f"citizen:{citizen_id}", {"consent": purpose, "version": asked.version}, now=now)
    return word


def must_ask_child(citizen: people.Citizen, asked: ConsentPurpose, now: datetime) -> bool:
    """Tell whether the child itself must agree beside its guardian."""
    return consent_rules.must_child_agree(citizen.birth, asked.publishes, now.astimezone(VN).date())


def is_child(citizen: people.Citizen, now: datetime) -> bool:
    """Tell whether a guardian gives consent for the person."""
    return consent_rules.needs_guardian(citizen.birth, CHILD_UNTIL_YEARS.value(), now.astimezone(VN).date())
