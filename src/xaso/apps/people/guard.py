"""Who may open a page of the administration: administrators; visitors are sent to sign in, for all others there is nothing here."""

from collections.abc import Callable
from copy import copy
from functools import wraps
from urllib.parse import quote, urlsplit

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache

from xaso.apps.people.roles import Role
from xaso.platform.actor import Actor

Page = Callable[..., HttpResponse]


def actor_who_asks(request: HttpRequest) -> Actor:
    """Return who sends the request as a plain value; the middleware put a lazy one there, which its first use fills."""
    lazy: Actor = request.actor  # type: ignore[attr-defined]
    assert lazy.kind
    return copy(lazy)


def for_administrators(page: Page) -> Page:
    """Open the page to the commune's administrators. What it shows is kept in no cache."""

    @never_cache
    @wraps(page)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        actor = actor_who_asks(request)
        if actor.kind == "anonymous":
            return HttpResponseRedirect(f"/dang-nhap/?next={quote(_way_back(request), safe='/?=&')}")
        if not actor.holds(Role.ADMINISTRATOR.value):
            raise Http404
        return page(request, *args, **kwargs)

    return guarded


def _way_back(request: HttpRequest) -> str:
    """Return the address asked for; for a form that was being sent, the page it stood on."""
    if request.method == "GET":
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("Referer", ""))
    return came_from.path or "/quan-tri/"
