"""The clock of a data breach. Pure.

Source, as a summary of the law gives it (read 23/11/2026, not compared with the law's own text; to be confirmed): Law 91/2025/QH15,
art. 23: the authority (A05, Ministry of Public Security) is told within 72 hours of finding it, and minutes are written. Days off do not
stop it.
"""

from datetime import datetime, timedelta

SOURCE = "Luật 91/2025/QH15, điều 23"
TELL_WITHIN = timedelta(hours=72)
SOON = timedelta(hours=24)
HOUR = timedelta(hours=1)


def tell_due_at(known_at: datetime) -> datetime:
    """Return the last moment to tell the authority of what the commune learned of at `known_at`."""
    return known_at + TELL_WITHIN


def hours_between(earlier: datetime, later: datetime) -> int:
    """Return the whole hours begun between two instants, at least one."""
    return max(1, -((earlier - later) // HOUR))


def was_late(known_at: datetime, told_at: datetime) -> bool:
    """Tell whether the authority was told after its 72 hours; the last moment itself is in time."""
    return told_at > tell_due_at(known_at)
