"""What scripts on phones send and are told: JSON with a mark by which they tell our answer from the sign-in page of a public network."""

from http import HTTPStatus
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import UnreadablePostError
from pydantic import BaseModel, ValidationError

from xaso.kernel.errors import Refusal
from xaso.platform.api import PROBLEM, JsonParser
from xaso.platform.errors import words_for

SIGNATURE = "X-Xaso-Signature"
OURS = {"xaso": 1}
STATUS = {"platform.too_many": HTTPStatus.TOO_MANY_REQUESTS, "platform.too_large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE}

Shape = TypeVar("Shape", bound=BaseModel)


def read_item(request: HttpRequest, shape: type[Shape], most_bytes: int) -> Shape:
    """Return the body as a value of the shape. Raises Refusal `platform.too_large` or `platform.malformed`; hostile JSON is no more."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    try:
        if (length.isdecimal() and int(length) > most_bytes) or len(request.body) > most_bytes:
            raise Refusal("platform.too_large", limit=most_bytes // 1024)
        body = JsonParser().parse_body(request)
        return shape.model_validate(body)
    except RequestDataTooBig as error:
        raise Refusal("platform.too_large", limit=most_bytes // 1024) from error
    except (ValueError, ValidationError, UnreadablePostError) as error:
        raise Refusal("platform.malformed") from error


def comes_from_our_page(request: HttpRequest) -> bool:
    """Tell whether a script on a page of ours sent this: its origin stands for the form's token where a session speaks for somebody."""
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    return bool(origin) and urlsplit(origin).netloc == request.get_host()


def answer(told: dict[str, Any], status: int = HTTPStatus.OK) -> HttpResponse:
    """Return an answer that no cache keeps."""
    return JsonResponse({**OURS, **told}, status=status, headers={"Cache-Control": "no-store"})


def refuse(status: int, code: str, said: str, **more: Any) -> HttpResponse:
    """Return a refusal: a stable code for the script, a sentence for the person."""
    told = {**OURS, "status": int(status), "title": HTTPStatus(status).phrase, "code": code, "said": said, **more}
    return JsonResponse(told, status=status, content_type=PROBLEM, headers={"Cache-Control": "no-store"})


def refused(refusal: Refusal) -> HttpResponse:
    """Return the answer to a refusal; who tried too often is told when to try again."""
    status = STATUS.get(refusal.code, HTTPStatus.UNPROCESSABLE_ENTITY)
    told = refuse(status, refusal.code, words_for(refusal))
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        told.headers["Retry-After"] = str(60 * int(refusal.params["minutes"]))
    return told
