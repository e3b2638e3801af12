"""`/lay-so/may/…/`: the machine at the door. Its address holds its secret; big buttons, no keyboard; a slip of 80 mm."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from xaso.apps.queue import access, queries, voices
from xaso.apps.queue.actions import appointments, tickets
from xaso.apps.queue.pages.phone import commune_of, open_groups, ticket_context, ticket_or_404, uuid_in
from xaso.kernel.errors import Refusal
from xaso.platform import clock
from xaso.platform.errors import words_for
from xaso.platform.guard import actor_of

BACK_AFTER_SECONDS = 15
FORGOTTEN_AFTER_SECONDS = 60
"""After how long untouched the digits of somebody who walked away are gone."""


@never_cache
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show what one may queue for; touched, give a number."""
    commune_id = _commune_of_kiosk(request, token)
    if request.method == "POST":
        try:
            key = uuid_in(request, "key")
            ticket = tickets.take_at_kiosk(actor_of(request), token, uuid_in(request, "group"), key=key, now=clock.now())
        except Refusal as refusal:
            messages.error(request, words_for(refusal))
            return HttpResponseRedirect(f"/lay-so/may/{token}/")
        return HttpResponseRedirect(f"/lay-so/may/{token}/so/{ticket.token}/")
    rows = [row | {"say": " ".join(_said(row["group"].fields)), "key": uuid4()} for row in open_groups(commune_id, by_phone=False)]
    context = {"rows": rows, "token": token, "appointments": queries.has_appointments(commune_id)}
    return render(request, "queue/kiosk.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def arrive(request: HttpRequest, token: str) -> HttpResponse:
    """Take the six digits of an appointment, typed on the screen, and give its number."""
    _commune_of_kiosk(request, token)
    fault = ""
    if request.method == "POST":
        code = request.POST.get("code", "")[:20]
        try:
            ticket = appointments.arrive_by_code(actor_of(request), code, kiosk_token=token, now=clock.now())
        except Refusal as refusal:
            fault = words_for(refusal)
        else:
            return HttpResponseRedirect(f"/lay-so/may/{token}/so/{ticket.token}/")
    context = {"token": token, "fault": fault, "digits": "1234567890", "back_after": FORGOTTEN_AFTER_SECONDS}
    return render(request, "queue/kiosk_arrive.html", context, status=422 if fault else 200)


@never_cache
@require_GET
def slip(request: HttpRequest, token: str, ticket_token: str) -> HttpResponse:
    """Show the number large, as a slip to print; the page leads back by itself."""
    _commune_of_kiosk(request, token)
    ticket = ticket_or_404(request, ticket_token)
    said = " ".join(voices.addresses(["chuong", "cam-phieu"]))
    context = ticket_context(ticket) | {"token": token, "back_after": BACK_AFTER_SECONDS, "say": said}
    return render(request, "queue/kiosk_slip.html", context)


def _commune_of_kiosk(request: HttpRequest, token: str) -> UUID:
    commune_id = commune_of(request)
    try:
        access.kiosk_of(commune_id, token)
    except Refusal as refusal:
        raise Http404 from refusal
    return commune_id


def _said(fields: list[str]) -> list[str]:
    """Return the addresses of what is read aloud for a group; at least how to take a number."""
    return voices.addresses(["chuong", *(f"linh-vuc-{field}" for field in fields), "bam-o-nay"])[1:]
