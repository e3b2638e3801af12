"""Asks for one of our own pages as its visitor gets it: what is read aloud is what he sees, and nothing else can be made to speak."""

import io
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from xaso.kernel.speaking import ReadPage, read_page, said_by_scripts
from xaso.platform.kept_pages import PHONE_MAY_KEEP
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


@dataclass(frozen=True)
class InnerPage:
    """A page of ours as its visitor gets it; `html` is empty for what is no citizens' page."""

    html: str
    may_be_kept: bool = False
    """Whether a phone may keep it for places without a signal, where its scripts show parts of it and say words of their own."""

    def read(self, language: str) -> ReadPage:
        """Return what is read aloud of the page; of one that may be kept all that it may ever say."""
        page = read_page(self.html, language, with_hidden=self.may_be_kept)
        if not self.may_be_kept:
            return page
        return ReadPage(page.title, tuple(dict.fromkeys((*page.pieces, *said_by_scripts(self.html, language)))))


NO_PAGE = InnerPage("")


def page_for(request: HttpRequest, address: str) -> InnerPage:
    """Return a page for whoever sends the request."""
    kept = {name: value for name, value in request.META.items() if name not in _NOT_PASSED_ON}
    return _page(kept, address)


def page_for_strangers(host: str, address: str, language: str) -> InnerPage:
    """Return a page as a stranger sees it who has chosen a language."""
    public = urlsplit(settings.PUBLIC_URL)
    return _page(
        {
            "SERVER_NAME": public.hostname or "localhost",
            "SERVER_PORT": str(public.port or 80),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": host or public.netloc,
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_COOKIE": f"{settings.LANGUAGE_COOKIE_NAME}={language}",
            "wsgi.url_scheme": public.scheme or "http",
        },
        address,
    )


def is_ours(address: str) -> bool:
    """Tell whether an address may be one of our pages, other than those of this room."""
    own = address.startswith("/") and not address.startswith(("//", "/\\")) and len(address) <= LONGEST_ADDRESS and address.isprintable()
    return own and not address.startswith(ADDRESS)


def _page(environment: dict[str, Any], address: str) -> InnerPage:
    if not is_ours(address):
        return NO_PAGE
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
        return NO_PAGE
    html = response.content.decode()
    return InnerPage(html, response.headers.get(PHONE_MAY_KEEP) == "1") if MARK in html else NO_PAGE


@cache
def _handler() -> BaseHandler:
    handler = BaseHandler()
    handler.load_middleware()
    return handler
