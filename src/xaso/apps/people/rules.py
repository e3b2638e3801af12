"""Who must have a second factor, and how long a request to start anew stays open. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from xaso.apps.people.roles import OFFICE_ROLES

RECOVERY_STAYS_OPEN = timedelta(days=3)


def needs_second_factor(roles: Iterable[str]) -> bool:
    """Tell whether who holds these roles signs, administers or sees sensitive data: each role of the office does one of the three.

    Members of village teams see no dossier and no citizen. A role held for another counts like one's own.
    """
    return not OFFICE_ROLES.isdisjoint(roles)


def is_recovery_open(asked_at: datetime, now: datetime) -> bool:
    """Tell whether a request for recovery may still be confirmed."""
    return now - asked_at < RECOVERY_STAYS_OPEN
