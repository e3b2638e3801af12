"""The only readers of the queue."""

from xaso.apps.queue.queries.line import (
    Standing,
    appointment_of,
    at_counter,
    expected_at,
    held_for,
    next_for,
    standing,
    ticket_of,
    waiting_for,
)
from xaso.apps.queue.queries.places import counters, find_counter, free_slots, get_counter, get_group, groups, has_appointments, kiosks
from xaso.apps.queue.queries.screen import screen

__all__ = [
    "Standing",
    "appointment_of",
    "at_counter",
    "counters",
    "expected_at",
    "find_counter",
    "free_slots",
    "get_counter",
    "get_group",
    "groups",
    "has_appointments",
    "held_for",
    "kiosks",
    "next_for",
    "screen",
    "standing",
    "ticket_of",
    "waiting_for",
]
