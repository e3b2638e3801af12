"""`/healthz` (this process answers) and `/readyz` (it can reach its database, is migrated and can keep files)."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from django_prometheus.exports import ExportToDjangoView


@require_safe
def alive(_request: HttpRequest) -> JsonResponse:
    """Answer without touching anything."""
    return JsonResponse({"status": "ok"})


@require_safe
def ready(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when requests can be served, else 503 with what is wrong."""
    faults = [fault for fault in (_database_fault(), _files_fault()) if fault]
    return JsonResponse({"status": "unready" if faults else "ok", "faults": faults}, status=503 if faults else 200)


def _database_fault() -> str:
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        return f"database: {type(error).__name__}"
    return f"database: {len(waiting)} migrations wait" if waiting else ""


def _files_fault() -> str:
    return "" if settings.DATA_DIR.is_dir() else "files: the data folder is missing"


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer Prometheus from this machine; from elsewhere there is nothing at this address."""
    if request.META.get("REMOTE_ADDR") not in {"127.0.0.1", "::1", ""} or "HTTP_X_FORWARDED_FOR" in request.META:
        raise Http404
    answer: HttpResponse = ExportToDjangoView(request)
    return answer
