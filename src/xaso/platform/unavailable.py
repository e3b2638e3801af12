"""What people read when the database, or the key of what stands in it, is not there just now: that nothing is lost, never a traceback."""

import sys

import structlog
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error

from xaso.kernel.errors import Refusal

log = structlog.get_logger(__name__)

RETRY_SECONDS = 5


def answer_failure(request: HttpRequest) -> HttpResponse:
    """Answer a request that failed: 503 while the database or a key is away, which the log names; else Django's 500."""
    failure = sys.exc_info()[1]
    is_sealed = isinstance(failure, Refusal) and failure.code.startswith("keyring.")
    if not is_sealed and not isinstance(failure, OperationalError | InterfaceError):
        match = request.resolver_match
        log.error("request_failed", route=match.route if match else "unknown", exc_info=failure)
        return server_error(request)
    log.error("key_unavailable" if is_sealed else "database_unavailable", error=str(failure))
    response = HttpResponse(render_to_string("503.html"), status=503)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response
