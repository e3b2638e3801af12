"""Hears the facts that rooms let out of the house, and notes them for the programs that want them."""

from uuid import UUID

from xaso.apps.webhooks.actions.deliveries import note_fact
from xaso.platform.outbox import Message, listen_where
from xaso.platform.registries import outside_events


@listen_where(lambda topic: outside_events.find(topic) is not None)
def tell_programs_outside(message: Message) -> None:
    """Note the fact, in the shape that its room declared for strangers."""
    event = outside_events.find(message.topic)
    commune_id = message.payload.get("commune_id")
    if event is not None and commune_id:
        note_fact(message, UUID(commune_id), event.shape(message.subject, message.payload))
