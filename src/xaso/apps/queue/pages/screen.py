"""`/man-hinh/`: the screen in the waiting room. It holds nobody's name; it asks again every two seconds and says when it can't."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from xaso.apps.queue import queries, voices
from xaso.apps.queue.pages import polled
from xaso.apps.queue.pages.phone import commune_of
from xaso.platform import clock

KEPT_SECONDS = 3600
TYPES = {".mp3": "audio/mpeg", ".ogg": "audio/ogg", ".m4a": "audio/mp4"}


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Show the screen as it is now; its script keeps it so."""
    return render(request, "queue/screen.html", _context(commune_of(request)))


@require_GET
def data(request: HttpRequest) -> HttpResponse:
    """Give the script what stands on the screen, and what is said of each call."""
    context = _context(commune_of(request))
    calls = [{"key": call["key"], "say": call["say"]} for call in context["screen"]["calls"]]
    return polled.answer(request, {"html": render_to_string("queue/screen_calls.html", context), "calls": calls})


@require_GET
def clip(request: HttpRequest, language: str, name: str) -> HttpResponse:
    """Give one recording."""
    path = voices.find(language, name)
    if path is None:
        raise Http404
    response = HttpResponse(path.read_bytes(), content_type=TYPES[path.suffix])
    response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    return response


def _context(commune_id: UUID) -> dict[str, Any]:
    return {"screen": queries.screen(commune_id, clock.now())}
