"""What goes on the wire around every page: the security headers, and the packing of answers for thin signals."""

import gzip
import secrets
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

import brotli
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from xaso.platform.first_page import SCRIPT, STYLE, digest_of

SMALLEST_WORTH_PACKING_BYTES = 512
BROTLI_QUALITY = 5
GZIP_LEVEL = 6
MOST_PADDING_BYTES = 64
PACKED_TYPES = ("text/", "application/json", "application/problem+json", "image/svg+xml")

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class ContentSecurityMiddleware:
    """Sets the policy of every answer: nothing from elsewhere, inline only what first pages bring; forms go to us or the e-ID provider.

    It stands outside all others, so that static files and the answers of those who watch bear it too. An answer that brings a policy of
    its own (a citizen's file) keeps it.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.headers = security_headers(settings.EID_ISSUER)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in self.headers.items():
            response.headers.setdefault(name, value)
        return response


Answer = TypeVar("Answer", bound=HttpResponseBase)


def let_reach(response: Answer, address: str) -> Answer:
    """Let the scripts of this one page ask one more address: a program on the visitor's own computer."""
    response.headers["Content-Security-Policy"] = security_headers(settings.EID_ISSUER, reach=address)["Content-Security-Policy"]
    return response


def security_headers(identity_issuer: str, *, reach: str = "") -> dict[str, str]:
    """Return the headers; `identity_issuer` is the provider's address or empty, `reach` one more that scripts may ask."""
    issuer = urlsplit(identity_issuer)
    provider = f" {issuer.scheme}://{issuer.netloc}" if issuer.netloc else ""
    policy = {
        "default-src": "'none'",
        "script-src": f"'self' {digest_of(SCRIPT)}",
        "style-src": f"'self' {digest_of(STYLE)}",
        "img-src": "'self' data: blob:",
        "media-src": "'self'",
        "connect-src": f"'self' {reach}".strip(),
        "manifest-src": "'self'",
        "worker-src": "'self'",
        "form-action": f"'self'{provider}",
        "object-src": "'none'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "Permissions-Policy": "camera=(self), geolocation=(self), microphone=(), payment=(), usb=(), browsing-topics=()",
    }


class PackingMiddleware:
    """Packs texts with brotli or gzip. An answer to somebody signed in gets padding of random length beside it.

    The padding blurs the length that an eavesdropper could use to guess a secret in the page (BREACH), as Django's own gzip does.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not isinstance(response, HttpResponse) or not worth_packing(response):
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        coding = accepted_coding(request.headers.get("Accept-Encoding", ""))
        if coding:
            response.content = pack(response.content, coding)
            response.headers["Content-Encoding"] = coding
            response.headers["Content-Length"] = str(len(response.content))
            if settings.SESSION_COOKIE_NAME in request.COOKIES:
                response.headers["X-Padding"] = secrets.token_hex(1 + secrets.randbelow(MOST_PADDING_BYTES // 2))
        return response


def worth_packing(response: HttpResponse) -> bool:
    """Tell whether the answer is a text, long enough, and not packed yet."""
    if response.has_header("Content-Encoding") or len(response.content) < SMALLEST_WORTH_PACKING_BYTES:
        return False
    return response.headers.get("Content-Type", "").startswith(PACKED_TYPES)


def accepted_coding(accept_encoding: str) -> str:
    """Return br, gzip or nothing, whichever the browser takes; a coding refused by `;q=0` is not taken."""
    offers = [offer.replace(" ", "").lower() for offer in accept_encoding.split(",")]
    taken = {offer.partition(";")[0] for offer in offers if not offer.endswith((";q=0", ";q=0.0"))}
    return next((coding for coding in ("br", "gzip") if coding in taken), "")


def pack(content: bytes, coding: str, *, quality: int = BROTLI_QUALITY) -> bytes:
    """Return the content in the coding br or gzip."""
    return brotli.compress(content, quality=quality) if coding == "br" else gzip.compress(content, GZIP_LEVEL)
