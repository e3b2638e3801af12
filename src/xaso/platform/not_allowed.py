"""What people read who open an address that only takes what a form sends: after a refusal such an address stays in the browser's bar."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve


class NotAllowedMiddleware:
    """Puts a page into Django's empty answer to a method that an address does not take."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        if answer.status_code != HTTPStatus.METHOD_NOT_ALLOWED or not isinstance(answer, HttpResponse) or answer.content:
            return answer
        page = render_to_string("405.html", {"back": page_above(request.path_info)}, request)
        return HttpResponse(page, status=answer.status_code, headers={"Allow": answer.headers["Allow"]})


def page_above(path: str) -> str:
    """Return the nearest address above this one that exists: the page whose form it belongs to."""
    parts = path.strip("/").split("/")
    while len(parts) > 1:
        parts.pop()
        above = f"/{'/'.join(parts)}/"
        try:
            resolve(above)
        except Resolver404:
            continue
        return above
    return "/"
