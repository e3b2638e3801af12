"""The one place where a dossier's states change: each move is checked by its flow, written as a step, traced and published together."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model

from xaso.apps.audit import facade as audit
from xaso.apps.dossiers import access
from xaso.apps.dossiers.models import Dossier, Step
from xaso.kernel.flow import Flow
from xaso.platform import outbox, rows
from xaso.platform.actor import Actor

DEPUTISED = "deputising_for"
"""In a step's data: the post in whose place the actor made the move, where she holds the role only as its deputy."""

_FIELD_OF = {"work": "state", "money": "money_state", "delivery": "delivery_state", "sync": "sync_state"}


@dataclass(frozen=True)
class Change:
    """What a move changes: which of the four flows, by which verb, from where to where."""

    flow: str
    verb: str
    before: str
    after: str


def move(
    actor: Actor, dossier: Dossier, flow: Flow, verb: str, *, now: datetime, note: str = "", data: dict[str, Any] | None = None
) -> Step:
    """Move one of the four states and write the step, the trace and the fact `dossiers.<verb>`; the caller saves the dossier.

    Raises MoveRefused when the flow does not allow it to this actor now; then nothing is written.
    """
    field = _FIELD_OF[flow.name]
    before: str = getattr(dossier, field)
    after = flow.after(verb, before, access.roles_on(actor, dossier))
    setattr(dossier, field, after)
    if in_place_of := actor.in_place_of(flow.roles_for(verb, before)):
        data = {**(data or {}), DEPUTISED: in_place_of}
    return write_step(actor, dossier, Change(flow.name, verb, before, after), now=now, note=note, data=data)


def write_step(
    actor: Actor, dossier: Dossier, change: Change, *, now: datetime, note: str = "", data: dict[str, Any] | None = None
) -> Step:
    """Write what happened to the dossier: its step, the trace and the fact, in the caller's transaction."""
    step, *others = step_rows(actor, dossier, change, now=now, note=note, data=data)
    rows.insert(step, *others)
    return step


def step_rows(
    actor: Actor, dossier: Dossier, change: Change, *, now: datetime, note: str = "", data: dict[str, Any] | None = None
) -> tuple[Step, Model, Model]:
    """Return the step, the trace and the fact of a change, for a caller that writes them together with it."""
    dossier.steps_count += 1
    step = rows.new(
        Step,
        dossier_id=dossier.id,
        number=dossier.steps_count,
        verb=change.verb,
        flow=change.flow,
        from_state=change.before,
        to_state=change.after,
        at=now,
        actor_kind=actor.kind,
        actor_id=actor.account_id,
        actor_name=actor.name,
        post_title=actor.post_title,
        note=note,
        data=data or {},
    )
    subject, topic = access.subject_of(dossier.id), f"dossiers.{change.verb}"
    trace = audit.entry(actor, topic, subject, {"code": dossier.code, "from": change.before, "to": change.after}, now=now)
    told = {"code": dossier.code, "flow": change.flow, "from": change.before, "to": change.after, "step": step.number}
    fact = outbox.message(topic, subject, {"commune_id": str(dossier.commune_id), "note": note, **told}, now=now)
    return step, trace, fact
