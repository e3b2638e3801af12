"""What this room asks of the outside: to carry one signed body to one address."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol


@dataclass(frozen=True)
class Parcel:
    """One attempt: where to, with which headers, what."""

    url: str
    headers: dict[str, str]
    body: str


@dataclass(frozen=True)
class Answer:
    """What came of it: the receiver's status, or None and the kind of problem. `wish` is how long the receiver asked us to wait."""

    status: int | None
    problem: str = ""
    wish: timedelta = timedelta()
    milliseconds: int = 0


class Carrier(Protocol):
    """Carries a parcel."""

    def carry(self, parcel: Parcel) -> Answer:
        """Carry it within the carrier's time limit and return what came of it. Never raises."""
