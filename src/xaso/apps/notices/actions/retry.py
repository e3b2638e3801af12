"""Puts a message that did not arrive back into the queue."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from xaso.apps.audit import facade as audit
from xaso.apps.notices import access
from xaso.apps.notices.flow import FLOW
from xaso.apps.notices.models import Message
from xaso.platform.actor import Actor


@transaction.atomic
def retry(actor: Actor, message_id: UUID, *, now: datetime) -> Message:
    """Let a message that failed, was given up or lost be delivered anew, with all its attempts; what the provider still tells is let go.

    Raises Refusal `notices.not_found`, `flow.not_allowed`.
    """
    message = access.locked(actor, message_id)
    message.state = FLOW.after("retry", message.state, actor.roles)
    message.attempts = 0
    message.next_attempt_at = now
    message.done_at = None
    message.save(update_fields=["state", "attempts", "next_attempt_at", "done_at"])
    message.parts.all().delete()
    audit.record(actor, "notices.retry", f"message:{message.id}", {"about": message.subject, "channel": message.channel}, now=now)
    return message
