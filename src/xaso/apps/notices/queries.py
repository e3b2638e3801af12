"""The only readers of messages."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from xaso.apps.notices import access, words
from xaso.apps.notices.flow import FLOW, NOT_ARRIVED
from xaso.apps.notices.models import Message
from xaso.apps.notices.rules import sendable_phone
from xaso.apps.notices.shapes import MessageLine
from xaso.platform.actor import Actor
from xaso.platform.kept_counts import KeptCounts

_LOOKED_AFTER = KeptCounts(Message, not_arrived=Q(state__in=NOT_ARRIVED))


@dataclass(frozen=True)
class MessageFilter:
    """What the address of the list asks for; empty leaves a field open."""

    text: str = ""
    state: str = ""
    channel: str = ""


def list_messages(actor: Actor, wanted: MessageFilter) -> QuerySet[Message]:
    """Return the messages that the actor may see, newest first, not yet read."""
    rows = Message.objects.filter(access.visible_to(actor))
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.channel:
        rows = rows.filter(channel=wanted.channel)
    if wanted.text:
        address = sendable_phone(wanted.text) or wanted.text
        rows = rows.filter(Q(address__iexact=address) | Q(recipient_name__icontains=wanted.text) | Q(body__icontains=wanted.text))
    return rows.order_by("-created_at", "-id")


def count_by_state(actor: Actor) -> dict[str, int]:
    """Return how many messages the actor may see in each state. One query."""
    counted = Message.objects.filter(access.visible_to(actor)).values_list("state").annotate(Count("id"))
    return dict.fromkeys(FLOW.states, 0) | dict(counted)


def count_given_up(actor: Actor) -> int:
    """Return how many messages did not arrive and wait for an official. One query."""
    if actor.commune_id is None or not actor.holds(*access.ROLES):
        return 0
    return _LOOKED_AFTER.of(actor.commune_id)["not_arrived"]


def messages_about(commune_id: UUID, subject: str) -> list[MessageLine]:
    """Return what people were told about a subject, oldest first, for a caller that has settled who may see it. One query."""
    rows = Message.objects.filter(commune_id=commune_id, subject=subject).order_by("created_at", "id")
    return [_line(message) for message in rows]


def _line(message: Message) -> MessageLine:
    label, tone = words.STATES[message.state]
    shown: dict[str, Any] = {name: getattr(message, name) for name in ("channel", "address", "body", "state", "created_at", "done_at")}
    return MessageLine(label=label, tone=tone, **shown)
