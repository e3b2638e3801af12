"""A time limit as printed in a row, held against what the notes say."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from xaso.kernel.worktime import Term, Unit

UNITS = {"ngày làm việc": Unit.WORKING_DAY, "ngày": Unit.DAY, "giờ làm việc": Unit.HOUR, "giờ": Unit.HOUR}
ABSENT = frozenset({"", "không có thông tin"})
LONGEST = 999

Times = frozenset[tuple[int, Unit]]

_PRINTED = re.compile(r"(\d{1,4}) ?(\D+)")
_MENTION = re.compile(r"(?<![\d/.,])0*(\d{1,3})\s*(?:\([^)]{1,20}\)\s*)?(ngày làm việc|ngày|giờ làm việc|giờ)", re.IGNORECASE)
_ONLY_A_TIME = re.compile(
    r"\W*(?:thời hạn(?: giải quyết)?\s*:?\s*)?(?:không quá |trong |thời hạn |vòng )*"
    r"0*(\d{1,3})\s*(ngày làm việc|ngày)(?:,? (?:kể )?từ [^\d.;:]{1,200})?\W*",
    re.IGNORECASE,
)
_DAYS = frozenset({Unit.DAY, Unit.WORKING_DAY})


@dataclass(frozen=True, slots=True)
class TimeRead:
    """A term, or None and why: absent, words, bare, unit, contradicts, cases."""

    term: Term | None
    doubt: str = ""


def mentions(texts: Iterable[str]) -> Times:
    """Return the times that stand in running texts."""
    return frozenset((int(amount), UNITS[unit.lower()]) for text in texts for amount, unit in _MENTION.findall(text))


def read_time(printed: str, beside: str, text: str, times: Times) -> TimeRead:
    """Return the term of a row. `beside` is its note and description, `text` the description alone, `times` those of the whole cell.

    What is printed counts unless the row names a longer time, or any row the same number in the other kind of days.
    """
    if printed.lower() in ABSENT:
        return _told(text) if printed else TimeRead(None, "bare")
    found = _PRINTED.fullmatch(printed)
    if found is None:
        return TimeRead(None, "bare" if printed.isdigit() else "words")
    amount, unit = int(found[1]), UNITS.get(found[2].strip().lower())
    if unit is None or not 1 <= amount <= LONGEST:
        return TimeRead(None, "unit")
    if unit in _DAYS:
        other = Unit.DAY if unit is Unit.WORKING_DAY else Unit.WORKING_DAY
        longer = any(kind in _DAYS and length > amount for length, kind in mentions([beside]))
        if (amount, other) in times or longer:
            return TimeRead(None, "contradicts")
    return TimeRead(Term(amount, unit))


def _told(text: str) -> TimeRead:
    """Read a description that is nothing but one time."""
    found = _ONLY_A_TIME.fullmatch(text)
    if found is None or int(found[1]) < 1:
        return TimeRead(None, "absent")
    return TimeRead(Term(int(found[1]), UNITS[found[2].lower()]))
