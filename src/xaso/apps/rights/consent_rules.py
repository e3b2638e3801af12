"""When there is consent, and who must give it. Pure.

Sources, as a summary of the law gives them (read 23/11/2026, not compared with the law's own text; to be confirmed): Law 91/2025/QH15,
art. 9: a clear act for each purpose, silence is no consent. A child from seven years on agrees together with its guardian before its
private life is made public.
"""

from dataclasses import dataclass
from datetime import date

from xaso.kernel.errors import Refusal
from xaso.kernel.partial_dates import PartialDate

ASKED_FROM_YEARS = 7
"""From this age on a child is asked itself."""


@dataclass(frozen=True)
class Word:
    """The last word of a person about a purpose."""

    is_given: bool
    version: int


def stands(last: Word | None, version: int, *, until_refused: bool = False) -> bool:
    """Tell whether there is consent to this version of the text: the last word gave it to this very text. No word is no consent.

    What is done `until_refused` stands on another ground as well: there only a no of hers counts, whichever text she said it to.
    """
    if until_refused:
        return last is None or last.is_given
    return last is not None and last.is_given and last.version == version


def must_child_agree(birth: str, publishes: bool, today: date) -> bool:
    """Tell whether a child must be asked beside its guardian; where the day of birth is not known, the older age counts."""
    if not publishes:
        return False
    oldest = _oldest_age(birth, today)
    return oldest is None or oldest >= ASKED_FROM_YEARS


def needs_guardian(birth: str, until_years: int, today: date) -> bool:
    """Tell whether a person is a child for whom a guardian speaks; of whom no birth is known is none."""
    oldest = _oldest_age(birth, today)
    return oldest is not None and oldest < until_years


def _oldest_age(birth: str, today: date) -> int | None:
    """Return how many years old a person can be at most; None where no birth is known."""
    try:
        born = PartialDate.from_iso(birth)
    except Refusal:
        return None
    month, day = born.month or 1, born.day or 1
    return today.year - born.year - ((today.month, today.day) < (month, day))
