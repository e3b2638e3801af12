"""Answers what a form sends with the next page itself, in the same round trip, where the page's script asks for it.

Without scripts a form is sent, answered with a redirect, and the next page asked for: two trips, each of seconds on a thin signal. A script
sends `Xaso-One-Trip` and gets the page that the redirect leads to, with its address in `Content-Location`. Only pages that are marked are
given so; anything else (a sign-in, an outside address) stays a redirect, which the script leaves to the browser.

A page may name those that come after it whatever is answered on it: they are sent along, and the script shows them without a trip. Then it
sends in the header the address that it shows; a redirect to just there is answered with 204 and that address, not with the page again.
"""

from collections.abc import Callable
from copy import copy
from functools import wraps
from http import HTTPStatus
from typing import TypeVar, cast
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.cache import patch_vary_headers
from django.utils.datastructures import MultiValueDict

HEADER = "Xaso-One-Trip"
AHEAD_HEADER = "Xaso-Ahead"
BETWEEN = "\x1e"
"""What stands between the pages that are sent together; in none of them, see `_alone`."""

_MARK = "is_in_one_trip"
_AHEAD, _WITHIN = "xaso_ahead", "xaso_within"

Page = TypeVar("Page", bound=Callable[..., HttpResponseBase])


def in_one_trip(page: Page) -> Page:
    """Let the page be what a redirect is answered with at once, and its own redirects be answered so."""

    @wraps(page)
    def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        response = page(request, *args, **kwargs)
        if HEADER in request.headers:
            if isinstance(response, HttpResponseRedirect) and response.url == request.headers[HEADER]:
                response = HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"Content-Location": response.url})
            elif isinstance(response, HttpResponseRedirect):
                response = _page_at(request, response.url) or response
            else:
                response.headers.setdefault("Content-Location", request.get_full_path())
            if not hasattr(request, _WITHIN):
                _send_along(request, response)
        patch_vary_headers(response, (HEADER,))
        return response

    setattr(answered, _MARK, True)
    return cast("Page", answered)


def with_ahead(response: HttpResponseBase, addresses: list[str]) -> None:
    """Name the pages that come after this one whatever is answered on it, in their order."""
    setattr(response, _AHEAD, addresses)


def _send_along(request: HttpRequest, response: HttpResponseBase) -> None:
    """Add to an answer the pages that it names, up to the first that is not simply shown."""
    if not isinstance(response, HttpResponse) or response.status_code != HTTPStatus.OK:
        return
    there, pages = [], [_alone(response)]
    for address in getattr(response, _AHEAD, ()):
        page = _page_at(request, address)
        if not isinstance(page, HttpResponse) or page.status_code != HTTPStatus.OK:
            break
        there.append(address)
        pages.append(_alone(page))
    if there:
        response.headers[AHEAD_HEADER] = " ".join(there)
        response.content = BETWEEN.encode().join(pages)


def _alone(page: HttpResponse) -> bytes:
    return page.content.replace(BETWEEN.encode(), b"")


def _page_at(request: HttpRequest, address: str) -> HttpResponseBase | None:
    """Return the marked page at an address of ours as who sends the request sees it; None for any other."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return None
    try:
        match = resolve(parts.path)
        if not getattr(match.func, _MARK, False):
            return None
        response: HttpResponseBase = match.func(_asking(request, parts.path, parts.query), *match.args, **match.kwargs)
    except (Resolver404, Http404):
        return None
    if parts.fragment and response.has_header("Content-Location"):
        response.headers["Content-Location"] += f"#{parts.fragment}"
    return response


def _asking(request: HttpRequest, path: str, query: str) -> HttpRequest:
    """Return the request that a browser would send next: the same person, session and language, nothing posted."""
    asking = copy(request)
    setattr(asking, _WITHIN, True)
    asking.method, asking.path, asking.path_info = "GET", path, path
    asking.META = {**request.META, "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "CONTENT_LENGTH": "0"}
    asking.__dict__["GET"] = QueryDict(query, encoding=request.encoding)
    asking.__dict__["_post"], asking.__dict__["_files"] = QueryDict(), MultiValueDict()
    return asking
