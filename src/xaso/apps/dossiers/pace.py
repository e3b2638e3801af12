"""Who is about to be late, told by the dossier's own pace: what is left of the term against what the remaining steps usually take. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from xaso.kernel.worktime import Pause, WorkCalendar, office_time

STAGES = ("accepted", "examining", "in_review")
"""The states in which the clock runs, in the order in which a dossier goes through them."""
ENOUGH = 5
"""With fewer finished dossiers of the procedure nobody knows what a step usually takes."""
SHARE_OF_TERM = {"accepted": 0.5, "examining": 0.75, "in_review": 0.9}
"""Without enough history: from which used part of the term on a dossier in this state is likely to be late. A choice of ours, no law."""


@dataclass(frozen=True)
class Usual:
    """How much office time a step of the procedure usually takes in this commune, from so many finished dossiers."""

    time: timedelta
    dossiers: int


@dataclass(frozen=True)
class Standing:
    """What a dossier under way looks like now, in office time: what its term has, what of it is left, how long it is in its state."""

    state: str
    term: timedelta
    left: timedelta
    in_state: timedelta


@dataclass(frozen=True)
class SoonLate:
    """Why a dossier is likely to be late. With `usual`, what the steps from here usually take; else the share of the term that is used."""

    left: timedelta
    usual: timedelta | None
    dossiers: int
    share: float
    last_step_only: bool

    @property
    def spare(self) -> timedelta:
        """How much time is left beyond what is needed; below zero when it can't be kept at the usual pace."""
        return self.left - (self.usual or timedelta())


def soon_late(standing: Standing, usual: Mapping[str, Usual]) -> SoonLate | None:
    """Return why the dossier is likely to be late, None while it is not, or when it is late already.

    With enough history of each step from here on: warned when less is left than these steps usually take, less what the present one has
    had. A step that already took longer than usual says nothing about its end any more: then, as without history, the used share of the
    term decides.
    """
    if standing.state not in STAGES or standing.left <= timedelta():
        return None
    ahead = STAGES[STAGES.index(standing.state) :]
    share = 1 - standing.left / standing.term if standing.term > timedelta() else 1.0
    known = [usual[stage] for stage in ahead if stage in usual and usual[stage].dossiers >= ENOUGH]
    if len(known) == len(ahead):
        needed = max(known[0].time - standing.in_state, timedelta()) + sum((one.time for one in known[1:]), timedelta())
        dossiers = min(one.dossiers for one in known)
        if needed > standing.left:
            return SoonLate(standing.left, needed, dossiers, share, last_step_only=len(ahead) == 1)
        if standing.in_state <= known[0].time:
            return None
    if share < SHARE_OF_TERM[standing.state]:
        return None
    return SoonLate(standing.left, None, 0, share, last_step_only=len(ahead) == 1)


def usual_of(times: Sequence[timedelta]) -> Usual:
    """Return the usual time of a step: the median, which one forgotten dossier does not move. Raises ValueError without any."""
    if not times:
        raise ValueError("no finished step")
    return Usual(timedelta(seconds=median(time.total_seconds() for time in times)), len(times))


def times_in_stages(entered: Sequence[tuple[str, datetime]], pauses: Sequence[Pause], calendar: WorkCalendar) -> dict[str, timedelta]:
    """Return the office time that a finished dossier spent in each stage. `entered` are its states and when it came into each, in order."""
    spent: dict[str, timedelta] = {}
    for (state, begun_at), (_next, ended_at) in pairwise(entered):
        if state in STAGES:
            spent[state] = spent.get(state, timedelta()) + office_time(begun_at, ended_at, calendar, pauses)
    return spent
