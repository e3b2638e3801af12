"""What is done about a data breach: each a transaction with its step, its entry in the record and, where people are told, its facts."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from xaso.apps.audit import facade as audit
from xaso.apps.people import facade as people
from xaso.apps.rights import breach_rules
from xaso.apps.rights.breach_access import MAY_REPORT, locked_breach
from xaso.apps.rights.breach_flow import BREACH_FLOW, BREACH_OPEN
from xaso.apps.rights.breach_words import facts_in_words
from xaso.apps.rights.models import Breach, BreachPerson, BreachStep
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN
from xaso.platform import outbox
from xaso.platform.actor import Actor, require_full
from xaso.platform.counters import next_number

SHORTEST = 5
SERIES = "breaches"
ACT = "rights.breach_"
"""Acts in the record are called after what was done: `rights.breach_report`."""
TELL_PERSON = "rights.breach_tell_person"


@dataclass(frozen=True)
class BreachFacts:
    """What is known of a breach. `happened_at` and `people_count` are None while nobody knows them."""

    what: str
    known_at: datetime
    happened_at: datetime | None = None
    data_kinds: str = ""
    is_sensitive: bool = False
    people_count: int | None = None
    consequences: str = ""
    measures: str = ""


@transaction.atomic
def report(actor: Actor, facts: BreachFacts, *, now: datetime) -> Breach:
    """Write down what an official noticed; from `known_at` on the 72 hours run.

    Raises Refusal `rights.not_found` for who is no official of the office, `rights.words_missing`, `rights.known_in_future`,
    `rights.happened_later`.
    """
    if actor.kind != "staff" or actor.commune_id is None or not actor.holds(*MAY_REPORT):
        raise Refusal("rights.not_found")
    _check(facts, now)
    day = now.astimezone(VN).strftime("%y%m%d")
    breach = Breach(
        commune_id=actor.commune_id,
        code=f"SC-{day}-{next_number(actor.commune_id, SERIES, day):04d}",
        state=BREACH_FLOW.initials[0],
        due_at=breach_rules.tell_due_at(facts.known_at),
        reported_by=actor.name,
        reporter_post=actor.post_title,
        noted_at=now,
        **asdict(facts),
    )
    breach.save(force_insert=True)
    _trace(actor, breach, "report", "", now=now, note=facts.what)
    return breach


@transaction.atomic
def correct(actor: Actor, breach_id: UUID, facts: BreachFacts, *, now: datetime) -> None:
    """Write what has become known since, while the breach is open; the term follows an earlier moment of knowing, never a later one.

    Raises Refusal `rights.not_found`, `rights.breach_ended`, `rights.known_later`, and as `report`.
    """
    breach = locked_breach(actor, breach_id)
    if breach.state not in BREACH_OPEN:
        raise Refusal("rights.breach_ended")
    _check(facts, now)
    if facts.known_at > breach.known_at:
        raise Refusal("rights.known_later")
    changed = [name for name, value in asdict(facts).items() if getattr(breach, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(breach, name, getattr(facts, name))
    breach.due_at = breach_rules.tell_due_at(breach.known_at)
    breach.save()
    _trace(actor, breach, "correct", breach.state, now=now, note=facts_in_words(breach, changed)[:4000])


@transaction.atomic
def tell_authority(actor: Actor, breach_id: UUID, paper: str, told_at: datetime, late_why: str, *, now: datetime) -> None:
    """Write down that the authority was told, by which paper and when; after the 72 hours also why so late.

    Raises Refusal `rights.not_found`, `rights.told_in_future`, `rights.told_before_known`, `rights.paper_number_missing`,
    `rights.late_why_missing`, `platform.confirm_first`, MoveRefused.
    """
    require_full(actor)
    breach = locked_breach(actor, breach_id)
    if told_at > now:
        raise Refusal("rights.told_in_future")
    if told_at < breach.known_at:
        raise Refusal("rights.told_before_known")
    number, why = _clean(paper, 200), _clean(late_why, 1000)
    if not number:
        raise Refusal("rights.paper_number_missing")
    if breach_rules.was_late(breach.known_at, told_at) and len(why) < SHORTEST:
        raise Refusal("rights.late_why_missing")
    breach.told_at, breach.told_on_paper, breach.late_why = told_at, number, why
    _move(actor, breach, "tell_authority", now=now, note=f"{number}. {why}".strip(". "))


@transaction.atomic
def dismiss(actor: Actor, breach_id: UUID, why: str, *, now: datetime) -> None:
    """Say that it was no breach of personal data, and why. Raises Refusal `rights.not_found`, `rights.words_missing`, MoveRefused."""
    _end(actor, breach_id, "dismiss", why, now=now)


@transaction.atomic
def close(actor: Actor, breach_id: UUID, words: str, *, now: datetime) -> None:
    """Say what was done in the end. Raises as `dismiss`."""
    _end(actor, breach_id, "close", words, now=now)


@transaction.atomic
def add_person(actor: Actor, breach_id: UUID, citizen_id: UUID, *, now: datetime) -> None:
    """Name somebody whose data the breach is about; once is enough. Raises Refusal `rights.not_found`, `rights.breach_ended`."""
    breach = locked_breach(actor, breach_id)
    citizen = people.citizen(citizen_id)
    if citizen is None or citizen.commune_id != breach.commune_id:
        raise Refusal("rights.not_found")
    if breach.state not in BREACH_OPEN:
        raise Refusal("rights.breach_ended")
    _line, is_new = BreachPerson.objects.get_or_create(breach=breach, citizen_id=citizen_id, defaults={"added_at": now})
    if is_new:
        _trace(actor, breach, "add_person", breach.state, now=now)
        audit.record(actor, f"{ACT}add_person", f"citizen:{citizen_id}", {"code": breach.code}, now=now)


@transaction.atomic
def tell_people(actor: Actor, breach_id: UUID, words: str, *, now: datetime) -> int:
    """Tell everybody named so far and not told yet, in the same words for all; returns how many.

    Raises Refusal `rights.not_found`, `rights.breach_ended`, `rights.words_missing`, `rights.nobody_to_tell`, `platform.confirm_first`.
    """
    require_full(actor)
    breach = locked_breach(actor, breach_id)
    if breach.state not in BREACH_OPEN:
        raise Refusal("rights.breach_ended")
    said = _said(words, 2000)
    waiting = list(breach.people.filter(told_at=None).order_by("added_at", "id"))
    if not waiting:
        raise Refusal("rights.nobody_to_tell")
    breach.words_to_people, breach.people_told_at = said, now
    breach.save(update_fields=["words_to_people", "people_told_at"])
    BreachPerson.objects.filter(pk__in=[one.pk for one in waiting]).update(told_at=now)
    for one in waiting:
        audit.record(actor, TELL_PERSON, f"citizen:{one.citizen_id}", {"code": breach.code}, now=now)
        outbox.publish(TELL_PERSON, f"breach:{breach.id}", {"person": str(one.pk)}, now=now)
    _trace(actor, breach, "tell_people", breach.state, now=now, note=said)
    return len(waiting)


def _check(facts: BreachFacts, now: datetime) -> None:
    if len(facts.what.strip()) < SHORTEST:
        raise Refusal("rights.words_missing")
    if facts.known_at > now:
        raise Refusal("rights.known_in_future")
    if facts.happened_at is not None and facts.happened_at > facts.known_at:
        raise Refusal("rights.happened_later")


def _end(actor: Actor, breach_id: UUID, verb: str, words: str, *, now: datetime) -> None:
    breach = locked_breach(actor, breach_id)
    BREACH_FLOW.after(verb, breach.state, actor.roles)
    breach.end_words, breach.ended_at = _said(words, 4000), now
    _move(actor, breach, verb, now=now, note=breach.end_words)


def _move(actor: Actor, breach: Breach, verb: str, *, now: datetime, note: str) -> None:
    before = breach.state
    breach.state = BREACH_FLOW.after(verb, before, actor.roles)
    breach.save()
    _trace(actor, breach, verb, before, now=now, note=note)


def _trace(actor: Actor, breach: Breach, verb: str, before: str, *, now: datetime, note: str = "") -> None:
    BreachStep.objects.create(
        breach=breach,
        verb=verb,
        from_state=before,
        to_state=breach.state,
        at=now,
        actor_name=actor.name,
        post_title=actor.post_title,
        note=note[:4000],
    )
    audit.record(actor, f"{ACT}{verb}", f"breach:{breach.id}", {"code": breach.code}, now=now)


def _clean(words: str, longest: int) -> str:
    return words.replace("\0", "").strip()[:longest]


def _said(words: str, longest: int) -> str:
    said = _clean(words, longest)
    if len(said) < SHORTEST:
        raise Refusal("rights.words_missing")
    return said
