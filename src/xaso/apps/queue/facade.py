"""What rooms above may ask of the queue: whose time comes."""

from xaso.apps.queue.options import APPOINTMENT_DAYS
from xaso.apps.queue.queries.booked import Booked, booked_ahead, booked_between, find_appointment

__all__ = ["CALLED_OFF", "Booked", "appointment_days", "booked_ahead", "booked_between", "find_appointment"]

CALLED_OFF = "queue.appointment_called_off"
"""The commune let an appointment go, not its holder; the subject is `appointment:<id>`."""


def appointment_days() -> int:
    """Return how long after an appointment its name and number are kept."""
    return APPOINTMENT_DAYS.value()
