"""Writes calls that are to be made, and what came of each try."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from xaso.apps.audit import facade as audit
from xaso.apps.notices import access, options, rules
from xaso.apps.notices.flow import CALLS, SYSTEM
from xaso.apps.notices.models import Call, CallTry
from xaso.apps.notices.shapes import Recipient
from xaso.kernel.errors import Refusal
from xaso.kernel.text import tidy_name
from xaso.platform.actor import Actor

MACHINE = "SIP"
VERBS = {"reached": "reach", "no_answer": "miss", "wrong_number": "note_wrong_number", "later": "put_off"}
"""What an official says of a call, and the move that it makes."""


@dataclass(frozen=True)
class Tried:
    """What came of one try: the outcome, and for `later` the time that the person asked for."""

    outcome: str
    again_at: datetime | None = None
    detail: str = ""


def first_caller() -> str:
    """Return who dials first: the machine where a telephone exchange is set, else an official."""
    return "machine" if options.VOICE_WAY.value() == "sip" else "person"


@transaction.atomic
def ask_to_call(*, commune_id: UUID, recipient: Recipient, text: str, subject: str, idempotency_key: str, now: datetime) -> None:
    """Queue a call in the caller's transaction; one that waits about the same subject is replaced. The same key queues nothing again.

    A number that can't be one is left out, as `send` does.
    """
    phone = rules.sendable_phone(recipient.phone)
    if phone is None or Call.objects.filter(commune_id=commune_id, idempotency_key=idempotency_key).exists():
        return
    for older in Call.objects.select_for_update().filter(commune_id=commune_id, subject=subject, state="waiting"):
        older.state = CALLS.after("replace", older.state, SYSTEM)
        older.done_at = now
        older.save(update_fields=["state", "done_at"])
    Call.objects.create(
        commune_id=commune_id,
        name=tidy_name(recipient.name)[:200],
        phone=phone,
        language=recipient.language,
        text=text,
        subject=subject,
        idempotency_key=idempotency_key,
        by=first_caller(),
        due_at=rules.calling_time(now),
        created_at=now,
    )


@transaction.atomic
def note_call(actor: Actor, call_id: UUID, tried: Tried, *, now: datetime) -> Call:
    """Note what came of an official's call. Raises Refusal `notices.not_found`, `.call_time_wrong`, `flow.not_allowed`."""
    call = access.locked_call(actor, call_id)
    verb = VERBS.get(tried.outcome)
    if verb is None:
        raise Refusal("notices.outcome_unknown")
    if tried.outcome == "later" and (tried.again_at is None or tried.again_at <= now):
        raise Refusal("notices.call_time_wrong")
    _note(call, verb, tried, actor.roles, by=actor.name, now=now)
    audit.record(actor, "notices.called", f"call:{call.id}", {"about": call.subject, "outcome": tried.outcome}, now=now)
    return call


@transaction.atomic
def call_again(actor: Actor, call_id: UUID, *, now: datetime) -> Call:
    """Put a call that was given up, or whose number was wrong, back into the list of an official. Raises as `note_call`."""
    call = access.locked_call(actor, call_id)
    call.state = CALLS.after("call_again", call.state, actor.roles)
    call.misses, call.by, call.due_at, call.done_at = 0, "person", now, None
    call.save(update_fields=["state", "misses", "by", "due_at", "done_at"])
    audit.record(actor, "notices.call_again", f"call:{call.id}", {"about": call.subject}, now=now)
    return call


@transaction.atomic
def let_machine_call(actor: Actor, call_id: UUID, *, now: datetime) -> Call:
    """Have the machine dial now, or in the morning. Raises Refusal `notices.not_found`, `.no_exchange`, `flow.not_allowed`."""
    call = access.locked_call(actor, call_id)
    if first_caller() != "machine":
        raise Refusal("notices.no_exchange")
    call.state = CALLS.after("hand_to_machine", call.state, actor.roles)
    call.by, call.due_at = "machine", rules.calling_time(now)
    call.save(update_fields=["state", "by", "due_at"])
    audit.record(actor, "notices.handed_to_machine", f"call:{call.id}", {"about": call.subject}, now=now)
    return call


def claim_call(now: datetime) -> Call | None:
    """Take the call that a machine is to make next, for the time of a lease; None when none is due. A machine that dies lets it run out."""
    due = Call.objects.filter(state="waiting", by="machine", due_at__lte=now).order_by("due_at", "id")
    for call in due[:5]:
        mine = Call.objects.filter(pk=call.pk, state="waiting", by="machine", due_at=call.due_at)
        if mine.update(due_at=now + rules.CALL_LEASE):
            return call
    return None


@transaction.atomic
def note_machine_call(call_id: UUID, tried: Tried, *, now: datetime) -> bool:
    """Note what came of a machine's call; one that was replaced meanwhile stays so. After two misses, a wrong number or a fault an
    official calls. Tells whether the call still waited.
    """
    call = Call.objects.select_for_update().filter(pk=call_id, state="waiting").first()
    if call is None:
        return False
    if tried.outcome == "reached":
        _note(call, "reach", tried, SYSTEM, by=MACHINE, now=now)
        return True
    is_last = tried.outcome in {"wrong_number", "failed"} or call.misses + 1 >= rules.MOST_MACHINE_MISSES
    if is_last:
        call.by = "person"
    _note(call, "miss", tried, SYSTEM, by=MACHINE, now=now)
    if is_last and call.state == "waiting":
        call.due_at = rules.calling_time(now)
        call.save(update_fields=["due_at"])
    return True


def leave_to_person(call: Call, *, now: datetime) -> None:
    """Let an official make a call for which the machine has no voice."""
    Call.objects.filter(pk=call.pk, state="waiting").update(by="person", due_at=rules.calling_time(now))


def _note(call: Call, verb: str, tried: Tried, roles: frozenset[str], *, by: str, now: datetime) -> None:
    """Write a try and move its call. Misses put it off, and the last one gives it up."""
    if verb == "miss":
        call.misses += 1
        verb = "give_up" if call.misses >= rules.MOST_MISSES else "miss"
    call.state = CALLS.after(verb, call.state, roles)
    if verb == "miss":
        call.due_at = rules.calling_time(now + rules.CALL_PAUSES[call.misses - 1])
    elif verb == "put_off" and tried.again_at is not None:
        call.due_at = tried.again_at
    call.done_at = None if call.state == "waiting" else now
    call.save(update_fields=["state", "misses", "by", "due_at", "done_at"])
    CallTry.objects.create(call=call, at=now, by=by[:200], outcome=tried.outcome, detail=tried.detail[:120])
