"""`/quan-tri/nhat-ky/`: what administrators did, newest first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from xaso.apps.audit import facade as audit
from xaso.apps.people.access import require
from xaso.apps.people.admin_pages.words import act_words, shown_acts
from xaso.apps.people.guard import actor_who_asks, for_administrators
from xaso.apps.people.roles import Role

LINES_SHOWN = 200


@require_GET
@for_administrators
def show(request: HttpRequest) -> HttpResponse:
    """Show the last acts of administration; `?viec=` narrows them to one kind."""
    verb = request.GET.get("viec", "")
    known = act_words()
    verbs = [verb] if verb in known else list(known)
    lines = audit.last_acts(require(actor_who_asks(request), Role.ADMINISTRATOR), verbs, limit=LINES_SHOWN)
    context = {"acts": shown_acts(lines), "verbs": known.items(), "verb": verb, "limit": LINES_SHOWN}
    return render(request, "people/admin/record.html", context)
