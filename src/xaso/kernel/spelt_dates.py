"""Days and hours written out, in figures ("ngày 05 tháng 11 năm 2026") and in words, as certificates want them. Parts may be unknown."""

import re
from dataclasses import dataclass

from xaso.kernel.errors import Refusal
from xaso.kernel.numbers import number_in_words
from xaso.kernel.partial_dates import PartialDate

_MONTHS_OF_THEIR_OWN = {4: "tư"}
_WRITTEN_HOUR = re.compile(r"(\d{1,2})\s*(?::|h|g|giờ)\s*(?:(\d{1,2})\s*(?:'|p|ph|phút)?)?", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True)
class Hour:
    """An hour of the day as people tell it; `minute` is None where nobody looked. Raises ValueError for an hour that no clock has."""

    hour: int
    minute: int | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.hour <= 23 or not 0 <= (self.minute or 0) <= 59:
            raise ValueError(f"no hour of the clock: {self.hour}:{self.minute}")

    @classmethod
    def parse(cls, text: str) -> "Hour":
        """Read "14:30", "14h30", "14g", "14 giờ 30 phút". Raises Refusal `hour.malformed`."""
        found = _WRITTEN_HOUR.fullmatch(text.strip())
        if found is None:
            raise Refusal("hour.malformed", text=text)
        try:
            return cls(int(found[1]), int(found[2]) if found[2] else None)
        except ValueError as impossible:
            raise Refusal("hour.malformed", text=text) from impossible


def date_at_length(date: PartialDate) -> str:
    """Return "ngày 05 tháng 11 năm 2026", "tháng 11 năm 1952" or "năm 1952".

    Days below 10 and the months 1 and 2 have a zero. Source: Decree 30/2020/NĐ-CP, annex I.
    """
    day = f"ngày {date.day:02} " if date.day is not None else ""
    month = f"tháng {date.month:{'02' if date.month < 3 else ''}} " if date.month is not None else ""
    return f"{day}{month}năm {date.year}"


def date_in_words(date: PartialDate) -> str:
    """Return what is known of the date in words, without a capital: "ngày năm tháng mười một năm hai nghìn không trăm hai mươi sáu"."""
    day = f"ngày {number_in_words(date.day)} " if date.day is not None else ""
    month = f"tháng {_MONTHS_OF_THEIR_OWN.get(date.month) or number_in_words(date.month)} " if date.month is not None else ""
    return f"{day}{month}năm {number_in_words(date.year)}"


def hour_at_length(hour: Hour) -> str:
    """Return "03 giờ 30 phút"; without the minutes where they are unknown."""
    return f"{hour.hour:02} giờ" + (f" {hour.minute:02} phút" if hour.minute is not None else "")


def hour_in_words(hour: Hour) -> str:
    """Return "ba giờ ba mươi phút", without a capital."""
    return f"{number_in_words(hour.hour)} giờ" + (f" {number_in_words(hour.minute)} phút" if hour.minute is not None else "")
