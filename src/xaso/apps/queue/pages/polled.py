"""Small answers that browsers ask for again and again: unchanged they cost a line of head and no body."""

import hashlib
import json
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified


def answer(request: HttpRequest, data: dict[str, Any]) -> HttpResponse:
    """Answer with the data as JSON, or with 304 when the browser has exactly that."""
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    etag = f'W/"{hashlib.sha256(body.encode()).hexdigest()[:20]}"'
    unchanged = request.headers.get("If-None-Match") == etag
    response = HttpResponseNotModified() if unchanged else HttpResponse(body, content_type="application/json")
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def stamp(*values: object) -> str:
    """Return a short text that changes when one of the values does."""
    return hashlib.sha256(repr(values).encode()).hexdigest()[:12]
