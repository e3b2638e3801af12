"""Who may open a page: officials with the right role; everybody else is sent to sign in, or told that there is nothing here."""

from collections.abc import Callable
from copy import copy
from functools import wraps
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase

from xaso.platform import send_again
from xaso.platform.actor import Actor

Page = Callable[..., HttpResponseBase]


def actor_of(request: HttpRequest) -> Actor:
    """Return who asks as a plain value; the middleware put a lazy one there, which its first use fills."""
    lazy: Actor = request.actor  # type: ignore[attr-defined]
    assert lazy.kind
    return copy(lazy)


def for_roles(*roles: str) -> Callable[[Page], Page]:
    """Open the page to holders of a role. A visitor is sent to sign in and back; others see the answer of an address that is not there."""

    def wrap(page: Page) -> Page:
        @wraps(page)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            actor = actor_of(request)
            if actor.kind == "anonymous":
                return to_sign_in(request)
            if not actor.holds(*roles):
                raise Http404
            return page(request, *args, **kwargs)

        return guarded

    return wrap


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send to the sign-in page and back to where the person was; a form that was being sent waits at `/gui-lai/`."""
    return HttpResponseRedirect(f"/dang-nhap/?next={quote(_way_back(request), safe='/?=&')}")


def _way_back(request: HttpRequest) -> str:
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    return send_again.ADDRESS if send_again.keep(request) else "/"
