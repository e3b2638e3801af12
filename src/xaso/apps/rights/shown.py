"""Requests as pages show them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from xaso.apps.rights import words
from xaso.apps.rights.flow import OPEN
from xaso.apps.rights.models import DataRequest, RequestStep
from xaso.apps.rights.queries import next_due_at
from xaso.kernel.worktime import WorkCalendar
from xaso.platform.badges import Badge, due_badge


@dataclass(frozen=True)
class RequestShown:
    """One request: its kind and state in words, how it stands with what is due next, and its steps."""

    request: DataRequest
    kind: Any
    state: Badge
    due: Badge
    next_due_at: datetime
    is_open: bool
    responsible: str
    asked_by: str
    """Who asked for her, empty where she asked herself."""
    steps: tuple[tuple[Any, RequestStep], ...]


def request_shown(request: DataRequest, now: datetime, calendar: WorkCalendar | None = None) -> RequestShown:
    """Return a request as it is shown; its steps only where they were read with it."""
    is_open, due = request.state in OPEN, next_due_at(request)
    read = getattr(request, "_prefetched_objects_cache", {}).get("steps", ())
    return RequestShown(
        request=request,
        kind=words.KINDS[request.kind][0],
        state=Badge(*words.STATES[request.state]),
        due=due_badge(due, clock_stopped=False, now=now, calendar=calendar) if is_open else Badge(""),
        next_due_at=due,
        is_open=is_open,
        responsible=request.responsible.full_name if request.responsible_id and request.responsible else "",
        asked_by=request.guardian.full_name if request.guardian_id and request.guardian else "",
        steps=tuple((words.VERBS[step.verb], step) for step in read),
    )
