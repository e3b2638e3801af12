"""`/so-theo-doi/vi-sao/`: why an official searches by the number of somebody whose case is not hers."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from xaso.apps.dossiers import access
from xaso.apps.dossiers.actions import searching
from xaso.kernel.errors import Refusal
from xaso.platform import clock
from xaso.platform.errors import words_for
from xaso.platform.guard import actor_of, for_roles

REGISTER = "/so-theo-doi/"


@require_POST
@for_roles(*access.CASE_ROLES)
def explain(request: HttpRequest) -> HttpResponse:
    """Write down why, and show what the number finds."""
    text, posted = request.POST.get("q", "").strip()[:100], request.POST
    try:
        searching.explain(actor_of(request), text, posted.get("purpose", ""), posted.get("words", ""), now=clock.now())
    except Refusal as refusal:
        if refusal.code == "dossiers.not_found":
            raise Http404 from refusal
        messages.error(request, words_for(refusal))
    return HttpResponseRedirect(address_of(text))


def address_of(text: str) -> str:
    """Return the register's address for a search."""
    return f"{REGISTER}?{urlencode({'q': text})}"


def held_back_in_words(number: int) -> str:
    """Say how many dossiers are held back."""
    said = ngettext(
        "%(number)s hồ sơ mang số này, không phải việc của anh/chị",
        "%(number)s hồ sơ mang số này, không phải việc của anh/chị",
        number,
    )
    return said % {"number": number}
