"""Hears of appointments that the commune let go."""

from uuid import UUID

from xaso.apps.queue import facade as queue
from xaso.apps.reminders.jobs import tell_called_off
from xaso.platform.outbox import Message, listen


@listen(queue.CALLED_OFF)
def tell_holder(message: Message) -> None:
    """Queue a notice to the appointment's holder."""
    tell_called_off(UUID(message.subject.removeprefix("appointment:")), message.created_at)
