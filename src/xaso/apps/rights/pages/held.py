"""`/du-lieu-ca-nhan/`: every personal field that the commune holds, made from the rooms' own declarations."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from xaso.apps.rights.holdings import groups_shown
from xaso.platform.personal_data import READ_ON


@require_GET
def held(request: HttpRequest) -> HttpResponse:
    """Show to everybody what is held, what for, how long, who sees it and how it ends."""
    return render(request, "rights/held.html", {"groups": groups_shown(), "read_on": READ_ON})
