"""The way of a request to the API: past few middlewares, since a program has no session, no cookie, no form and no page."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.exception import convert_exception_to_response
from django.http import Http404, HttpRequest, HttpResponseNotFound
from django.http.response import HttpResponseBase
from django.utils.module_loading import import_string


class ApiWay(BaseHandler):
    """Answers by `settings.API_MIDDLEWARE` and the endpoint, as Django does by all that pages need."""

    def __init__(self) -> None:
        self._view_middleware: list[Any] = []
        self._template_response_middleware: list[Any] = []
        self._exception_middleware: list[Any] = []
        handler: Any = convert_exception_to_response(self._by_endpoint)
        for path in reversed(settings.API_MIDDLEWARE):
            middleware = import_string(path)(handler)
            if hasattr(middleware, "process_view"):
                self._view_middleware.insert(0, middleware.process_view)
            if hasattr(middleware, "process_exception"):
                self._exception_middleware.append(middleware.process_exception)
            handler = convert_exception_to_response(middleware)
        self.answer: Callable[[HttpRequest], HttpResponseBase] = handler

    def _by_endpoint(self, request: HttpRequest) -> HttpResponseBase:
        """Let the endpoint answer; no page is drawn for an address that is none."""
        try:
            response: HttpResponseBase = self._get_response(request)  # type: ignore[attr-defined]
        except Http404:
            response = HttpResponseNotFound()
        return response
