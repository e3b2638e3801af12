"""What the first page of a phone brings along instead of having it fetched: the stylesheet and the icon. Each fetch is a trip.

Who has fetched the stylesheet carries a cookie that the file itself set, and is given its address as ever. Pages kept for strangers always
name it: they read the same for everybody.
"""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote
from wsgiref.headers import Headers

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from xaso.platform import one_trip

STYLE, ICON = "xaso/xaso.css", "xaso/icon.svg"
COOKIE = "kieu"
KEPT_SECONDS = 365 * 24 * 3600
_EDITION = re.compile(r"/xaso/xaso\.([0-9a-f]+)\.css$")


def stylesheet(request: HttpRequest | None, address: str) -> SafeString:
    """Return the stylesheet itself for a signed-in person's phone that has not fetched it, else its address."""
    if request is None or one_trip.HEADER in request.headers or not _lacks_style(request, address):
        return format_html('<link rel="stylesheet" href="{}">', address)
    return mark_safe(f"<style>{_style()}</style>")  # noqa: S308 - a file of ours


def icon_address() -> str:
    """Return the icon as an address that holds all of it."""
    return f"data:image/svg+xml,{quote(_text_of(ICON))}"


@cache
def style_digest() -> str:
    """Return the source that the policy of pages allows the stylesheet inside a page by."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()}'"


def tell_style_is_here(headers: Headers, _path: str, url: str) -> None:
    """Let the stylesheet's file, kept for a year, say of itself that it was fetched. For every static file, once at the start."""
    if edition := _edition(url):
        headers["Set-Cookie"] = f"{COOKIE}={edition}; Max-Age={KEPT_SECONDS}; Path=/; SameSite=Lax; HttpOnly"


def _lacks_style(request: HttpRequest, address: str) -> bool:
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.COOKIES.get(COOKIE, "") != _edition(address)


def _edition(url: str) -> str:
    found = _EDITION.search(url)
    return found[1] if found else ""


@cache
def _style() -> str:
    return _text_of(STYLE).strip()


@cache
def _text_of(name: str) -> str:
    path: Any = finders.find(name)
    return Path(path).read_text(encoding="utf-8")
