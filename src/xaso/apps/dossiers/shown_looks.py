"""Who looked, in plain words: for the person whom it concerns and for who answers her."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy

from xaso.apps.audit.facade import LIST_TAKEN, Question, Trace
from xaso.apps.dossiers.actions import looking
from xaso.apps.dossiers.actions.searching import FOUND
from xaso.apps.dossiers.looking_rules import PURPOSES
from xaso.platform.acts import act_in_words
from xaso.platform.sheets import sheets

WHO = {
    "token": gettext_lazy("Phần mềm %(name)s"),
    "system": gettext_lazy("Hệ thống của xã tự làm"),
    "citizen": gettext_lazy("%(name)s, người làm giúp"),
    "anonymous": gettext_lazy("Người có mã hồ sơ"),
}


@dataclass(frozen=True)
class Look:
    """One line of “who looked”: whose act, in which post, what, about which dossier, what for; and the question with its answer."""

    id: UUID
    at: datetime
    who: str
    post: str
    what: str
    code: str
    purpose: str
    question: Question | None
    may_ask: bool


def looks(traces: Iterable[Trace], questions: Mapping[UUID, Question], own_account: UUID | None) -> list[Look]:
    """Return the acts of others as lines, in the order given; what the person did herself is left out."""
    return [look_shown(trace, questions.get(trace.id)) for trace in traces if trace.actor_id is None or trace.actor_id != own_account]


def look_shown(trace: Trace, question: Question | None = None) -> Look:
    """Return one act in words."""
    return Look(
        id=trace.id,
        at=trace.at,
        who=str(WHO[trace.actor_kind]) % {"name": trace.actor_name} if trace.actor_kind in WHO else trace.actor_name,
        post=trace.post_title,
        what=_what(trace),
        code=str(trace.detail.get("code", "")) if trace.subject.startswith("dossier:") else "",
        purpose=_purpose(trace.detail),
        question=question,
        may_ask=question is None and trace.actor_kind in {"staff", "token", "citizen"},
    )


def _what(trace: Trace) -> str:
    said = act_in_words(trace.verb)
    if trace.verb == LIST_TAKEN and (taken := sheets.find(str(trace.detail.get("list", "")))):
        return f"{said}: {taken.title}"
    name = trace.detail.get("name")
    return f"{said}: {name}" if name and trace.verb == looking.FILE_OPENED else said


def _purpose(detail: Mapping[str, Any]) -> str:
    purpose = PURPOSES.get(str(detail.get("purpose", "")))
    if purpose is None:
        return ""
    said = str(detail.get("words", ""))
    return f"{purpose}: {said}" if said else str(purpose)


@dataclass(frozen=True)
class Beside:
    """How often a person looked at dossiers that were not her work: `unexplained` of them without ever saying what for."""

    who: str
    post: str
    looks: int
    unexplained: int
    codes: tuple[str, ...]


def beside_their_work(traces: Iterable[Trace]) -> list[Beside]:
    """Return who looked at what was not her work, the most unexplained first. Traces are looks beside work and uncoverings."""
    looked: dict[tuple[str, str], set[str]] = {}
    explained: set[tuple[str, str, str]] = set()
    for trace in traces:
        person, code = (trace.actor_name, trace.post_title), str(trace.detail.get("code", ""))
        if trace.verb in {looking.UNCOVERED, FOUND}:
            explained.add((*person, code))
        else:
            looked.setdefault(person, set()).add(code)
    found = [
        Beside(who, post, len(codes), sum((who, post, code) not in explained for code in codes), tuple(sorted(codes)))
        for (who, post), codes in looked.items()
    ]
    return sorted(found, key=lambda one: (-one.unexplained, -one.looks, one.who))
