"""When a dossier is due, now or as it was known at any moment: term, pauses, supplements and moved dates together. Pure."""

from dataclasses import dataclass
from datetime import datetime

from xaso.apps.dossiers import extending, rules
from xaso.kernel.worktime import Pause, Term, WorkCalendar


@dataclass(frozen=True)
class Stood:
    """A time in which the clock stood; `for_supplement` when papers were asked for."""

    pause: Pause
    for_supplement: bool

    def until(self, moment: datetime) -> "Stood":
        """Return the pause as it was known at the moment: without an end that was still to come."""
        is_open = self.pause.end is None or self.pause.end > moment
        return Stood(Pause(self.pause.start), self.for_supplement) if is_open else self


@dataclass(frozen=True)
class LegalClock:
    """All that decides a dossier's due date. `restarts` is the procedure's: after a supplement its term starts anew."""

    accepted_at: datetime
    term: Term | None
    calendar: WorkCalendar
    stood: tuple[Stood, ...] = ()
    moves: tuple[extending.Moved, ...] = ()
    restarts: bool = False

    def due_at(self) -> datetime | None:
        """Return the due date; None while the clock stands, without a proven term, or in a year whose days off nobody knows yet."""
        pauses = [one.pause for one in self.stood]
        supplied_at = [one.pause.end for one in self.stood if one.for_supplement and one.pause.end]
        restarted_at = max(supplied_at, default=None) if self.restarts else None
        by_term = rules.legal_due_at(self.accepted_at, self.term, self.calendar, pauses, restarted_at=restarted_at)
        return extending.due_with(by_term, self.moves, self.calendar, pauses)

    def due_as_of(self, moment: datetime) -> datetime | None:
        """Return the due date as it was known just before something happened at that moment; None also while the clock stood."""
        return LegalClock(
            self.accepted_at,
            self.term,
            self.calendar,
            tuple(one.until(moment) for one in self.stood if one.pause.start < moment),
            tuple(moved for moved in self.moves if moved.at < moment),
            self.restarts,
        ).due_at()
