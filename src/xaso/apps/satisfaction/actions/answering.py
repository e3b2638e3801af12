"""One tap, an optional remark, a change of mind for a day; then the answer is counted and what ties it to a person is gone.

No answer is put into the audit record: that record tells who did what, and this must not be told.
"""

from datetime import datetime
from secrets import token_hex
from uuid import UUID

from django.db import transaction
from django.db.models import F

from xaso.apps.satisfaction import access, rules
from xaso.apps.satisfaction.models import Question, Remark, Tally
from xaso.kernel.errors import Refusal
from xaso.platform.actor import Actor

MOST_AT_ONCE = 500


@transaction.atomic
def answer(actor: Actor, token: str, face: int, *, now: datetime) -> None:
    """Keep the face that was tapped; a second tap takes the first one's place. Raises Refusal `face_unknown`, `closed`, `expired`, …"""
    _keep(access.locked_by_token(actor, token), face, now)


@transaction.atomic
def answer_on_screen(actor: Actor, screen_id: UUID, question_id: UUID, face: int, *, now: datetime) -> None:
    """Keep the face that was tapped on the tablet and clear it for the next person.

    `question_id` is what the tablet showed: a tap that comes when the next person's question is up counts for nobody.
    """
    screen = access.locked_screen(actor, screen_id, now)
    if screen.question_id != question_id or screen.shown_until is None or screen.shown_until <= now:
        raise Refusal("satisfaction.not_found")
    question = Question.objects.select_for_update().get(pk=question_id)
    _keep(question, face, now)
    screen.question, screen.shown_until = None, None
    screen.save(update_fields=["question", "shown_until"])


@transaction.atomic
def add_remark(actor: Actor, token: str, remark: str, *, now: datetime) -> None:
    """Keep what the person wrote beside her face; an empty text takes it away. Raises Refusal `closed` when nothing was tapped before."""
    question = access.locked_by_token(actor, token)
    if rules.standing(question.asked_at, question.answered_at, now) != rules.CHANGEABLE:
        raise Refusal("satisfaction.closed")
    question.remark = remark.strip()[: rules.LONGEST_REMARK]
    question.save(update_fields=["remark"])


def _keep(question: Question, face: int, now: datetime) -> None:
    if face not in rules.FACES:
        raise Refusal("satisfaction.face_unknown")
    standing = rules.standing(question.asked_at, question.answered_at, now)
    if standing in {rules.CLOSED, rules.EXPIRED}:
        raise Refusal(f"satisfaction.{standing}")
    question.face = face
    question.answered_at = question.answered_at or now
    question.save(update_fields=["face", "answered_at"])


def count_closed(now: datetime) -> int:
    """Count the answers that can't be changed any more and wipe them from their questions; returns how many."""
    closed = Question.objects.filter(counted_at=None, answered_at__lte=now - rules.MAY_CHANGE_FOR)
    return sum(_count(question_id, now) for question_id in list(closed.values_list("pk", flat=True)[:MOST_AT_ONCE]))


@transaction.atomic
def _count(question_id: UUID, now: datetime) -> bool:
    question = Question.objects.select_for_update().filter(pk=question_id, counted_at=None).first()
    if question is None or question.answered_at is None or question.face is None:
        return False
    month = rules.month_of(question.answered_at)
    tally, _fresh = Tally.objects.get_or_create(
        commune_id=question.commune_id,
        month=month,
        procedure_code=question.procedure_code,
        face=question.face,
        defaults={"procedure_name": question.procedure_name},
    )
    Tally.objects.filter(pk=tally.pk).update(count=F("count") + 1, procedure_name=question.procedure_name)
    if question.remark:
        Remark.objects.create(
            id=token_hex(16), commune_id=question.commune_id, month=month, procedure_code=question.procedure_code, text=question.remark
        )
    question.face, question.remark, question.counted_at = None, "", now
    question.answered_at = datetime.combine(month, datetime.min.time(), tzinfo=now.tzinfo)
    question.save(update_fields=["face", "remark", "counted_at", "answered_at"])
    return True
