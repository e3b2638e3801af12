"""Who may open a page: officials with the right role; everybody else is sent to sign in, or told that there is nothing here.

What signs, administers or uncovers asks in addition that she who opened the computer by a PIN confirms in full first.
"""

from collections.abc import Callable
from copy import copy
from functools import wraps
from urllib.parse import quote

import structlog
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase

from xaso.platform import send_again
from xaso.platform.actor import Actor

log = structlog.get_logger(__name__)

Page = Callable[..., HttpResponseBase]
LOCK, CONFIRM = "/khoa-may/", "/bao-ve-tai-khoan/xac-nhan/"
CONFIRM_FIRST = "platform.confirm_first"


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
                log.warning("role_missing", page=page.__qualname__, kind=actor.kind, account=str(actor.account_id or ""))
                raise Http404
            return page(request, *args, **kwargs)

        return guarded

    return wrap


def confirmed(page: Page) -> Page:
    """Let who opened the computer by a PIN confirm in full before she sends a form of the page; what she sent waits at `/gui-lai/`."""

    @wraps(page)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method == "POST" and actor_of(request).is_by_pin:
            return to_confirm(request)
        return page(request, *args, **kwargs)

    return guarded


def to_confirm(request: HttpRequest) -> HttpResponse:
    """Send to the page that asks for the second factor, and back."""
    return HttpResponseRedirect(f"{CONFIRM}?next={quote(_way_back(request), safe='/?=&')}")


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send to the sign-in page and back to where the person was; a form that was being sent waits at `/gui-lai/`.

    On a computer that is locked, send to the page that opens it.
    """
    back = _way_back(request)
    if send_again.is_locked(request):
        return HttpResponseRedirect(LOCK)
    return HttpResponseRedirect(f"/dang-nhap/?next={quote(back, safe='/?=&')}")


def _way_back(request: HttpRequest) -> str:
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    return send_again.ADDRESS if send_again.keep(request) else "/"
