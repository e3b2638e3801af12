"""When a question stands open, and what of the counted answers may be shown: pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from xaso.kernel.worktime import VN

FACES = (5, 4, 3, 2, 1)
"""From very content to very discontent."""
CONTENT = frozenset({5, 4})
LINK_LASTS = timedelta(days=30)
MAY_CHANGE_FOR = timedelta(days=1)
SCREEN_LASTS = timedelta(hours=12)
SHOWN_FOR = timedelta(minutes=3)
LONGEST_REMARK = 1000

OPEN, CHANGEABLE, CLOSED, EXPIRED = "open", "changeable", "closed", "expired"


def standing(asked_at: datetime, answered_at: datetime | None, now: datetime) -> str:
    """Return whether the question waits, was answered and may still be changed, is closed, or waited too long."""
    if answered_at is not None:
        return CHANGEABLE if now < answered_at + MAY_CHANGE_FOR else CLOSED
    return OPEN if now < asked_at + LINK_LASTS else EXPIRED


def month_of(at: datetime) -> date:
    """Return the first day of the month in Vietnam."""
    return at.astimezone(VN).date().replace(day=1)


def last_month_shown(now: datetime) -> date:
    """Return the last month whose answers may be shown: one that has ended, and whose last answers can't be changed any more.

    A running month is never shown: whoever looked at it twice would know what the one person between had answered.
    """
    return (month_of(now - MAY_CHANGE_FOR - timedelta(hours=1)) - timedelta(days=1)).replace(day=1)


@dataclass(frozen=True)
class Share:
    """Answers of one month after one procedure; `code` is empty for those procedures taken together that have too few each."""

    month: date
    code: str
    name: str
    counts: Mapping[int, int]

    @property
    def total(self) -> int:
        """How many answered."""
        return sum(self.counts.values())

    @property
    def content(self) -> int:
        """How many of them were content or very content."""
        return sum(count for face, count in self.counts.items() if face in CONTENT)

    @property
    def percent(self) -> float:
        """The content ones in a hundred."""
        return 100 * self.content / self.total if self.total else 0.0


def shares(counted: Iterable[tuple[date, str, str, int, int]], least: int) -> list[Share]:
    """Return the rows that may be shown, the newest month first, of (month, code, name, face, count).

    A procedure with fewer than `least` answers in a month is put together with the other such ones of that month; if they are too few even
    then, they are not shown at all, nor part of any sum.
    """
    groups: dict[tuple[date, str], dict[int, int]] = defaultdict(lambda: dict.fromkeys(FACES, 0))
    names: dict[tuple[date, str], str] = {}
    for month, code, name, face, count in counted:
        groups[month, code][face] += count
        names[month, code] = name
    rows: list[Share] = []
    pooled: dict[date, dict[int, int]] = defaultdict(lambda: dict.fromkeys(FACES, 0))
    for (month, code), counts in groups.items():
        if sum(counts.values()) >= least:
            rows.append(Share(month, code, names[month, code], counts))
        else:
            for face, count in counts.items():
                pooled[month][face] += count
    rows += [Share(month, "", "", counts) for month, counts in pooled.items() if sum(counts.values()) >= least]
    return sorted(rows, key=lambda row: (-row.month.toordinal(), not row.code, row.name, row.code))
