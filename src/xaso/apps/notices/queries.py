"""The only readers of messages."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from xaso.apps.notices import access, words
from xaso.apps.notices.flow import FLOW, NOT_ARRIVED
from xaso.apps.notices.models import Incoming, Message
from xaso.apps.notices.rules import incoming_phone, sendable_phone
from xaso.apps.notices.shapes import IncomingText, MessageLine
from xaso.platform.actor import Actor
from xaso.platform.kept_counts import KeptCounts

MOST_GUESSING = 20
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


@dataclass(frozen=True)
class IncomingFilter:
    """What the address of the list of SMS to the commune asks for; empty leaves a field open."""

    text: str = ""
    fate: str = ""


def list_incoming(actor: Actor, wanted: IncomingFilter) -> QuerySet[Incoming]:
    """Return the SMS to the commune that the actor may see, newest first, not yet read."""
    rows = Incoming.objects.filter(access.visible_to(actor))
    if wanted.fate:
        rows = rows.filter(fate="" if wanted.fate == "waiting" else wanted.fate)
    if wanted.text:
        rows = rows.filter(Q(phone=incoming_phone(wanted.text)) | Q(body__icontains=wanted.text) | Q(answer__icontains=wanted.text))
    return rows.order_by("-received_at", "-id")


def count_by_fate(actor: Actor) -> dict[str, int]:
    """Return how many SMS the actor may see by what became of them. One query."""
    counted = Incoming.objects.filter(access.visible_to(actor)).values_list("fate").annotate(Count("id"))
    return dict.fromkeys(words.FATES, 0) | {fate or "waiting": count for fate, count in counted}


def guessing_phones(actor: Actor, now: datetime) -> list[tuple[str, int]]:
    """Return the phones that tried codes within a day and get no answer any more, with how many SMS of theirs were wrong. One query."""
    tried = Incoming.objects.filter(access.visible_to(actor), received_at__gt=now - timedelta(days=1), fate__in=("refused", "guessing"))
    counted = tried.values_list("phone").annotate(wrong=Count("id"), silent=Count("id", filter=Q(fate="guessing")))
    return [(phone, wrong) for phone, wrong, silent in counted.filter(silent__gt=0).order_by("-wrong", "phone")[:MOST_GUESSING]]


def has_incoming(commune_id: UUID) -> bool:
    """Tell whether anybody has written to the commune yet. One query."""
    return Incoming.objects.filter(commune_id=commune_id).exists()


def incoming_text(incoming_id: UUID) -> IncomingText:
    """Return an SMS for the room that answers it. Raises Incoming.DoesNotExist."""
    row = Incoming.objects.get(pk=incoming_id)
    return IncomingText(row.id, row.commune_id, row.phone, row.body, row.received_at)


def _line(message: Message) -> MessageLine:
    label, tone = words.STATES[message.state]
    shown: dict[str, Any] = {name: getattr(message, name) for name in ("channel", "address", "body", "state", "created_at", "done_at")}
    return MessageLine(label=label, tone=tone, **shown)
