"""`/quan-tri/`: what of the set-up is done and what is missing, each with the page where it is done."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from xaso.apps.people.access import require
from xaso.apps.people.guard import actor_who_asks, for_administrators
from xaso.apps.people.roles import Role
from xaso.platform.registries import set_up


@require_GET
@for_administrators
def show(request: HttpRequest) -> HttpResponse:
    """Show all parts with how far they are, and the first one that misses something."""
    commune_id = require(actor_who_asks(request), Role.ADMINISTRATOR)
    parts = [(part, part.standing(commune_id)) for part in set_up]
    missing = [part for part, standing in parts if standing.tone == "nghe"]
    context = {"parts": parts, "missing": missing, "next_part": next(iter(missing), None), "done": len(parts) - len(missing)}
    return render(request, "people/admin/guide.html", context)
