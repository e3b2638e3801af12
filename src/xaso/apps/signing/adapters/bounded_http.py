"""Asks an address that the operator named, within a bounded time and number of bytes. Redirects and proxies are not followed."""

import http.client
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

PIECE_BYTES = 65_536
NO_HEADERS: Mapping[str, str] = MappingProxyType({})


class NoAnswer(Exception):
    """Nothing came that could be an answer; of a refusal by HTTP the status and what it said are kept."""

    def __init__(self, reason: str, status: int = 0, said: bytes = b"") -> None:
        super().__init__(reason)
        self.status, self.said = status, said


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: Any, **_options: Any) -> None:
        return None


_opener = urllib.request.build_opener(_NoRedirect, urllib.request.ProxyHandler({}))


def fetch(url: str, body: bytes, media_type: str, *, seconds: float, most_bytes: int, headers: Mapping[str, str] = NO_HEADERS) -> bytes:
    """Return what the address answers, to the body if there is one. Raises NoAnswer."""
    request = urllib.request.Request(url, body or None, dict(headers))  # noqa: S310 - the operator allowed it; http or https
    if body:
        request.add_header("Content-Type", media_type)
    deadline = time.monotonic() + seconds
    try:
        with _opener.open(request, timeout=seconds) as answer:
            return _read(answer, deadline, most_bytes)
    except urllib.error.HTTPError as error:
        with error:
            said = _read(error, deadline, most_bytes)
        raise NoAnswer(f"status {error.code}", error.code, said) from error
    except (OSError, ValueError, urllib.error.URLError, http.client.HTTPException) as error:
        raise NoAnswer(str(error)) from error


def _read(answer: Any, deadline: float, most_bytes: int) -> bytes:
    content = bytearray()
    while piece := answer.read1(PIECE_BYTES):
        content += piece
        if len(content) > most_bytes or time.monotonic() > deadline:
            raise NoAnswer("too long")
    return bytes(content)
