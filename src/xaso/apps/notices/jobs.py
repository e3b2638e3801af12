"""Delivers what waits, notes what became of it, and takes in what people sent: the worker calls these in each of its rounds."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

import structlog

from xaso.apps.notices.actions.delivery import Outcome, claim, let_rest, record
from xaso.apps.notices.actions.incoming import forget_old, join_what_lacks_pieces, receive
from xaso.apps.notices.actions.receipts import note_receipt
from xaso.apps.notices.adapters import WaysOut, ways_out
from xaso.apps.notices.models import Message
from xaso.apps.notices.ports import EmailPort, NotTaken, SmsPort, Unavailable, Undeliverable

log = structlog.get_logger(__name__)

Carry = Callable[[Message], str]
ROUND_SECONDS = 15.0
"""After so long a slow way out leaves the rest of its messages to the next round, so that other work gets its turn."""


def deliver_due(now: datetime, limit: int = 20, *, ways: WaysOut | None = None, seconds: float = ROUND_SECONDS) -> int:
    """Deliver at most `limit` due messages of each channel, beginning none after `seconds`; returns how many were sent.

    No failure goes further than its message. A way out that is closed costs one attempt of one message, and then the channel rests.
    """
    ways = ways or ways_out()
    turns = _Turns(limit, seconds)
    sms = _deliver_channel("sms", _carry_sms(ways.sms), now, turns) if ways.sms else 0
    email = _deliver_channel("email", _carry_email(ways.email), now, turns) if ways.email else 0
    return sms + email


def note_receipts(now: datetime, *, ways: WaysOut | None = None) -> int:
    """Write down what the provider has told of messages it took over, then acknowledge it; returns how many receipts were about ours."""
    receipts = (ways or ways_out()).receipts
    if receipts is None:
        return 0
    noted = 0
    for receipt in receipts.reports():
        is_known = note_receipt(receipt, now=now)
        receipts.acknowledge(receipt, is_known=is_known)
        noted += is_known
    return noted


def take_incoming(now: datetime, *, ways: WaysOut | None = None) -> int:
    """Write down the SMS that people sent, then acknowledge them; returns how many came. One that can't be kept stays with the provider."""
    port = (ways or ways_out()).incoming
    if port is None:
        return 0
    taken = 0
    for arrived in port.arrived():
        try:
            is_kept = receive(arrived, now=now)
        except Exception:
            log.exception("incoming_not_kept")
            continue
        if is_kept:
            port.take(arrived)
            taken += 1
    return taken


def tidy_incoming(now: datetime) -> int:
    """Keep long SMS whose pieces never came whole, and forget old ones, looking a few times an hour; returns how many."""
    if not _TIDYING.is_time(now):
        return 0
    return join_what_lacks_pieces(now) + forget_old(now)


@dataclass
class _NowAndThen:
    """Tells whether it is time again."""

    every: timedelta
    last: datetime | None = None

    def is_time(self, now: datetime) -> bool:
        if self.last is not None and timedelta() <= now - self.last < self.every:
            return False
        self.last = now
        return True


_TIDYING = _NowAndThen(timedelta(minutes=15))


@dataclass(frozen=True)
class _Turns:
    """How much of a round one channel gets."""

    limit: int
    seconds: float

    def __iter__(self) -> Iterator[int]:
        end = time.monotonic() + self.seconds
        return takewhile(lambda _turn: time.monotonic() < end, range(self.limit))


def _deliver_channel(channel: str, carry: Carry, now: datetime, turns: _Turns) -> int:
    sent = 0
    for _turn in turns:
        message = claim(channel, now)
        if message is None:
            break
        outcome, is_open = _carried(message, carry)
        record(message, outcome, now=now)
        sent += outcome.verb == "succeed"
        if not is_open:
            let_rest(channel, now)
            break
    return sent


def _carried(message: Message, carry: Carry) -> tuple[Outcome, bool]:
    """Return what became of the message, and whether the way out is open for the next one."""
    try:
        return Outcome("succeed", reference=carry(message)), True
    except Undeliverable as failure:
        return Outcome("give_up", str(failure)), True
    except NotTaken as failure:
        return Outcome("miss", str(failure)), True
    except Unavailable as failure:
        log.warning("way_out_closed", channel=message.channel, message_id=str(message.id))
        return Outcome("miss", str(failure)), False
    except Exception as failure:
        log.exception("delivery_failed", channel=message.channel, message_id=str(message.id))
        return Outcome("miss", type(failure).__name__), True


def _carry_sms(port: SmsPort) -> Carry:
    return lambda message: port.send(phone=message.address, text=message.body, reference=str(message.id))


def _carry_email(port: EmailPort) -> Carry:
    return lambda message: port.send(
        name=message.recipient_name, address=message.address, title=message.title, body=message.body, reference=str(message.id)
    )
