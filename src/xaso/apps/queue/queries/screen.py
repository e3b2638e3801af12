"""What the screen in the waiting room shows: who is called where, who comes next."""

from datetime import datetime
from typing import Any
from uuid import UUID

from xaso.apps.queue import spoken, times, voices
from xaso.apps.queue.models import Ticket
from xaso.apps.queue.queries.line import ordered
from xaso.apps.queue.queries.places import groups
from xaso.platform.templatetags.xaso import clock

CALLS_SHOWN = 6
NEXT_SHOWN = 8


def screen(commune_id: UUID, now: datetime) -> dict[str, Any]:
    """Return plain values without anybody's name: the latest calls, newest first, with what is said of each, and those who are next.

    Four queries.
    """
    today = Ticket.objects.filter(commune_id=commune_id, day=times.local_day(now), state="called").exclude(counter=None)
    called = today.select_related("counter").order_by("-called_at")[:CALLS_SHOWN]
    following = ordered(commune_id, [group.id for group in groups(commune_id)], now)
    return {
        "calls": [_call(ticket) for ticket in called],
        "next": [ticket.label for ticket in following[:NEXT_SHOWN]],
        "waiting": len(following),
    }


def _call(ticket: Ticket) -> dict[str, Any]:
    number = ticket.counter.number if ticket.counter else 0
    said = spoken.call(ticket.letter, ticket.number, number)
    return {
        "key": f"{ticket.id}:{ticket.times_called}",
        "label": ticket.label,
        "counter": number,
        "at": clock(ticket.called_at),
        "say": voices.addresses(said),
    }
