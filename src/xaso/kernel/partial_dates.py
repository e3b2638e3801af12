"""Dates of which only the year, or year and month, may be known: "1952", "11/1952", "05/11/1952"."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from xaso.kernel.errors import Refusal

EARLIEST_YEAR, LATEST_YEAR = 1800, 2200

_WRITTEN = re.compile(r"(?:(?:(\d{1,2})\s*[/.\-]\s*)?(\d{1,2})\s*[/.\-]\s*)?(\d{4})", re.ASCII)
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True)
class PartialDate:
    """A date that may lack its day, or day and month. Raises ValueError for a day that no calendar has."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if not EARLIEST_YEAR <= self.year <= LATEST_YEAR:
            raise ValueError(f"no year of ours: {self.year}")
        if self.month is None and self.day is not None:
            raise ValueError("a day needs its month")
        if self.month is not None:
            date(self.year, self.month, 1 if self.day is None else self.day)

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read what people and papers write; 00 stands for an unknown part ("00/00/1952").

        Raises Refusal `date.malformed` for what is no date, `date.impossible` for a day that no calendar has (30/02/2026, 05/00/1952).
        """
        found = _WRITTEN.fullmatch(text.strip())
        if found is None:
            raise Refusal("date.malformed", text=text)
        day, month, year = found.groups(default="0")
        return cls._of_parts(text, int(year), int(month), int(day))

    @classmethod
    def from_iso(cls, text: str) -> "PartialDate":
        """Read the form that is stored: "1952", "1952-11" or "1952-11-05". Raises Refusal as `parse` does."""
        found = _ISO.fullmatch(text)
        if found is None:
            raise Refusal("date.malformed", text=text)
        year, month, day = found.groups()
        if month == "00" or day == "00":
            raise Refusal("date.impossible", text=text)
        return cls._of_parts(text, int(year), int(month or 0), int(day or 0))

    @classmethod
    def of(cls, day: date) -> "PartialDate":
        """Return a full date as a partial one."""
        return cls(day.year, day.month, day.day)

    @property
    def iso(self) -> str:
        """The form that is stored; it sorts as text."""
        return "-".join((f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part is not None)))

    @property
    def earliest(self) -> date:
        """The first day that it may be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day that it may be."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def __str__(self) -> str:
        """Return the way it is written in Vietnam: "1952", "11/1952", "05/11/1952"."""
        return "/".join((*(f"{part:02}" for part in (self.day, self.month) if part is not None), f"{self.year:04}"))

    @classmethod
    def _of_parts(cls, text: str, year: int, month: int, day: int) -> "PartialDate":
        try:
            return cls(year, month or None, day or None)
        except ValueError as impossible:
            raise Refusal("date.impossible", text=text) from impossible
