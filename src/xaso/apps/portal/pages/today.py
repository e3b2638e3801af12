"""`/can-bo/`: what waits for an official today, collected from every room; `/can-bo/tim/`: the search over all rooms."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from xaso.apps.people import facade as people
from xaso.kernel.worktime import VN, WorkCalendar
from xaso.platform import clock
from xaso.platform.actor import Actor
from xaso.platform.badges import due_badge, plainly
from xaso.platform.calendar import day_off_name
from xaso.platform.guard import actor_of, to_sign_in
from xaso.platform.registries import WorkItem, searches, soon_late, work

HITS_A_ROOM = 20
SOON_ON_TOP = 5
"""How many of what is about to be late stand above the work list; the rest by `?loc=sap-tre`."""


@dataclass(frozen=True)
class Today:
    """The work list of one person, counted by urgency."""

    items: list[WorkItem]
    late: list[WorkItem]
    due_today: list[WorkItem]
    finished_this_week: int


class WorkLine(NamedTuple):
    """A thing that waits, as a line of the table; `due` is tone, text and icon."""

    url: str
    key: str
    title: str
    detail: str
    stage: tuple[str, str]
    due: tuple[str, str, str]


class SoonLine(NamedTuple):
    """A thing that is about to be late, as a line of the table: why, who has it, and what can be done now."""

    item: WorkLine
    why: str
    holder: str
    act: str
    act_url: str


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """Show what is about to be late and the work list, the soonest due first; `?loc=` narrows it to one of these lists."""
    actor = actor_of(request)
    if actor.kind == "anonymous":
        return to_sign_in(request)
    if actor.kind != "staff":
        raise Http404
    now = clock.now()
    list_ = work_of(actor, now)
    only = request.GET.get("loc", "")
    soon = [one for source in soon_late for one in source.soon(actor, now)]
    calendar = people.calendar_of(actor.commune_id) if actor.commune_id else None
    shown = [] if only in {"qua-han", "hom-nay"} else soon if only == "sap-tre" else soon[:SOON_ON_TOP]
    context = {
        "today": list_,
        "lines": [_line(item, now, calendar) for item in narrowed(list_, only)],
        "only": only,
        "soon": [SoonLine(_line(one.item, now, calendar), one.why, one.holder, str(one.act), one.act_url) for one in shown],
        "soon_number": len(soon),
        "tomorrow_off": day_off_name(now.astimezone(VN).date() + timedelta(days=1)),
    }
    return render(request, "portal/today.html", context)


def _line(item: WorkItem, now: datetime, calendar: WorkCalendar | None) -> WorkLine:
    due = due_badge(item.due_at, clock_stopped=item.clock_stopped, now=now, calendar=calendar)
    return WorkLine(item.url, item.key, item.title, item.detail, (item.stage_tone, str(item.stage)), plainly(due))


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Show what the rooms found for an official's words."""
    actor = actor_of(request)
    if actor.kind == "anonymous":
        return to_sign_in(request)
    if actor.kind != "staff":
        raise Http404
    text = request.GET.get("q", "").strip()[:100]
    groups = [(source.label, source.find(actor, text, HITS_A_ROOM)) for source in searches] if text else []
    return render(request, "portal/search.html", {"text": text, "groups": [group for group in groups if group[1]]})


def narrowed(today: Today, only: str) -> list[WorkItem]:
    """Return what is late, what is due today, or all."""
    return {"qua-han": today.late, "hom-nay": today.due_today}.get(only, today.items)


def work_of(actor: Actor, now: datetime) -> Today:
    """Collect what waits for the actor from all rooms, what has a due date first."""
    items = [item for source in work for item in source.waiting(actor, now)]
    items.sort(key=lambda item: (item.due_at is None, item.due_at or now))
    running = [item for item in items if item.due_at and not item.clock_stopped]
    end_of_today = datetime.combine(now.astimezone(VN).date() + timedelta(days=1), time.min, tzinfo=VN)
    return Today(
        items=items,
        late=[item for item in running if item.due_at and item.due_at < now],
        due_today=[item for item in running if item.due_at and now <= item.due_at < end_of_today],
        finished_this_week=sum(source.finished_since(actor, start_of_week(now)) for source in work),
    )


def start_of_week(now: datetime) -> datetime:
    """Return the beginning of Monday in Vietnam."""
    day = now.astimezone(VN).date()
    return datetime.combine(day - timedelta(days=day.weekday()), time.min, tzinfo=VN)
