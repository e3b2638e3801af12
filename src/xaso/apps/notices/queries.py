"""The only readers of messages."""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from xaso.apps.notices import access, options, rules, words
from xaso.apps.notices.flow import CALLS, FLOW, NOT_ARRIVED, WAITING
from xaso.apps.notices.models import Call, Incoming, Message
from xaso.apps.notices.rules import incoming_phone, sendable_phone, without_keys
from xaso.apps.notices.shapes import IncomingText, MessageLine
from xaso.apps.notices.wording import language_for, wording_of
from xaso.platform.actor import Actor
from xaso.platform.kept_counts import KeptCounts
from xaso.platform.kept_questions import OfficialsQuestion

MOST_GUESSING = 20
_CODE = re.compile(r"[\w.]+-\d{6}-\d{4,6}", re.ASCII)
"""What a code of a dossier looks like. Only such a text is looked for in what was sent: by trying letters one could read a person's key."""
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
        found = Q(address_blind__of=address) | Q(recipient_name__icontains=wanted.text)
        rows = rows.filter(found | Q(body__icontains=wanted.text) if _CODE.fullmatch(wanted.text) else found)
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


@dataclass(frozen=True)
class CallFilter:
    """What the address of the list of calls asks for; empty leaves a field open."""

    text: str = ""
    state: str = "waiting"


def list_calls(actor: Actor, wanted: CallFilter) -> QuerySet[Call]:
    """Return the calls that the actor may see with their tries: what waits by when it is due, what is done newest first. Two queries."""
    rows = Call.objects.filter(access.visible_to(actor)).prefetch_related("tries")
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.text:
        phone = sendable_phone(wanted.text) or wanted.text
        rows = rows.filter(Q(phone_blind__of=phone) | Q(name__icontains=wanted.text) | Q(text__icontains=wanted.text))
    return rows.order_by("due_at", "id") if wanted.state == "waiting" else rows.order_by("-created_at", "-id")


def find_call(actor: Actor, call_id: UUID) -> Call | None:
    """Return a call that the actor may see, else None. One query."""
    return Call.objects.filter(access.visible_to(actor), pk=call_id).first()


def count_calls(actor: Actor) -> dict[str, int]:
    """Return how many calls the actor may see in each state. One query."""
    counted = Call.objects.filter(access.visible_to(actor)).values_list("state").annotate(Count("id"))
    return dict.fromkeys(CALLS.states, 0) | dict(counted)


def count_due_calls(actor: Actor, now: datetime) -> int:
    """Return how many calls are due and nobody is making; a machine that dials has put its own off. One query."""
    return _DUE_CALLS.count(actor, now=now)


def _due_calls(actor: Actor, now: datetime) -> QuerySet[Call]:
    return Call.objects.filter(access.visible_to(actor), state="waiting", due_at__lte=now)


_DUE_CALLS = OfficialsQuestion(_due_calls, now=datetime)


def calls_about(commune_id: UUID, subject: str) -> list[MessageLine]:
    """Return the calls about a subject, oldest first, for a caller that has settled who may see them. One query."""
    return [_call_line(call) for call in Call.objects.filter(commune_id=commune_id, subject=subject).order_by("created_at", "id")]


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
        rows = rows.filter(
            Q(phone_blind__of=incoming_phone(wanted.text)) | Q(body__icontains=wanted.text) | Q(answer__icontains=wanted.text)
        )
    return rows.order_by("-received_at", "-id")


def count_by_fate(actor: Actor) -> dict[str, int]:
    """Return how many SMS the actor may see by what became of them. One query."""
    counted = Incoming.objects.filter(access.visible_to(actor)).values_list("fate").annotate(Count("id"))
    return dict.fromkeys(words.FATES, 0) | {fate or "waiting": count for fate, count in counted}


def guessing_phones(actor: Actor, now: datetime) -> list[tuple[str, int]]:
    """Return the phones that tried codes within a day and get no answer any more, with how many SMS of theirs were wrong. One query."""
    tried = Incoming.objects.filter(access.visible_to(actor), received_at__gt=now - timedelta(days=1), fate__in=("refused", "guessing"))
    rows = list(tried.only("phone", "phone_blind", "fate").order_by("received_at"))
    wrong = Counter(row.phone_blind for row in rows)
    silent = {row.phone_blind: row for row in rows if row.fate == "guessing"}
    found = [(row.phone, wrong[index]) for index, row in silent.items()]
    return sorted(found, key=lambda one: (-one[1], one[0]))[:MOST_GUESSING]


def waiting_keys(prefix: str) -> list[str]:
    """Return the keys that begin so, of messages that did not leave yet. One query."""
    waiting = Message.objects.filter(state__in=WAITING, idempotency_key__startswith=prefix)
    return list(waiting.values_list("idempotency_key", flat=True))


def known_keys(keys: Collection[str]) -> frozenset[str]:
    """Return those of the keys under which something was queued. One query."""
    return (
        frozenset(Message.objects.filter(idempotency_key__in=list(keys)).values_list("idempotency_key", flat=True)) if keys else frozenset()
    )


def has_incoming(commune_id: UUID) -> bool:
    """Tell whether anybody has written to the commune yet. One query."""
    return Incoming.objects.filter(commune_id=commune_id).exists()


def incoming_text(incoming_id: UUID) -> IncomingText:
    """Return an SMS for the room that answers it. Raises Incoming.DoesNotExist."""
    row = Incoming.objects.get(pk=incoming_id)
    return IncomingText(row.id, row.commune_id, row.phone, row.body, row.received_at)


def _call_line(call: Call) -> MessageLine:
    label, tone = words.CALL_STATES[call.state]
    return MessageLine("voice", call.phone, call.text, call.state, label, tone, call.created_at, call.done_at)


def _line(message: Message) -> MessageLine:
    label, tone = words.STATES[message.state]
    shown: dict[str, Any] = {name: getattr(message, name) for name in ("channel", "address", "state", "created_at", "done_at")}
    return MessageLine(label=label, tone=tone, body=without_keys(message.body), **shown)


def sms_text(template: str, language: str, params: Mapping[str, Any]) -> str:
    """Return a notice's SMS as it would leave now, word for word. Raises KeyError as `send` does."""
    wording = wording_of(template)
    return rules.sms_form(wording.sms_text(language_for(wording.sms, language), params), cast("rules.Marks", options.SMS_MARKS.value()))
