"""Which scanner is asked, and how long; told to the operator by `xaso options`."""

from functools import cache

from xaso.platform.options import Option, declare
from xaso.platform.viruses.clamd import Clamd, Place

SHORTEST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 0.5, 60


def _place(text: str) -> Place | None:
    return Place.read(text) if text.strip() else None


def _seconds(text: str) -> float:
    seconds = float(text)
    if not SHORTEST_WAIT_SECONDS <= seconds <= LONGEST_WAIT_SECONDS:
        raise ValueError(f"must be from {SHORTEST_WAIT_SECONDS:g} to {LONGEST_WAIT_SECONDS}")
    return seconds


CLAMD = declare(
    Option[Place | None](
        "XASO_CLAMD", None, _place, "path or host:port", "where ClamAV's clamd listens, which looks at each file from outside; empty: none"
    )
)
CLAMD_SECONDS = declare(
    Option[float](
        "XASO_CLAMD_SECONDS", 8, _seconds, "seconds", "how long a file waits for clamd's answer before it is taken and looked at later"
    )
)


def find_scanner() -> Clamd | None:
    """Return this process's way to the scanner; None where the operator named none."""
    place = CLAMD.value()
    return _scanner_at(place, CLAMD_SECONDS.value()) if place is not None else None


@cache
def _scanner_at(place: Place, seconds: float) -> Clamd:
    return Clamd(place, seconds)
