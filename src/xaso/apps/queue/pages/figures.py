"""`/goi-so/so-lieu/`: how the day goes and how the last days went, without anybody in it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from xaso.apps.queue import access
from xaso.apps.queue.queries import figures
from xaso.platform import clock
from xaso.platform.guard import actor_of, for_roles

DAYS_SHOWN = 30


@never_cache
@require_GET
@for_roles(*access.FIGURE_ROLES)
def show(request: HttpRequest) -> HttpResponse:
    """Show today's figures of each group, and those of the last days."""
    commune_id, now = access.commune_of(actor_of(request)), clock.now()
    context = {"today": figures.of_today(commune_id, now), "days": figures.of_days(commune_id, now, DAYS_SHOWN)}
    return render(request, "queue/figures.html", context)
