"""`/quan-tri/nhat-ky/`: what administrators did, newest first."""

from django.http import HttpRequest, HttpResponse, QueryDict
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
    commune_id = require(actor_who_asks(request), Role.ADMINISTRATOR)
    lines = audit.last_acts(commune_id, verbs_wanted(request.GET), limit=LINES_SHOWN)
    verb = request.GET.get("viec", "")
    context = {
        "acts": shown_acts(lines),
        "verbs": act_words().items(),
        "verb": verb,
        "limit": LINES_SHOWN,
        "query": request.GET.urlencode(),
    }
    return render(request, "people/admin/record.html", context)


def verbs_wanted(query: QueryDict) -> list[str]:
    """Return the kinds of acts that the address asks for: one that is known, else all."""
    known, verb = act_words(), query.get("viec", "")
    return [verb] if verb in known else list(known)
