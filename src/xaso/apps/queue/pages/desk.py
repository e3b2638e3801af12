"""`/goi-so/`: the desk calls numbers at a counter, holds, passes on, gives numbers to those who stand before it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from xaso.apps.people.facade import Role
from xaso.apps.queue import access, queries, rules, words
from xaso.apps.queue.actions import appointments, calling, tickets
from xaso.apps.queue.models import ServiceCounter, Ticket
from xaso.apps.queue.pages import polled
from xaso.apps.queue.pages.phone import uuid_in
from xaso.kernel.errors import Refusal
from xaso.platform import clock
from xaso.platform.actor import Actor
from xaso.platform.errors import words_for
from xaso.platform.guard import actor_of, for_roles

for_desk = for_roles(Role.DESK.value)
AT_COUNTER: dict[str, Callable[..., Ticket]] = {
    "recall": calling.recall,
    "serve": calling.serve,
    "hold": calling.hold,
    "call_this": calling.call_this,
}
ANYWHERE: dict[str, Callable[..., Ticket]] = {"bring_back": calling.bring_back, "drop": calling.drop}


@require_GET
@for_desk
def choose(request: HttpRequest) -> HttpResponse:
    """Show the counters: where does the clerk sit today?"""
    commune_id = access.commune_of(actor_of(request))
    now = clock.now()
    rows = [(counter, queries.at_counter(counter, now), len(queries.waiting_for(counter, now))) for counter in queries.counters(commune_id)]
    return render(request, "queue/desk_choose.html", {"rows": rows})


@never_cache
@require_GET
@for_desk
def show(request: HttpRequest, counter_id: UUID) -> HttpResponse:
    """Show who is at the counter, who waits, who is held, who is to come at a time she chose."""
    actor = actor_of(request)
    counter = _counter(actor, counter_id)
    return render(request, "queue/desk.html", _context(counter))


@require_GET
@for_desk
def status(request: HttpRequest, counter_id: UUID) -> HttpResponse:
    """Say whether anything at the counter changed."""
    return polled.answer(request, {"stamp": _context(_counter(actor_of(request), counter_id))["stamp"]})


@require_POST
@for_desk
def call(request: HttpRequest, counter_id: UUID) -> HttpResponse:
    """Call the next; who was at the counter is done, if the form says so."""
    actor = actor_of(request)
    _counter(actor, counter_id)
    done = uuid_in(request, "done") if request.POST.get("done") else None
    try:
        calling.call_next(actor, counter_id, done=done, now=clock.now())
    except Refusal as refusal:
        messages.info(request, words_for(refusal))
    return HttpResponseRedirect(f"/goi-so/{counter_id}/")


@require_POST
@for_desk
def act(request: HttpRequest, counter_id: UUID, verb: str) -> HttpResponse:
    """Do something with one number."""
    actor, now = actor_of(request), clock.now()
    _counter(actor, counter_id)
    ticket_id = uuid_in(request, "ticket")
    try:
        if verb in AT_COUNTER:
            AT_COUNTER[verb](actor, counter_id, ticket_id, now=now)
        elif verb in ANYWHERE:
            ANYWHERE[verb](actor, ticket_id, now=now)
        elif verb == "transfer":
            moved = calling.transfer(actor, counter_id, ticket_id, uuid_in(request, "group"), now=now)
            messages.success(request, _("Đã chuyển số %(label)s sang “%(group)s”.") % {"label": moved.label, "group": moved.group.name})
        elif verb == "let_go_first":
            calling.let_go_first(actor, ticket_id, first=bool(request.POST.get("first")), now=now)
        else:
            raise Http404
    except Refusal as refusal:
        if refusal.code == "queue.not_found":
            raise Http404 from refusal
        messages.error(request, words_for(refusal))
    return HttpResponseRedirect(f"/goi-so/{counter_id}/")


@require_POST
@for_desk
def give(request: HttpRequest, counter_id: UUID) -> HttpResponse:
    """Give a number to who stands at the desk, or that of an appointment by its code."""
    actor, now = actor_of(request), clock.now()
    _counter(actor, counter_id)
    try:
        if request.POST.get("code"):
            ticket = appointments.arrive_by_code(actor, request.POST["code"][:20], now=now)
        else:
            first = bool(request.POST.get("priority"))
            ticket = tickets.take_at_desk(actor, uuid_in(request, "group"), key=uuid_in(request, "key"), priority=first, now=now)
    except Refusal as refusal:
        messages.error(request, words_for(refusal))
    else:
        messages.success(request, _("Số của người vừa đến: %(label)s.") % {"label": ticket.label})
    return HttpResponseRedirect(f"/goi-so/{counter_id}/")


def _counter(actor: Actor, counter_id: UUID) -> ServiceCounter:
    found = queries.find_counter(access.commune_of(actor), counter_id)
    if found is None:
        raise Http404
    return found


def _context(counter: ServiceCounter) -> dict[str, Any]:
    now = clock.now()
    present = queries.at_counter(counter, now)
    waiting, held = queries.waiting_for(counter, now), queries.held_for(counter, now)
    expected = queries.expected_at(counter, now)
    groups = queries.groups(counter.commune_id)
    return {
        "counter": counter,
        "present": present,
        "waiting": [_row(ticket) for ticket in waiting],
        "held": [_row(ticket) for ticket in held],
        "expected": [(one, now >= one.starts_at - rules.ARRIVE_BEFORE) for one in expected],
        "groups": groups,
        "others": [group for group in groups if present and group.id != present.group_id],
        "key": uuid4(),
        "stamp": polled.stamp(
            present and (present.id, present.times_called),
            [(ticket.id, ticket.priority) for ticket in waiting],
            [one.id for one in held],
            [(one.id, one.starts_at) for one in expected],
        ),
    }


def _row(ticket: Ticket) -> dict[str, Any]:
    return {"ticket": ticket, "source": words.SOURCES[ticket.source]}
