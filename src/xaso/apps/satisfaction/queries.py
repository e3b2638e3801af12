"""The only readers of questions, screens and counts."""

from datetime import date, datetime
from uuid import UUID

from xaso.apps.satisfaction import access, rules
from xaso.apps.satisfaction.models import AskingScreen, Question, Remark, Tally
from xaso.apps.satisfaction.options import LEAST_ANSWERS
from xaso.kernel.errors import Refusal
from xaso.platform.actor import Actor

ADDRESS = "/y-kien/"
MOST_REMARKS = 200


def get_question(actor: Actor, token: str) -> Question:
    """Return the question behind a link. Raises Refusal `satisfaction.not_found`. One query."""
    question = Question.objects.filter(commune_id=access.here(actor), token=token).first()
    if question is None:
        raise Refusal("satisfaction.not_found")
    return question


def find_link(subject: str, now: datetime) -> str:
    """Return the path at which the question about a subject is answered; empty when there is none to answer. One query."""
    question = Question.objects.filter(subject=subject).first()
    if question is None or rules.standing(question.asked_at, question.answered_at, now) in {rules.CLOSED, rules.EXPIRED}:
        return ""
    return f"{ADDRESS}{question.token}/"


def may_be_asked(subject: str, now: datetime) -> bool:
    """Tell whether the desk may have the question shown on its tablet: not once it is answered. One query."""
    question = Question.objects.filter(subject=subject).first()
    return question is not None and rules.standing(question.asked_at, question.answered_at, now) == rules.OPEN


def screen_of(actor: Actor, screen_id: UUID, now: datetime) -> AskingScreen | None:
    """Return an open screen with the question it shows, None when it is not open any more. One query."""
    lasting = AskingScreen.objects.filter(opened_at__gt=now - rules.SCREEN_LASTS).select_related("question")
    return lasting.filter(pk=screen_id, commune_id=access.here(actor)).first()


def list_shares(actor: Actor, now: datetime) -> list[rules.Share]:
    """Return what may be shown of all months that have ended, the newest first. One query."""
    counted = Tally.objects.filter(access.counts_visible_to(actor), month__lte=rules.last_month_shown(now))
    rows = counted.values_list("month", "procedure_code", "procedure_name", "face", "count")
    return rules.shares(rows, LEAST_ANSWERS.value())


def list_remarks(actor: Actor, month: date, code: str) -> list[str]:
    """Return what was written in a month after a procedure, in an order that tells nothing. One query."""
    written = Remark.objects.filter(access.counts_visible_to(actor), month=month, procedure_code=code)
    return list(written.order_by("id").values_list("text", flat=True)[:MOST_REMARKS])
