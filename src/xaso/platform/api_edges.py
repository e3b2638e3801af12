"""The edges of the API: what is refused before or beside an endpoint (no such address, wrong method, too much) is a problem too."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from xaso.platform.api import BUSY_SECONDS, PROBLEM, problem
from xaso.platform.api_way import ApiWay

ROOT = "/api/"
CODES = {
    400: "platform.bad_request",
    401: "platform.token_missing",
    403: "platform.forbidden",
    404: "platform.not_found",
    405: "platform.method_not_allowed",
    413: "platform.too_large",
    500: "platform.failed",
    503: "platform.busy",
}
KEPT_HEADERS = ("Allow", "Retry-After")


class ApiMiddleware:
    """Sends requests under `/api/` their own way and turns every refusal there into a problem. A body that is too large is refused unread.

    Without TLS a program is refused and not led to https: else nobody would notice that its token goes over the line in clear.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.answer = ApiWay().answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(ROOT):
            return self.get_response(request)
        if settings.SECURE_SSL_REDIRECT and not request.is_secure():
            return problem(403, "platform.tls_needed", "https only: what was sent went over the line in clear, the token too")
        if _is_too_large(request):
            return problem(413, CODES[413], f"at most {settings.DATA_UPLOAD_MAX_MEMORY_SIZE} bytes")
        return _as_problem(self.answer(request))


def _is_too_large(request: HttpRequest) -> bool:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return length.isdecimal() and int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def _as_problem(answer: HttpResponseBase) -> HttpResponseBase:
    if answer.status_code < 400 or answer.headers.get("Content-Type", "").startswith(PROBLEM):
        return answer
    status = answer.status_code if answer.status_code in CODES else (400 if answer.status_code < 500 else 500)
    told: HttpResponse = problem(status, CODES[status])
    for name in KEPT_HEADERS:
        if answer.has_header(name):
            told.headers[name] = answer.headers[name]
    if status == 503:
        told.headers.setdefault("Retry-After", str(BUSY_SECONDS))
    return told
