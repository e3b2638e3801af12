"""Pages that read the same for everybody, signed in or not, so that a phone may keep them."""

from collections.abc import Callable, Hashable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language

from xaso.platform import kept_pages
from xaso.platform.actor import Actor


def answer(
    request: HttpRequest, template: str, context: Callable[[], dict[str, Any]], *, about: Hashable = None, stamp: Hashable = None
) -> HttpResponse:
    """Draw the page as for nobody, once in a while. `about` sets pages of one template apart, `stamp` is what else it is drawn from."""
    commune = request.commune  # type: ignore[attr-defined]
    nobody = {"actor": Actor.anonymous(commune.id if commune else None), "messages": (), "person_less": True}
    key = (template, about, commune.id if commune else None, get_language())
    return kept_pages.answer(request, key, (commune, stamp), lambda: render_to_string(template, {**nobody, **context()}, request))
