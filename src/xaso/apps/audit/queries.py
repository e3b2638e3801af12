"""Questions to the audit record."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from xaso.apps.audit.models import AuditEntry, LookQuestion
from xaso.platform.actor import Actor

FIELDS = ("at", "actor_name", "post_title", "verb", "detail", "address", "channel")


@dataclass(frozen=True)
class AuditLine:
    """One act as others see it."""

    at: datetime
    actor_name: str
    post_title: str
    verb: str
    detail: dict[str, Any]
    address: str
    channel: str


def history_of(subject: str) -> list[AuditLine]:
    """Return all acts on a subject, oldest first. One query."""
    return [AuditLine(*row) for row in AuditEntry.objects.filter(subject=subject).order_by("at", "id").values_list(*FIELDS)]


def last_acts(commune_id: UUID, verbs: Collection[str], *, limit: int | None) -> list[AuditLine]:
    """Return the commune's last acts of these kinds, newest first; all of them for None. One query."""
    entries = AuditEntry.objects.filter(commune_id=commune_id, verb__in=verbs).order_by("-at", "-id")
    return [AuditLine(*row) for row in entries.values_list(*FIELDS)[:limit]]


@dataclass(frozen=True)
class Trace:
    """One act as the person sees it whom it concerns. `actor_kind` is an `Actor`'s; `actor_id` its account, None for machines."""

    id: UUID
    at: datetime
    actor_kind: str
    actor_id: UUID | None
    actor_name: str
    post_title: str
    verb: str
    subject: str
    detail: dict[str, Any]
    channel: str


@dataclass(frozen=True)
class Question:
    """A question about an entry with its answer; `answered_at` None while it waits, until `due_on` at the latest."""

    id: UUID
    about: Trace
    asked_at: datetime
    question: str
    due_on: date
    answered_at: datetime | None
    answered_by: str
    answered_post: str
    answer: str


TRACE = ("id", "at", "actor_kind", "actor_id", "actor_name", "post_title", "verb", "subject", "detail", "channel")


def traces_of(subjects: Collection[str], *, limit: int) -> list[Trace]:
    """Return the last acts on these subjects, newest first. One query."""
    rows = AuditEntry.objects.filter(subject__in=subjects).order_by("-at", "-id")
    return [Trace(*row) for row in rows.values_list(*TRACE)[:limit]]


def last_traces(commune_id: UUID, verbs: Collection[str], *, since: datetime, limit: int) -> list[Trace]:
    """Return the commune's acts of these kinds since then, newest first. One query."""
    rows = AuditEntry.objects.filter(commune_id=commune_id, verb__in=verbs, at__gte=since).order_by("-at", "-id")
    return [Trace(*row) for row in rows.values_list(*TRACE)[:limit]]


def done_since(actor: Actor, subject: str, since: datetime) -> dict[str, datetime]:
    """Return what the actor did with the subject since then: each kind of act with its last moment. One query."""
    rows = AuditEntry.objects.filter(
        subject=subject, at__gte=since, actor_kind=actor.kind, actor_id=actor.account_id, actor_name=actor.name
    ).order_by("at")
    return dict(rows.values_list("verb", "at"))


def was_done(actor: Actor, verb: str, subject: str, detail: dict[str, Any], since: datetime) -> bool:
    """Tell whether the actor did exactly this to the subject since then. One query."""
    done = AuditEntry.objects.filter(subject=subject, verb=verb, at__gte=since, actor_kind=actor.kind, actor_id=actor.account_id)
    return any(kept == detail for kept in done.values_list("detail", flat=True))


def questions_of(citizen_id: UUID) -> list[Question]:
    """Return what a citizen asked. One query."""
    return [_question(row) for row in LookQuestion.objects.filter(citizen_id=citizen_id).select_related("entry")]


def open_questions(commune_id: UUID) -> list[Question]:
    """Return the questions of a commune that wait for an answer, the most urgent first. One query."""
    rows = LookQuestion.objects.filter(commune_id=commune_id, answered_at=None).select_related("entry").order_by("due_on", "id")
    return [_question(row) for row in rows]


def _question(row: LookQuestion) -> Question:
    about = Trace(*(getattr(row.entry, name) for name in TRACE))
    return Question(row.id, about, row.asked_at, row.question, row.due_on, row.answered_at, row.answered_by, row.answered_post, row.answer)
