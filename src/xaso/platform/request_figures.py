"""What `/metrics` tells of requests: how many answers of each kind each address gave, and how long they took. The rest can be summed."""

import time
from collections.abc import Callable
from functools import lru_cache

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django_prometheus.middleware import Metrics
from prometheus_client import Counter, Histogram

UNNAMED, UNKNOWN_METHOD = "<unnamed view>", "<invalid method>"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "TRACE", "OPTIONS", "CONNECT", "PATCH"})


class RequestFiguresMiddleware:
    """The innermost middleware. Its names are those of django-prometheus, which counts a dozen more that every page would pay for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._metrics = Metrics.get_instance()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        started = time.perf_counter()
        response = self.get_response(request)
        method = request.method if request.method in METHODS else UNKNOWN_METHOD
        answers, seconds = _figures_of(_view_of(request), method or "", response.status_code)
        answers.inc()
        seconds.observe(time.perf_counter() - started)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Count what a page failed with; Django answers it."""
        self._metrics.exceptions_by_type.labels(type=type(exception).__name__).inc()
        self._metrics.exceptions_by_view.labels(view=_view_of(request)).inc()


@lru_cache(maxsize=4096)
def _figures_of(view: str, method: str, status: int) -> tuple[Counter, Histogram]:
    metrics = Metrics.get_instance()
    answers = metrics.responses_by_status_view_method.labels(status=str(status), view=view, method=method)
    return answers, metrics.requests_latency_by_view_method.labels(view=view, method=method)


def _view_of(request: HttpRequest) -> str:
    match = request.resolver_match
    return (match.view_name if match else "") or UNNAMED
