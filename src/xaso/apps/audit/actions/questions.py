"""A person asks about an entry that concerns her; somebody else than who is asked about answers."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from xaso.apps.audit.actions.recording import record
from xaso.apps.audit.models import AuditEntry, LookQuestion
from xaso.kernel.errors import Refusal
from xaso.platform import outbox
from xaso.platform.actor import Actor

ANSWERED = "audit.question_answered"
SHORTEST = 5


def ask(actor: Actor, entry_id: UUID, words: str, *, about: Collection[str], due_on: date, now: datetime) -> UUID:
    """Write the citizen's question about an entry on one of her subjects; returns its id.

    Raises Refusal `audit.not_found` for an entry that is not about her, `audit.words_missing`, `audit.asked_already`.
    """
    entry = AuditEntry.objects.filter(pk=entry_id, commune_id=actor.commune_id, subject__in=about).first()
    if entry is None or actor.citizen_id is None or actor.commune_id is None:
        raise Refusal("audit.not_found")
    question = LookQuestion(
        commune_id=actor.commune_id, entry=entry, citizen_id=actor.citizen_id, asked_at=now, question=_said(words, 1000), due_on=due_on
    )
    try:
        with transaction.atomic():
            question.save(force_insert=True)
            record(actor, "audit.question_asked", entry.subject, {"entry": entry.id.hex, "due_on": due_on.isoformat()}, now=now)
    except IntegrityError as error:
        raise Refusal("audit.asked_already") from error
    return question.id


@transaction.atomic
def answer(actor: Actor, question_id: UUID, words: str, *, now: datetime) -> None:
    """Answer a question of the actor's commune; the person is told through the fact `audit.question_answered` on the entry's subject.

    Raises Refusal `audit.not_found`, `audit.own_look` to who is asked about, `audit.answered_already`, `audit.words_missing`.
    """
    if actor.commune_id is None:
        raise Refusal("audit.not_found")
    here = LookQuestion.objects.filter(commune_id=actor.commune_id).select_related("entry")
    question = here.select_for_update(of=("self",)).filter(pk=question_id).first()
    if question is None:
        raise Refusal("audit.not_found")
    if question.entry.actor_id is not None and question.entry.actor_id == actor.account_id:
        raise Refusal("audit.own_look")
    if question.answered_at is not None:
        raise Refusal("audit.answered_already")
    question.answer, question.answered_at = _said(words, 2000), now
    question.answered_by, question.answered_post = actor.name, actor.post_title
    question.save(update_fields=["answer", "answered_at", "answered_by", "answered_post"])
    subject = question.entry.subject
    record(actor, ANSWERED, subject, {"question": question.id.hex}, now=now)
    outbox.publish(ANSWERED, subject, {"question": question.id.hex, "citizen": str(question.citizen_id)}, now=now)


def _said(words: str, longest: int) -> str:
    said = words.strip()[:longest]
    if len(said) < SHORTEST:
        raise Refusal("audit.words_missing")
    return said
