"""What the first page of a phone brings along instead of having it fetched: style, script and icon. Each fetch is a trip.

Who has fetched the stylesheet carries a cookie that the file itself set, and is given addresses as ever. Pages kept for strangers always
name the files: they read the same for everybody.
"""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest

from xaso.platform import one_trip
from xaso.platform.cookies import cookie_name

STYLE, SCRIPT = "xaso/xaso.css", "xaso/xaso.js"
COOKIE = "kieu"
KEPT_SECONDS = 365 * 24 * 3600
_EDITION = re.compile(r"/xaso/xaso\.([0-9a-f]+)\.css$")


def is_first(request: HttpRequest, style_address: str) -> bool:
    """Tell whether a signed-in person's phone has not fetched the stylesheet that has this address now."""
    signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES and one_trip.HEADER not in request.headers
    return signed_in and request.COOKIES.get(cookie_name(COOKIE), "") != _edition(style_address)


@cache
def text_of(name: str) -> str:
    """Return a static file of ours, a text."""
    path: Any = finders.find(name)
    return Path(path).read_text(encoding="utf-8").strip()


@cache
def digest_of(name: str) -> str:
    """Return the source by which the policy of pages allows this file inside a page."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text_of(name).encode()).digest()).decode()}'"


def tell_style_is_here(headers: Headers, _path: str, url: str) -> None:
    """Let the stylesheet's file, kept for a year, say of itself that it was fetched. For every static file, once at the start."""
    if edition := _edition(url):
        secure = "; Secure" if settings.SESSION_COOKIE_SECURE else ""
        headers["Set-Cookie"] = f"{cookie_name(COOKIE)}={edition}; Max-Age={KEPT_SECONDS}; Path=/; SameSite=Lax; HttpOnly{secure}"


def _edition(url: str) -> str:
    found = _EDITION.search(url)
    return found[1] if found else ""
