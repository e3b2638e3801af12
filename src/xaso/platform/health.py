"""`/healthz` (this process answers), `/readyz` (it can reach its database, is migrated and can keep files) and `/metrics`.

They are answered before anything else looks at the request: who watches comes from this machine and knows no host name, commune or TLS.
"""

from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.http.response import HttpResponseBase
from prometheus_client import CONTENT_TYPE_LATEST

from xaso.platform import metrics

SAFE = ("GET", "HEAD")
LOOPBACK = frozenset({"127.0.0.1", "::1", ""})


class HealthMiddleware:
    """The first middleware: answers the three addresses of those who watch, and hands everything else on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = ANSWERS.get(request.path_info)
        if answer is None or (answer is measured and not _is_from_here(request)):
            return self.get_response(request)
        return answer() if request.method in SAFE else HttpResponseNotAllowed(SAFE)


def _is_from_here(request: HttpRequest) -> bool:
    """Tell whether a program of this machine asks, and not somebody through the proxy."""
    return request.META.get("REMOTE_ADDR") in LOOPBACK and "HTTP_X_FORWARDED_FOR" not in request.META


def alive() -> HttpResponse:
    """Answer without touching anything."""
    return JsonResponse({"status": "ok"})


def ready() -> HttpResponse:
    """Answer 200 when requests can be served, else 503 with what is wrong."""
    faults = [fault for fault in (_database_fault(), _files_fault()) if fault]
    return JsonResponse({"status": "unready" if faults else "ok", "faults": faults}, status=503 if faults else 200)


def measured() -> HttpResponse:
    """Answer Prometheus with what all programs of this installation have counted."""
    return HttpResponse(metrics.exposition(), content_type=CONTENT_TYPE_LATEST)


ANSWERS: dict[str, Callable[[], HttpResponse]] = {"/healthz": alive, "/readyz": ready, "/metrics": measured}


def _database_fault() -> str:
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        return f"database: {type(error).__name__}"
    return f"database: {len(waiting)} migrations wait" if waiting else ""


def _files_fault() -> str:
    return "" if settings.DATA_DIR.is_dir() else "files: the data folder is missing"
