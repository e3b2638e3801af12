"""What is done with people's requests about their data: each a transaction with its step, its entry in the record and its fact."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from xaso.apps.audit import facade as audit
from xaso.apps.people import facade as people
from xaso.apps.rights import access, rules
from xaso.apps.rights.flow import FLOW, HANDLERS
from xaso.apps.rights.models import DataRequest, RequestStep
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN
from xaso.platform import outbox
from xaso.platform.actor import Actor
from xaso.platform.counters import next_number

SHORTEST = 5
SERIES = "data_requests"
FACT = "rights.request_"
"""Facts are called after the move: `rights.request_answer`."""


def ask(actor: Actor, kind: str, words: str, *, language: str, now: datetime, citizen_id: UUID | None = None) -> DataRequest:
    """Write a citizen's request about her own data, or about those of somebody she may act for, such as her child.

    Raises Refusal `not_found`, `kind_unknown`, `words_missing`, `open_already` (all `rights.…`).
    """
    person = access.person_of(actor)
    if person is None:
        raise Refusal("rights.not_found")
    is_other = citizen_id is not None and citizen_id != person.citizen_id
    guardian_id = person.citizen_id if is_other else None
    return _write(actor, citizen_id or person.citizen_id, kind, words, now=now, language=language, guardian_id=guardian_id)


def ask_at_desk(
    actor: Actor, citizen_id: UUID, kind: str, words: str, shown_paper: str, *, now: datetime, guardian_id: UUID | None = None
) -> DataRequest:
    """Take in the request of somebody who came to the desk and showed who she is: the person, or who may act for her.

    Raises Refusal `rights.not_found`, `rights.paper_missing`, and as `ask`.
    """
    if not actor.holds(*access.TAKE_IN) or actor.kind != "staff":
        raise Refusal("rights.not_found")
    if len(shown_paper.strip()) < SHORTEST:
        raise Refusal("rights.paper_missing")
    return _write(
        actor,
        citizen_id,
        kind,
        words,
        now=now,
        guardian_id=guardian_id,
        taken_by=actor.name,
        shown_paper=shown_paper.strip()[:200],
    )


def _write(actor: Actor, citizen_id: UUID, kind: str, words: str, *, now: datetime, guardian_id: UUID | None, **facts: Any) -> DataRequest:
    citizen, speaks = people.citizen(citizen_id), people.citizen(guardian_id or citizen_id)
    if citizen is None or speaks is None or actor.commune_id is None or citizen.commune_id != actor.commune_id:
        raise Refusal("rights.not_found")
    if not people.may_act_for(speaks.id, citizen_id, on=now.astimezone(VN).date()):
        raise Refusal("rights.not_found")
    if kind not in rules.CLOCKS:
        raise Refusal("rights.kind_unknown")
    said, calendar = _said(words, 2000), people.calendar_of(actor.commune_id)
    day = now.astimezone(VN).strftime("%y%m%d")
    request = DataRequest(
        commune_id=actor.commune_id,
        citizen_id=citizen_id,
        kind=kind,
        words=said,
        name=citizen.full_name,
        phone=speaks.phone,
        email=speaks.email,
        guardian_id=guardian_id,
        state=FLOW.initials[0],
        asked_at=now,
        receipt_due_at=rules.receipt_due_at(now, calendar),
        due_at=rules.answer_due_at(kind, now, calendar),
        **facts,
    )
    try:
        with transaction.atomic():
            request.code = f"DL-{day}-{next_number(actor.commune_id, SERIES, day):04d}"
            request.save(force_insert=True)
            _trace(actor, request, "ask", "", now=now)
    except IntegrityError as error:
        raise Refusal("rights.open_already") from error
    return request


@transaction.atomic
def confirm(actor: Actor, request_id: UUID, *, responsible_id: UUID | None, by_processor: bool = False, now: datetime) -> None:
    """Tell the person that her request was received, and name who is responsible: the actor, or another handler.

    Raises Refusal `rights.not_found`, `rights.nobody_such` for who handles no requests, MoveRefused.
    """
    request = access.locked(actor, request_id)
    assert actor.commune_id is not None
    chosen = responsible_id or actor.account_id
    if chosen not in {one.account_id for one in handlers_of(actor.commune_id, now)}:
        raise Refusal("rights.nobody_such")
    request.responsible_id, request.by_processor = chosen, by_processor
    request.due_at = _due(request, is_extended=False)
    _move(actor, request, "confirm", now=now)


@transaction.atomic
def extend(actor: Actor, request_id: UUID, why: str, *, now: datetime) -> None:
    """Take the extension that the decree allows, once, before the answer is due, with a reason.

    Raises Refusal `rights.not_found`, `rights.words_missing`, `rights.too_late`, MoveRefused.
    """
    request = access.locked(actor, request_id)
    FLOW.after("extend", request.state, access.roles_on(actor, request))
    if now > request.due_at:
        raise Refusal("rights.too_late")
    request.extended_why = _said(why, 1000)
    request.first_due_at, request.due_at = request.due_at, _due(request, is_extended=True)
    _move(actor, request, "extend", now=now, note=request.extended_why)


@transaction.atomic
def answer(actor: Actor, request_id: UUID, words: str, *, now: datetime) -> None:
    """Answer what was done. Raises Refusal `rights.not_found`, `rights.words_missing`, MoveRefused."""
    _end(actor, request_id, "answer", words, now=now)


@transaction.atomic
def refuse(actor: Actor, request_id: UUID, why: str, *, now: datetime) -> None:
    """Say that it can't be done, and why. Raises as `answer`."""
    _end(actor, request_id, "refuse", why, now=now)


@transaction.atomic
def take_back(actor: Actor, request_id: UUID, *, now: datetime) -> None:
    """Let the person take her request back. Raises Refusal `rights.not_found`, MoveRefused."""
    request = access.locked(actor, request_id)
    request.ended_at = now
    _move(actor, request, "take_back", now=now)


def handlers_of(commune_id: UUID, now: datetime) -> list[people.RoleHolder]:
    """Return who handles requests in the commune today, each once. Some queries a role."""
    today = now.astimezone(VN).date()
    found = [one for role in sorted(HANDLERS) for one in people.role_holders(commune_id, role, on=today)]
    return list({one.account_id: one for one in found}.values())


def _due(request: DataRequest, *, is_extended: bool) -> datetime:
    calendar = people.calendar_of(request.commune_id)
    return rules.answer_due_at(request.kind, request.asked_at, calendar, by_processor=request.by_processor, is_extended=is_extended)


def _end(actor: Actor, request_id: UUID, verb: str, words: str, *, now: datetime) -> None:
    request = access.locked(actor, request_id)
    FLOW.after(verb, request.state, access.roles_on(actor, request))
    request.answer, request.ended_at = _said(words, 4000), now
    request.responsible_id = request.responsible_id or actor.account_id
    _move(actor, request, verb, now=now, note=request.answer)


def _move(actor: Actor, request: DataRequest, verb: str, *, now: datetime, note: str = "") -> None:
    before = request.state
    request.state = FLOW.after(verb, before, access.roles_on(actor, request))
    request.save()
    _trace(actor, request, verb, before, now=now, note=note)


def _trace(actor: Actor, request: DataRequest, verb: str, before: str, *, now: datetime, note: str = "") -> None:
    RequestStep.objects.create(
        request=request,
        verb=verb,
        from_state=before,
        to_state=request.state,
        at=now,
        actor_name=actor.name,
        post_title=actor.post_title,
        note=note,
    )
    subject = f"data_request:{request.id}"
    audit.record(actor, f"{FACT}{verb}", subject, {"code": request.code, "kind": request.kind}, now=now)
    outbox.publish(f"{FACT}{verb}", subject, {"code": request.code}, now=now)


def _said(words: str, longest: int) -> str:
    said = words.replace("\0", "").strip()[:longest]
    if len(said) < SHORTEST:
        raise Refusal("rights.words_missing")
    return said
