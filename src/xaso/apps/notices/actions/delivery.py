"""Claims messages for delivery and writes down what became of them. The ports are called in between, outside any transaction."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from xaso.apps.notices.flow import FLOW, SYSTEM, WAITING
from xaso.apps.notices.models import Attempt, Message, Part
from xaso.apps.notices.rules import LEASE, REST_OF_CHANNEL, pause_after


@dataclass(frozen=True)
class Outcome:
    """What a port answered: `verb` is succeed, miss or give_up; `reference` holds the provider's names of what it took."""

    verb: str
    detail: str = ""
    reference: str = ""


def claim(channel: str, now: datetime) -> Message | None:
    """Take the message of the channel that has waited longest, for the time of a lease; None when none is due.

    A worker that dies while delivering lets the lease run out; then the message is tried again.
    """
    due = Message.objects.filter(channel=channel, state__in=WAITING, next_attempt_at__lte=now).order_by("next_attempt_at", "id")
    for message in due[:5]:
        mine = Message.objects.filter(pk=message.pk, state__in=WAITING, attempts=message.attempts, next_attempt_at__lte=now)
        if mine.update(attempts=F("attempts") + 1, next_attempt_at=now + LEASE):
            message.attempts += 1
            return message
    return None


@transaction.atomic
def record(claimed: Message, outcome: Outcome, *, now: datetime) -> None:
    """Write the attempt and move the message; the last miss gives it up. A message that another worker has ended stays as it is.

    One that was called off while it was on its way is gone, and nothing is written.
    """
    message = Message.objects.select_for_update().filter(pk=claimed.pk).first()
    if message is None:
        return
    pause = pause_after(claimed.attempts)
    verb = "give_up" if outcome.verb == "miss" and pause is None else outcome.verb
    detail = outcome.detail[:300]
    if message.state in WAITING:
        message.state = FLOW.after(verb, message.state, SYSTEM)
        message.next_attempt_at = now + pause if verb == "miss" and pause else None
        message.done_at = None if verb == "miss" else now
        message.last_error = detail
        message.provider_reference = outcome.reference[:200]
        message.save(update_fields=["state", "next_attempt_at", "done_at", "last_error", "provider_reference"])
        if message.channel == "sms":
            Part.objects.bulk_create(Part(message=message, reference=name[:80], taken_at=now) for name in outcome.reference.split())
    Attempt.objects.create(message=message, number=claimed.attempts, at=now, outcome=FLOW.after(verb, "queued", SYSTEM), detail=detail)


def let_rest(channel: str, now: datetime) -> None:
    """Put off what is due in a channel whose way out is closed; this uses up no attempt."""
    due = Message.objects.filter(channel=channel, state__in=WAITING, next_attempt_at__lte=now)
    due.update(next_attempt_at=now + REST_OF_CHANNEL)
