"""What a commune's administrator sets: filing places, issuers, levels of identity, terms, the province's fees; with day and source."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from xaso.apps.audit import facade as audit
from xaso.apps.people.facade import Role
from xaso.apps.procedures import memory
from xaso.apps.procedures.actions.stamp import mark_change
from xaso.apps.procedures.models import CommuneOverride, Procedure
from xaso.apps.procedures.shapes import CHANNELS, IDENTITY_LEVELS, ISSUERS, ISSUERS_ELSEWHERE, PLACES, ProcedureVersion
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN, Unit
from xaso.platform.actor import Actor

LARGEST_FEE_VND = 100_000_000
LONGEST_TERM = 730


@dataclass(frozen=True)
class Ground:
    """From which day something holds, and by what: a decision's number and date, or where it is written."""

    valid_from: date
    decision: str = ""
    source: str = ""


@transaction.atomic
def set_filing_place(actor: Actor, code: str, channel: str, place: str, ground: Ground, *, now: datetime) -> None:
    """Set where a channel's dossiers are filed; an empty place returns to the law's.

    Raises Refusal `procedures.not_found`, `procedures.place_unknown`, `procedures.only_guided`, `procedures.ground_missing`,
    `procedures.not_allowed`.
    """
    if channel not in CHANNELS or place not in {*PLACES, ""}:
        raise Refusal("procedures.place_unknown")
    if place == "here":
        _refuse_without_questions(code, now)
    _set(actor, code, ground, {"kind": "filing_place", "channel": channel, "value": place}, now=now)


@transaction.atomic
def set_issuer(actor: Actor, code: str, issuer: str, ground: Ground, *, now: datetime) -> None:
    """Set who issues the result; an empty issuer returns to the law's. Raises as `set_filing_place`, `procedures.issuer_unknown`."""
    if issuer not in {*ISSUERS, ""}:
        raise Refusal("procedures.issuer_unknown")
    if issuer and issuer not in ISSUERS_ELSEWHERE:
        _refuse_without_questions(code, now)
    _set(actor, code, ground, {"kind": "issuer", "value": issuer}, now=now)


@transaction.atomic
def set_identity_level(actor: Actor, code: str, level: str, ground: Ground, *, now: datetime) -> None:
    """Set which level of electronic identity filing online needs, 0 for any; an empty level returns to the law's.

    Raises as `set_filing_place`, `procedures.level_unknown`.
    """
    if level not in {*IDENTITY_LEVELS, ""}:
        raise Refusal("procedures.level_unknown")
    _set(actor, code, ground, {"kind": "identity_level", "value": level}, now=now)


@dataclass(frozen=True)
class TermSet:
    """A channel's term; `amount` None says that it is unknown again. `checked_on` is the day on which somebody read it at its source."""

    channel: str
    amount: int | None
    unit: Unit
    checked_on: date


@transaction.atomic
def set_term(actor: Actor, code: str, wanted: TermSet, ground: Ground, *, now: datetime) -> None:
    """Set the term of a channel for which an imported procedure has none; what is in progress keeps the term it was taken in under.

    Raises as `set_filing_place`, also `procedures.term_wrong`, and `procedures.term_printed` where the source's own counts.
    """
    if wanted.channel not in CHANNELS or (wanted.amount is not None and not 1 <= wanted.amount <= LONGEST_TERM):
        raise Refusal("procedures.term_wrong", most=LONGEST_TERM)
    version = _in_force(code, now)
    if version.national is None or version.term(wanted.channel) is not None:
        raise Refusal("procedures.term_printed")
    value = f"{wanted.amount} {wanted.unit.value}" if wanted.amount else ""
    _set(actor, code, ground, {"kind": "term", "channel": wanted.channel, "value": value}, checked_on=wanted.checked_on, now=now)


@transaction.atomic
def set_provincial_fee(actor: Actor, code: str, fee_id: str, amount_vnd: int, ground: Ground, *, now: datetime) -> None:
    """Set what the province decided for a fee; needs the decision.

    Raises as `set_filing_place`, also `procedures.fee_unknown` and `procedures.amount_wrong`.
    """
    if not ground.decision.strip():
        raise Refusal("procedures.ground_missing")
    if not 0 <= amount_vnd <= LARGEST_FEE_VND:
        raise Refusal("procedures.amount_wrong")
    version = _in_force(code, now)
    if fee_id not in {rule.id for rule in version.fees if rule.kind == "provincial"}:
        raise Refusal("procedures.fee_unknown")
    _set(actor, code, ground, {"kind": "provincial_fee", "fee_id": fee_id, "amount_vnd": amount_vnd}, now=now)


def _set(actor: Actor, code: str, ground: Ground, what: dict[str, Any], *, now: datetime, checked_on: date | None = None) -> None:
    commune_id = _commune_of_administrator(actor)
    if not ground.decision.strip() and not ground.source.strip():
        raise Refusal("procedures.ground_missing")
    procedure = Procedure.objects.filter(code=code).first()
    if procedure is None:
        raise Refusal("procedures.not_found")
    CommuneOverride.objects.create(
        commune_id=commune_id,
        procedure=procedure,
        valid_from=ground.valid_from,
        decision=ground.decision.strip()[:200],
        source=ground.source.strip()[:300],
        checked_on=checked_on,
        set_at=now,
        set_by_id=actor.account_id,
        **what,
    )
    mark_change()
    detail = {**what, "valid_from": ground.valid_from.isoformat(), "decision": ground.decision, "source": ground.source}
    audit.record(actor, f"procedures.{what['kind']}_set", f"procedure:{code}", detail, now=now)


def _commune_of_administrator(actor: Actor) -> UUID:
    if actor.commune_id is None or (actor.kind != "system" and not actor.holds(Role.ADMINISTRATOR.value)):
        raise Refusal("procedures.not_allowed")
    return actor.commune_id


def _refuse_without_questions(code: str, now: datetime) -> None:
    """Refuse to file or issue here what the catalogue only guides: it has no questions, no series of numbers and nobody who signs."""
    version = memory.snapshot().current(code, now.astimezone(VN).date())
    if version is not None and not version.has_form():
        raise Refusal("procedures.only_guided")


def _in_force(code: str, now: datetime) -> ProcedureVersion:
    found = memory.snapshot().current(code, now.astimezone(VN).date())
    if found is None:
        raise Refusal("procedures.not_found")
    return found
