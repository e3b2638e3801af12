"""Answers what a form sends with the next page itself, in the same round trip, where the page's script asks for it.

Without scripts a form is sent, answered with a redirect, and the next page asked for: two trips, each of seconds on a thin signal. A script
sends `Xaso-One-Trip` and gets the page that the redirect leads to, with its address in `Content-Location`. Only pages that are marked are
given so; anything else (a sign-in, an outside address) stays a redirect, which the script leaves to the browser.
"""

from collections.abc import Callable
from copy import copy
from functools import wraps
from typing import TypeVar, cast
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.cache import patch_vary_headers
from django.utils.datastructures import MultiValueDict

HEADER = "Xaso-One-Trip"
_MARK = "is_in_one_trip"

Page = TypeVar("Page", bound=Callable[..., HttpResponseBase])


def in_one_trip(page: Page) -> Page:
    """Let the page be what a redirect is answered with at once, and its own redirects be answered so."""

    @wraps(page)
    def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        response = page(request, *args, **kwargs)
        if HEADER in request.headers:
            if isinstance(response, HttpResponseRedirect):
                response = _page_at(request, response.url) or response
            else:
                response.headers.setdefault("Content-Location", request.get_full_path())
        patch_vary_headers(response, (HEADER,))
        return response

    setattr(answered, _MARK, True)
    return cast("Page", answered)


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
    asking.method, asking.path, asking.path_info = "GET", path, path
    asking.META = {**request.META, "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "CONTENT_LENGTH": "0"}
    asking.__dict__["GET"] = QueryDict(query, encoding=request.encoding)
    asking.__dict__["_post"], asking.__dict__["_files"] = QueryDict(), MultiValueDict()
    return asking
