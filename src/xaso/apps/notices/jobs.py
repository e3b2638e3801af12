"""Delivers what waits: the worker calls `deliver_due` in each of its rounds."""

from collections.abc import Callable
from datetime import datetime

import structlog

from xaso.apps.notices.actions.delivery import Outcome, claim, let_rest, record
from xaso.apps.notices.adapters import WaysOut, ways_out
from xaso.apps.notices.models import Message
from xaso.apps.notices.ports import EmailPort, NotTaken, SmsPort, Unavailable, Undeliverable

log = structlog.get_logger(__name__)

Carry = Callable[[Message], str]


def deliver_due(now: datetime, limit: int = 20, *, ways: WaysOut | None = None) -> int:
    """Deliver at most `limit` due messages of each channel; returns how many were sent.

    No failure goes further than its message. A way out that is closed costs one attempt of one message, and then the channel rests.
    """
    ways = ways or ways_out()
    sms = _deliver_channel("sms", _carry_sms(ways.sms), now, limit) if ways.sms else 0
    email = _deliver_channel("email", _carry_email(ways.email), now, limit) if ways.email else 0
    return sms + email


def _deliver_channel(channel: str, carry: Carry, now: datetime, limit: int) -> int:
    sent = 0
    for _turn in range(limit):
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
