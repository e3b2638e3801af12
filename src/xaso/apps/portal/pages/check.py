"""`/xac-minh/`: anyone who holds a paper of the commune may ask whether the commune issued it."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xaso.kernel.identifiers import grouped_paper_code, read_paper_code
from xaso.platform.registries import VerifiableCard, verifiable

MOST_CHARACTERS = 80


@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for the code under a paper's QR; whoever pastes the whole address is understood too."""
    typed = request.GET.get("ma", "").strip().rstrip("/").rpartition("/")[2]
    code = read_paper_code(typed)
    if code is not None:
        return HttpResponseRedirect(reverse("check-paper", args=[code]))
    context = {"typed": typed[:MOST_CHARACTERS], "is_dossier_code": typed[:3].upper() == "XS-"}
    return render(request, "portal/check.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY if typed else HTTPStatus.OK)


@never_cache
@require_safe
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Show what the commune knows of the paper, or that it knows none with this code."""
    code = read_paper_code(token)
    card = card_of(code) if code else None
    status = HTTPStatus.OK if card else HTTPStatus.NOT_FOUND
    response = render(
        request, "portal/checked.html", {"card": card, "code": grouped_paper_code(code) if code else token[:MOST_CHARACTERS]}, status=status
    )
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def card_of(code: str) -> VerifiableCard | None:
    """Return the card of the first room that issued a paper with the code."""
    return next((card for source in verifiable if (card := source.resolve(code))), None)
