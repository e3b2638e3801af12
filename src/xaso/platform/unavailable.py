"""What people read while the database, a key or room on the disk is missing: that nothing is lost, never a traceback."""

import sys

import structlog
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error

from xaso.kernel.errors import Refusal
from xaso.platform.full_disk import is_full_disk

log = structlog.get_logger(__name__)

RETRY_SECONDS = 5
DISK_FULL = "disk_full"


def answer_failure(request: HttpRequest) -> HttpResponse:
    """Answer a request that failed: 503 while the database, a key or room on the disk is away, which the log names; else Django's 500."""
    failure = sys.exc_info()[1]
    why = _why_away(failure)
    if not why:
        match = request.resolver_match
        log.error("request_failed", route=match.route if match else "unknown", exc_info=failure)
        return server_error(request)
    log.error(why, error=str(failure))
    response = HttpResponse(render_to_string("503.html", {"is_full": why == DISK_FULL}), status=503)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _why_away(failure: BaseException | None) -> str:
    if is_full_disk(failure):
        return DISK_FULL
    if isinstance(failure, Refusal) and failure.code.startswith("keyring."):
        return "key_unavailable"
    return "database_unavailable" if isinstance(failure, OperationalError | InterfaceError) else ""
