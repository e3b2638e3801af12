"""`/xac-minh/`: anyone who holds a paper of the commune may ask whether the commune issued it."""

import re
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xaso.platform.registries import VerifiableCard, verifiable

TOKEN = re.compile(r"[A-Za-z0-9_-]{4,64}")


@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for the code under a paper's QR; whoever pastes the whole address is understood too."""
    typed = request.GET.get("ma", "").strip().rstrip("/").rpartition("/")[2]
    if TOKEN.fullmatch(typed):
        return HttpResponseRedirect(reverse("check-paper", args=[typed]))
    return render(request, "portal/check.html", {"typed": typed}, status=HTTPStatus.UNPROCESSABLE_ENTITY if typed else HTTPStatus.OK)


@never_cache
@require_safe
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Show what the commune knows of the paper, or that it knows none with this code."""
    card = card_of(token)
    status = HTTPStatus.OK if card else HTTPStatus.NOT_FOUND
    response = render(request, "portal/checked.html", {"card": card, "token": token}, status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def card_of(token: str) -> VerifiableCard | None:
    """Return the card of the first room that issued a paper with the token."""
    if not TOKEN.fullmatch(token):
        return None
    return next((card for source in verifiable if (card := source.resolve(token))), None)
