"""Row ids that sort by the time of their making."""

import secrets
import threading
import time
from uuid import UUID

_COUNTER_BITS = 42
_tick_lock = threading.Lock()
_last_tick = (0, 0)


def uuid7() -> UUID:
    """Return a row id that sorts by the time of its making: UUID version 7, RFC 9562.

    Milliseconds, then a 42-bit counter that begins at random in each millisecond (section 6.2, method 1), then 32 random bits.
    Within a process each is greater than the one before, also when the machine's clock is set back.
    """
    milliseconds, counter = _next_tick(time.time_ns() // 1_000_000)
    high, low = counter >> 30, counter & (1 << 30) - 1
    return UUID(int=milliseconds << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low << 32 | secrets.randbits(32))


def _next_tick(now: int) -> tuple[int, int]:
    """Return milliseconds and counter, greater than those of the last call in this process."""
    global _last_tick  # noqa: PLW0603 - the one place that remembers; the lock guards it
    with _tick_lock:
        milliseconds, counter = _last_tick
        if now > milliseconds:
            # The highest bit begins as 0, so that the counter has room to grow.
            _last_tick = now, secrets.randbits(_COUNTER_BITS - 1)
        elif counter + 1 < 1 << _COUNTER_BITS:
            _last_tick = milliseconds, counter + 1
        else:
            _last_tick = milliseconds + 1, 0
        return _last_tick
