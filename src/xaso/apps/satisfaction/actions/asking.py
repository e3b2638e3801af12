"""A question comes with each result; at the desk it is shown on the tablet that faces people."""

import secrets
from datetime import datetime
from uuid import UUID

from django.db import transaction

from xaso.apps.audit import facade as audit
from xaso.apps.satisfaction import access, rules
from xaso.apps.satisfaction.models import AskingScreen, Question
from xaso.kernel.errors import Refusal
from xaso.platform.actor import Actor

TOKEN_BYTES = 12
ASKED = "satisfaction"
"""The purpose under which a person may say that she wants no such questions."""


def ask(*, subject: str, commune_id: UUID, procedure_code: str, procedure_name: str, now: datetime) -> None:
    """Write the question about a result, in the caller's transaction. Given again, an unanswered one waits anew; an answered one stays."""
    question, fresh = Question.objects.select_for_update().get_or_create(
        subject=subject,
        defaults={
            "commune_id": commune_id,
            "token": secrets.token_urlsafe(TOKEN_BYTES),
            "procedure_code": procedure_code,
            "procedure_name": procedure_name[:300],
            "asked_at": now,
        },
    )
    if not fresh and question.answered_at is None:
        question.asked_at = now
        question.save(update_fields=["asked_at"])


@transaction.atomic
def open_screen(actor: Actor, *, now: datetime) -> AskingScreen:
    """Open a screen for the official's desk. Raises Refusal `satisfaction.not_found` for anybody else."""
    if not actor.holds(access.DESK) or actor.commune_id is None or actor.account_id is None:
        raise Refusal("satisfaction.not_found")
    AskingScreen.objects.filter(commune_id=actor.commune_id, opened_at__lte=now - rules.SCREEN_LASTS).delete()
    screen = AskingScreen.objects.create(commune_id=actor.commune_id, account_id=actor.account_id, opened_at=now)
    audit.record(actor, "satisfaction.open_screen", f"asking_screen:{screen.id}", {}, now=now)
    return screen


@transaction.atomic
def show_on_screens(actor: Actor, subject: str, *, now: datetime) -> None:
    """Show the question on the official's screens for SHOWN_FOR. Raises Refusal `not_found`, `closed`, `expired`, `no_screen`."""
    question = access.question_to_ask(actor, subject)
    standing = rules.standing(question.asked_at, question.answered_at, now)
    if standing in {rules.CLOSED, rules.EXPIRED}:
        raise Refusal(f"satisfaction.{standing}")
    screens = AskingScreen.objects.filter(access.screens_of(actor, now))
    if not screens.update(question=question, shown_until=now + rules.SHOWN_FOR):
        raise Refusal("satisfaction.no_screen")
