"""Writes down the SMS that people send, and lets rooms answer them: at most so many, never a machine, never the same guess for ever."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Literal
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from xaso.apps.audit import facade as audit
from xaso.apps.notices import options, rules
from xaso.apps.notices.actions.queue import send
from xaso.apps.notices.models import Incoming, IncomingPart, Message
from xaso.apps.notices.ports import Arrived
from xaso.apps.notices.shapes import Recipient
from xaso.apps.people import facade as people
from xaso.platform import outbox
from xaso.platform.actor import Actor

Kind = Literal["told", "refused", "unclear"]

ARRIVED = "notices.incoming"
ANSWERED = ("told", "refused", "unclear")
SAME_WITHIN = timedelta(minutes=10)
PIECES_WAIT = timedelta(hours=1)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MISSING = "[…]"


@dataclass(frozen=True)
class Answer:
    """What a room says to an SMS: told what was asked, refused, or not understood. `subject` is what it was about, empty if nothing."""

    kind: Kind
    template: str
    params: dict[str, Any] = field(default_factory=dict)
    name: str = ""
    language: str = "vi"
    subject: str = ""


@transaction.atomic
def receive(arrived: Arrived, *, now: datetime) -> bool:
    """Keep an SMS, or a piece of one until the others are there; returns whether the provider may forget it.

    It may not before the commune is set up. What came twice is kept once and counted.
    """
    phone = rules.incoming_phone(arrived.phone)
    commune_id = _commune_for(phone)
    if commune_id is None:
        return False
    if arrived.joined is None:
        _keep(commune_id, phone, rules.incoming_text(arrived.octets, arrived.coding), arrived.key, now)
    else:
        _keep_piece(commune_id, phone, arrived, now)
    return True


def receive_text(phone: str, text: str, *, now: datetime) -> None:
    """Keep an SMS that came by no provider: the demo's people write too."""
    receive(Arrived(phone, text.encode(), "utf8"), now=now)


@transaction.atomic
def join_what_lacks_pieces(now: datetime) -> int:
    """Keep long messages whose other pieces did not come within an hour, with a mark where they lack; returns how many."""
    late = IncomingPart.objects.filter(arrived_at__lt=now - PIECES_WAIT).values_list("phone", "reference", "total").distinct()
    for phone, reference, total in list(late):
        commune_id = _commune_for(phone)
        pieces = _pieces(phone, reference, total)
        text = _joined(pieces, total)
        known = Incoming.objects.filter(phone_blind__of=phone, received_at__gt=now - PIECES_WAIT - HOUR).values_list("body", flat=True)
        if commune_id is not None and not any(text.replace(MISSING, "").strip() in body for body in known):
            _keep(commune_id, phone, text, "", now)
        pieces.delete()
    return len(late)


@transaction.atomic
def answer(incoming_id: UUID, said: Answer, *, now: datetime) -> str:
    """Answer an SMS once, unless it should stay without one; returns what became of it.

    No answer goes to what is no telephone, to a text of ours that came back, to the second text of a day that nobody understands, to who
    tries codes, and beyond the limits of an hour.
    """
    incoming = Incoming.objects.select_for_update().get(pk=incoming_id)
    if incoming.fate:
        return incoming.fate
    incoming.fate, incoming.fate_at, incoming.subject = _fate(incoming, said.kind), now, said.subject
    if incoming.fate in ANSWERED:
        incoming.answer = _send(incoming, said, now)
    incoming.save(update_fields=["fate", "fate_at", "subject", "answer"])
    return incoming.fate


def forget_old(now: datetime) -> int:
    """Delete SMS that were kept long enough; returns how many."""
    return Incoming.objects.filter(received_at__lt=now - timedelta(days=options.INCOMING_DAYS.value())).delete()[0]


def _commune_for(phone: str) -> UUID | None:
    """Return the commune that last wrote to the number, else the only or first one; None before there is any."""
    last = (
        Message.objects.filter(channel="sms", address_blind__of=phone).order_by("-created_at").values_list("commune_id", flat=True).first()
    )
    if last is not None:
        return last
    first = people.the_commune()
    return first.id if first else None


def _keep(commune_id: UUID, phone: str, body: str, key: str, now: datetime) -> None:
    """Write one whole SMS and tell that it came. The same words of the same phone within minutes are one SMS."""
    same = Incoming.objects.filter(commune_id=commune_id, phone_blind__of=phone)
    same = same.filter(key=_digest(key)) if key else same.filter(body=body, last_at__gt=now - SAME_WITHIN)
    known = same.select_for_update().order_by("-received_at").first()
    if known is not None:
        known.repeats, known.last_at = known.repeats + 1, now
        known.save(update_fields=["repeats", "last_at"])
        return
    incoming = Incoming(commune_id=commune_id, phone=phone, body=body, received_at=now, last_at=now)
    incoming.key = _digest(key or f"{phone}\n{body}\n{now.isoformat()}")
    incoming.save(force_insert=True)
    outbox.publish(ARRIVED, f"incoming:{incoming.id}", {"commune_id": str(commune_id)}, now=now)


def _digest(key: str) -> str:
    return sha256(key.encode()).hexdigest()


def _keep_piece(commune_id: UUID, phone: str, arrived: Arrived, now: datetime) -> None:
    assert arrived.joined is not None
    reference, total, number = arrived.joined
    IncomingPart.objects.get_or_create(
        phone=phone,
        reference=reference,
        total=total,
        number=number,
        defaults={"coding": arrived.coding, "octets": arrived.octets, "arrived_at": now},
    )
    pieces = _pieces(phone, reference, total)
    if len(pieces) == total:
        _keep(commune_id, phone, _joined(pieces, total), "", now)
        pieces.delete()


def _pieces(phone: str, reference: int, total: int) -> QuerySet[IncomingPart]:
    return IncomingPart.objects.filter(phone=phone, reference=reference, total=total).order_by("number")


def _joined(pieces: Iterable[IncomingPart], total: int) -> str:
    """Return the text of the pieces. Their octets are joined first: a character may be cut in two."""
    by_number = {piece.number: piece for piece in pieces}
    coding = next(iter(by_number.values())).coding
    if len(by_number) == total:
        return rules.incoming_text(b"".join(bytes(by_number[number].octets) for number in sorted(by_number)), coding)
    shown = [rules.incoming_text(bytes(by_number[n].octets), coding) if n in by_number else MISSING for n in range(1, total + 1)]
    return " ".join(shown)[: rules.LONGEST_INCOMING]


def _fate(incoming: Incoming, kind: Kind) -> str:
    """Return whether the SMS is answered as the room wants, and if not, why not."""
    here = Incoming.objects.filter(commune_id=incoming.commune_id)
    own = here.filter(phone_blind__of=incoming.phone)
    at = incoming.received_at
    if rules.sendable_phone(incoming.phone) is None or _is_echo(incoming):
        return "silent"
    if kind == "unclear" and own.filter(fate="unclear", received_at__gt=at - DAY).exists():
        return "silent"
    if kind == "refused":
        refused = own.filter(fate__in=("refused", "guessing"), received_at__gt=at - DAY).count()
        if refused >= options.WRONG_CODES_A_DAY.value():
            _note_guessing(incoming, refused, at)
            return "guessing"
        if here.filter(fate="refused", received_at__gt=at - HOUR).count() >= options.REFUSALS_AN_HOUR.value():
            return "limited"
    answered = own.filter(fate__in=ANSWERED, received_at__gt=at - HOUR).count()
    in_all = here.filter(fate__in=ANSWERED, received_at__gt=at - HOUR).count()
    is_too_much = answered >= options.ANSWERS_AN_HOUR.value() or in_all >= options.ANSWERS_IN_ALL.value()
    return "limited" if is_too_much else kind


def _is_echo(incoming: Incoming) -> bool:
    sent = Message.objects.filter(channel="sms", address_blind__of=incoming.phone, created_at__gt=incoming.received_at - DAY)
    return any(rules.is_echo(incoming.body, body) for body in sent.order_by("-created_at").values_list("body", flat=True)[:10])


def _note_guessing(incoming: Incoming, refused: int, at: datetime) -> None:
    """Write the first silence of a day into the record; the list shows the number itself."""
    if refused == options.WRONG_CODES_A_DAY.value():
        actor = Actor.system(incoming.commune_id, "notices")
        audit.record(actor, "notices.guessing_stopped", f"incoming:{incoming.id}", {"wrong": refused}, now=at)


def _send(incoming: Incoming, said: Answer, now: datetime) -> str:
    """Queue the answer and return its text."""
    key = f"incoming:{incoming.id}"
    send(
        commune_id=incoming.commune_id,
        recipient=Recipient(name=said.name, phone=incoming.phone, language=said.language),
        template=said.template,
        params=said.params,
        subject=said.subject or key,
        idempotency_key=key,
        now=now,
    )
    return Message.objects.get(commune_id=incoming.commune_id, idempotency_key=key, channel="sms").body
