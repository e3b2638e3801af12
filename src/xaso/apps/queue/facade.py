"""What rooms above may ask of the queue: whose time comes."""

from xaso.apps.queue.options import APPOINTMENT_DAYS
from xaso.apps.queue.queries.booked import Booked, booked_between

__all__ = ["Booked", "appointment_days", "booked_between"]


def appointment_days() -> int:
    """Return how long after an appointment its name and number are kept."""
    return APPOINTMENT_DAYS.value()
