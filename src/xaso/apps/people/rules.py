"""Who must have a second factor, how long a request to start anew stays open, and which PINs are too easily guessed. Pure."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import pairwise

from xaso.apps.people.roles import OFFICE_ROLES

RECOVERY_STAYS_OPEN = timedelta(days=3)
PIN_DIGITS_AT_LEAST, PIN_DIGITS_AT_MOST = 6, 12
PIN_TRIES = 5
LONGEST_REPEATED = 3
FEWEST_DIFFERENT = 3
DAY_SHAPES = {6: ("%d%m%y", "%y%m%d"), 8: ("%d%m%Y", "%Y%m%d")}


def needs_second_factor(roles: Iterable[str]) -> bool:
    """Tell whether who holds these roles signs, administers or sees sensitive data: each role of the office does one of the three.

    Members of village teams see no dossier and no citizen. A role held for another counts like one's own.
    """
    return not OFFICE_ROLES.isdisjoint(roles)


def is_recovery_open(asked_at: datetime, now: datetime) -> bool:
    """Tell whether a request for recovery may still be confirmed."""
    return now - asked_at < RECOVERY_STAYS_OPEN


def is_pin_guessable(pin: str, known_numbers: Iterable[str] = ()) -> bool:
    """Tell whether a PIN of digits is among what people try first: few digits, a run, a pattern, a day, part of a known number."""
    if not PIN_DIGITS_AT_LEAST <= len(pin) <= PIN_DIGITS_AT_MOST or len(set(pin)) < FEWEST_DIFFERENT:
        return True
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    repeats = any(pin == (pin[:length] * len(pin))[: len(pin)] for length in range(1, LONGEST_REPEATED + 1))
    return steps in ({1}, {9}) or repeats or _is_day(pin) or any(pin in number for number in known_numbers)


def _is_day(pin: str) -> bool:
    for shape in DAY_SHAPES.get(len(pin), ()):
        with suppress(ValueError):
            datetime.strptime(pin, shape)  # noqa: DTZ007 - only asks whether there is such a day
            return True
    return False


def may_open_by_pin(began_at: datetime, misses: int, *, days: int, now: datetime) -> bool:
    """Tell whether a PIN still opens a session begun in full at `began_at`: not after `days`, nor after PIN_TRIES wrong ones."""
    return misses < PIN_TRIES and now - began_at < timedelta(days=days)


def is_left_alone(active_at: datetime, now: datetime, *, minutes: int) -> bool:
    """Tell whether nobody has used a session for so long that its computer locks; never with 0 minutes."""
    return minutes > 0 and now - active_at >= timedelta(minutes=minutes)


def as_username(typed: str) -> str:
    """Return the user name that was meant: nobody's has capitals or blanks around it, or is longer than 60."""
    return typed.strip().lower()[:60]
