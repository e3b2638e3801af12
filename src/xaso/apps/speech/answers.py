"""Hands a sound to a browser, whole or in part: players on iPhones ask for parts only."""

import re

from django.http import HttpRequest, HttpResponse

from xaso.apps.speech.cabinet import MEDIA_TYPES

FOREVER = "public, max-age=31536000, immutable"
FOR_ITS_VISITOR = "private, max-age=3600"
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def sound_response(request: HttpRequest, content: bytes, kind: str, keeping: str) -> HttpResponse:
    """Answer with a sound. Source: RFC 9110, section 14: one range is honoured, several or odd ones get the whole."""
    begin, end = _wanted(request.headers.get("Range", ""), len(content))
    is_part = (begin, end) != (0, len(content))
    response = HttpResponse(content[begin:end], content_type=MEDIA_TYPES[kind], status=206 if is_part else 200)
    if is_part:
        response.headers["Content-Range"] = f"bytes {begin}-{end - 1}/{len(content)}"
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Cache-Control"] = keeping
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _wanted(asked: str, length: int) -> tuple[int, int]:
    found = _RANGE.fullmatch(asked)
    if found is None or found[1] == found[2] == "":
        return 0, length
    if not found[1]:
        return max(0, length - int(found[2])), length
    begin, end = int(found[1]), min(int(found[2]) + 1 if found[2] else length, length)
    return (begin, end) if begin < end else (0, length)
