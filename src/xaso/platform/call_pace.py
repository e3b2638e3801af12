"""Holds back a program that calls the API too often: each token may make so many calls a minute, all of them at once if it likes.

Counted in the memory of each web process, because a row written for every call would cost more than most calls do: with two web processes
a token may get up to twice as much.
"""

import math
import time
from threading import Lock

from xaso.kernel.errors import Refusal
from xaso.platform.options import Option, declare

MOST_TOKENS = 1000
_SECONDS = 60


def _calls(text: str) -> int:
    if not text.isdecimal():
        raise ValueError("must be a whole number; 0 for no limit")
    return int(text)


CALLS_A_MINUTE = declare(
    Option(
        "XASO_API_CALLS_A_MINUTE",
        1200,
        _calls,
        "calls a minute",
        "how often one token may call the API, counted by each web process for itself; 0: as often as it likes",
    )
)


class Allowances:
    """What each key may still do: an allowance of `limit` that grows back evenly within a minute."""

    def __init__(self) -> None:
        self._left: dict[str, tuple[float, float]] = {}
        self._lock = Lock()

    def take(self, key: str, *, limit: int, at_seconds: float) -> None:
        """Count one call at a moment of a steady clock. Raises Refusal `platform.too_many_calls` with `seconds` to wait."""
        rate = limit / _SECONDS
        with self._lock:
            left, since = self._left.get(key, (float(limit), at_seconds))
            left = min(float(limit), left + (at_seconds - since) * rate)
            if left < 1:
                self._left[key] = (left, at_seconds)
                raise Refusal("platform.too_many_calls", seconds=math.ceil((1 - left) / rate))
            if len(self._left) >= MOST_TOKENS:
                self._left.clear()
            self._left[key] = (left - 1, at_seconds)


_allowances = Allowances()


def count_call(token_id: str) -> None:
    """Count a call that a token made. Raises Refusal `platform.too_many_calls`."""
    limit = CALLS_A_MINUTE.value()
    if limit:
        _allowances.take(token_id, limit=limit, at_seconds=time.monotonic())
