"""`/lay-so/`: take a number by phone, see how it stands, give it up, say that one is back. No account; the address is the key."""

from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xaso.apps.queue import queries, times, words
from xaso.apps.queue.actions import tickets
from xaso.apps.queue.flow import BEARER, FLOW, OPEN
from xaso.apps.queue.models import Ticket
from xaso.apps.queue.pages import polled
from xaso.kernel.errors import Refusal
from xaso.platform import clock
from xaso.platform.cookies import cookie_name
from xaso.platform.errors import words_for
from xaso.platform.guard import actor_of

MINE = "so_cho"
MOST_KEPT = 6
DAY_SECONDS = 24 * 3600
VERBS = {
    "give_up": (tickets.give_up, gettext_lazy("Đã bỏ số. Người sau được gọi sớm hơn.")),
    "come_back": (tickets.come_back, gettext_lazy("Đã báo quay lại. Anh/chị ngồi chờ gọi, chỗ của anh/chị vẫn còn.")),
}


@never_cache
@require_http_methods(["GET", "POST"])
def take(request: HttpRequest) -> HttpResponse:
    """Show what one may queue for, and the numbers this phone holds; sent, take a number."""
    commune_id = commune_of(request)
    if request.method == "POST":
        return _take(request, commune_id)
    return _shown(request, commune_id)


def _take(request: HttpRequest, commune_id: UUID) -> HttpResponse:
    group_id, key = uuid_in(request, "group"), uuid_in(request, "key")
    mine = _mine(request, commune_id)
    if held := next((ticket for ticket in mine if ticket.group_id == group_id), None):
        messages.info(request, _("Anh/chị đang có số này rồi."))
        return HttpResponseRedirect(f"/lay-so/{held.token}/")
    try:
        ticket = tickets.take_by_phone(actor_of(request), group_id, key=key, now=clock.now())
    except Refusal as refusal:
        return _shown(request, commune_id, words_for(refusal))
    response = HttpResponseRedirect(f"/lay-so/{ticket.token}/")
    kept = ",".join([ticket.token, *(other.token for other in mine)][:MOST_KEPT])
    response.set_cookie(cookie_name(MINE), kept, max_age=DAY_SECONDS, httponly=True, samesite="Lax", secure=request.is_secure())
    return response


def _shown(request: HttpRequest, commune_id: UUID, fault: str = "") -> HttpResponse:
    context = {
        "rows": open_groups(commune_id, by_phone=True),
        "mine": [(ticket, *words.STATES[ticket.state]) for ticket in _mine(request, commune_id)],
        "appointments": queries.has_appointments(commune_id),
        "key": uuid4(),
        "fault": fault,
    }
    return render(request, "queue/take.html", context, status=422 if fault else 200)


@never_cache
@require_GET
def show_ticket(request: HttpRequest, token: str) -> HttpResponse:
    """Show how one number stands; the page asks for itself again."""
    ticket = ticket_or_404(request, token)
    return render(request, "queue/ticket.html", ticket_context(ticket))


@require_GET
def ticket_status(request: HttpRequest, token: str) -> HttpResponse:
    """Say whether anything about the number changed."""
    return polled.answer(request, {"stamp": ticket_context(ticket_or_404(request, token))["stamp"]})


@require_POST
def ticket_move(request: HttpRequest, token: str, verb: str) -> HttpResponse:
    """Give the place up, or say that one is back."""
    if verb not in VERBS:
        raise Http404
    act, said = VERBS[verb]
    ticket_or_404(request, token)
    try:
        act(actor_of(request), token, now=clock.now())
    except Refusal as refusal:
        messages.error(request, words_for(refusal))
    else:
        messages.success(request, said)
    return HttpResponseRedirect(f"/lay-so/{token}/")


def ticket_context(ticket: Ticket) -> dict[str, Any]:
    """Return what the page of a number shows."""
    now = clock.now()
    standing = queries.standing(ticket, now) if ticket.state == "waiting" else None
    label, tone = words.STATES[ticket.state]
    return {
        "ticket": ticket,
        "label": label,
        "tone": tone,
        "standing": standing,
        "wait_words": words.waiting_words(standing) if standing else "",
        "verbs": FLOW.verbs(ticket.state, BEARER),
        "is_open": ticket.state in OPEN,
        "address": f"{settings.PUBLIC_URL}/lay-so/{ticket.token}/",
        "stamp": polled.stamp(ticket.state, ticket.counter_id, ticket.times_called, ticket.group_id, standing),
    }


def open_groups(commune_id: UUID, *, by_phone: bool) -> list[dict[str, Any]]:
    """Return what one may queue for, with its icon and whether numbers are given now. One query."""
    now = clock.now()
    return [
        {
            "group": group,
            "icon": words.icon_of(group.fields),
            "is_open": times.gives_numbers(group, now) and (group.by_phone or not by_phone),
            "spans": times.spans_of(group, times.local_day(now)),
        }
        for group in queries.groups(commune_id)
    ]


def ticket_or_404(request: HttpRequest, token: str) -> Ticket:
    """Return the number of the address."""
    try:
        return queries.ticket_of(commune_of(request), token)
    except Refusal as refusal:
        raise Http404 from refusal


def commune_of(request: HttpRequest) -> UUID:
    """Return the commune whose pages these are; before the first is set up there are none."""
    commune = request.commune  # type: ignore[attr-defined]
    if commune is None:
        raise Http404
    found: UUID = commune.id
    return found


def uuid_in(request: HttpRequest, name: str) -> UUID:
    """Return what a form's hidden field holds; what is no key at all is no page of ours."""
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError as error:
        raise Http404 from error


def _mine(request: HttpRequest, commune_id: UUID) -> list[Ticket]:
    """Return the numbers of today that this phone took and that are still open. One query, none for a phone that took none."""
    tokens = request.COOKIES.get(cookie_name(MINE), "").split(",")[:MOST_KEPT]
    if not any(tokens):
        return []
    rows = Ticket.objects.select_related("group").filter(commune_id=commune_id, token__in=tokens, state__in=OPEN)
    return list(rows.filter(day=times.local_day(clock.now())).order_by("-taken_at"))
