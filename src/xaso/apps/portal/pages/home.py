"""`/`: what a citizen sees first. Who has not signed in gets a page that each process draws once in a while."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from xaso.platform import kept_pages
from xaso.platform.registries import home_blocks, tiles


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the home page: kept for strangers, drawn for whoever has a session."""
    if not kept_pages.is_stranger(request):
        return render(request, "portal/home.html", home_context(request))
    commune = request.commune  # type: ignore[attr-defined]
    key = ("home", commune.id if commune else None, get_language())
    return kept_pages.answer(request, key, commune, lambda: render_to_string("portal/home.html", home_context(request), request))


def home_context(request: HttpRequest) -> dict[str, Any]:
    """Return what the home page shows: each room's tiles, and each room's block drawn."""
    drawn = [render_to_string(block.template, block.context(request), request) for block in home_blocks]
    return {"tiles": list(tiles), "blocks": [block for block in drawn if block.strip()]}
