"""Asks for one of our own pages as its visitor gets it: what is read aloud is what he sees, and nothing else can be made to speak."""

import io
from functools import cache
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from xaso.platform.listening import ADDRESS

LONGEST_ADDRESS = 500
MARK = f'href="{ADDRESS}?'
"""What a page that may be listened to carries."""
_NOT_PASSED_ON = (
    "HTTP_ACCEPT_ENCODING",
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_RANGE",
    "CONTENT_TYPE",
)


def page_for(request: HttpRequest, address: str) -> str:
    """Return the HTML of a page for whoever sends the request; "" for what is no citizens' page."""
    kept = {name: value for name, value in request.META.items() if name not in _NOT_PASSED_ON}
    return _page(kept, address)


def page_for_strangers(host: str, address: str) -> str:
    """Return the HTML of a page as a stranger sees it who has chosen no language."""
    public = urlsplit(settings.PUBLIC_URL)
    return _page(
        {
            "SERVER_NAME": public.hostname or "localhost",
            "SERVER_PORT": str(public.port or 80),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": host or public.netloc,
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": public.scheme or "http",
        },
        address,
    )


def is_ours(address: str) -> bool:
    """Tell whether an address may be one of our pages, other than those of this room."""
    own = address.startswith("/") and not address.startswith(("//", "/\\")) and len(address) <= LONGEST_ADDRESS and address.isprintable()
    return own and not address.startswith(ADDRESS)


def _page(environment: dict[str, Any], address: str) -> str:
    if not is_ours(address):
        return ""
    parts = urlsplit(address)
    asked = {
        "PATH_INFO": unquote(parts.path).encode().decode("latin-1"),
        "QUERY_STRING": parts.query,
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "CONTENT_LENGTH": "0",
        "wsgi.input": io.BytesIO(),
    }
    present = translation.get_language()
    try:
        response = _handler().get_response(WSGIRequest({**environment, **asked}))
    finally:
        translation.activate(present or settings.LANGUAGE_CODE)
    if not isinstance(response, HttpResponse) or not response.headers.get("Content-Type", "").startswith("text/html"):
        return ""
    html = response.content.decode()
    return html if MARK in html else ""


@cache
def _handler() -> BaseHandler:
    handler = BaseHandler()
    handler.load_middleware()
    return handler
