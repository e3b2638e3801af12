"""Pages that read the same for everybody who has not signed in: drawn once in a while by each process and kept packed.

Such a page holds no cookie, no token and nobody's name; a visitor with a session never gets one.
"""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

from xaso.platform.http import accepted_coding, pack

MEMORY_SECONDS = 5.0
MOST_PAGES = 256
PACKING_QUALITY = 9
PHONE_MAY_KEEP = "Xaso-Phone-May-Keep"
"""Header of a page that belongs to no person. The service worker keeps no page without it."""


@dataclass(frozen=True)
class KeptPage:
    """A page as it was drawn from what `stamp` stands for."""

    stamp: object
    content: bytes
    good_until: float

    def is_good(self, stamp: object) -> bool:
        """Tell whether it may still be shown: what it was drawn from is the same, and it is younger than MEMORY_SECONDS."""
        return self.stamp == stamp and time.monotonic() < self.good_until

    @cached_property
    def etag(self) -> str:
        return f'W/"{hashlib.sha256(self.content).hexdigest()[:24]}"'

    @cached_property
    def packed(self) -> dict[str, bytes]:
        return {coding: pack(self.content, coding, quality=PACKING_QUALITY) for coding in ("br", "gzip")} | {"": self.content}


_kept: OrderedDict[Hashable, KeptPage] = OrderedDict()
forget = _kept.clear


def is_stranger(request: HttpRequest) -> bool:
    """Tell whether the visitor brings no session, without looking into the database."""
    return settings.SESSION_COOKIE_NAME not in request.COOKIES


def answer(request: HttpRequest, key: Hashable, stamp: object, draw: Callable[[], str]) -> HttpResponse:
    """Answer a stranger with the page kept under the key, drawn anew when the stamp differs or MEMORY_SECONDS are over."""
    page = _page(key, stamp, draw)
    coding = accepted_coding(request.headers.get("Accept-Encoding", ""))
    if request.headers.get("If-None-Match") == page.etag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(page.packed[coding])
        if coding:
            response.headers["Content-Encoding"] = coding
    response.headers["ETag"] = page.etag
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Accept-Encoding, Cookie"
    response.headers[PHONE_MAY_KEEP] = "1"
    return response


def _page(key: Hashable, stamp: object, draw: Callable[[], str]) -> KeptPage:
    page = _kept.get(key)
    if page is not None and page.is_good(stamp):
        return page
    fresh = KeptPage(stamp, draw().encode(), time.monotonic() + MEMORY_SECONDS)
    if page is not None and page.content == fresh.content:
        _hand_on_packing(page, fresh)
    _kept[key] = fresh
    while len(_kept) > MOST_PAGES:
        _kept.popitem(last=False)
    return fresh


def _hand_on_packing(old: KeptPage, fresh: KeptPage) -> None:
    """Give the fresh page what was packed of the old one, which reads the same: packing well costs more than drawing."""
    fresh.__dict__.update({name: old.__dict__[name] for name in ("etag", "packed") if name in old.__dict__})
