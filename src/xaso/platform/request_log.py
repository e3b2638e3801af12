"""One line a request for the operator: which address by its pattern, how it ended, how long it took. Never who, never what was typed."""

import time
from collections.abc import Callable

import structlog
from django.http import HttpRequest
from django.http.response import HttpResponseBase

log = structlog.get_logger("xaso.requests")

SILENT = ("/static/",)


class RequestLogMiddleware:
    """Logs what was answered. The pattern (`ho-so/<str:code>/`) stands for the address, so no code or name gets into the log."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        started = time.perf_counter()
        response = self.get_response(request)
        if not request.path_info.startswith(SILENT):
            match = request.resolver_match
            log.info(
                "request",
                method=request.method,
                route=match.route if match else "unknown",
                status=response.status_code,
                ms=round((time.perf_counter() - started) * 1000, 1),
            )
        return response
