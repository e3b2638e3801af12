"""The frame of the API: bearer tokens with scopes, and problem+json errors (RFC 9457) with stable codes."""

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied
from django.db import DataError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.parser import Parser
from ninja.security import HttpBearer

from xaso.kernel.errors import Refusal
from xaso.kernel.flow import MoveRefused
from xaso.platform import call_pace, clock, tokens
from xaso.platform.actor import Actor
from xaso.platform.errors import words_for
from xaso.platform.full_disk import is_full_disk

log = structlog.get_logger(__name__)

PROBLEM = "application/problem+json"
ROLE_SCOPE = "role:"
NEVER_A_TOKENS = frozenset({"signer"})
scopes_asked_for: set[str] = set()
"""The scopes of all endpoints."""


class Problem(Schema):
    """An error as machines read it; `code` is stable, `title` and `detail` are for people."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str = ""
    errors: list[dict[str, Any]] = []


ERRORS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 405, 409, 413, 422, 429, 503), Problem)
BUSY_SECONDS = 5
NO_TOKEN = "send the header Authorization: Bearer <token>"  # noqa: S105 - says where a token goes
LONGEST_DETAIL = 300


class JsonParser(Parser):
    """Reads JSON that every database can keep: no numbers beyond JSON, no zero character, no half of a character."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Return the body. Raises ValueError, which the API answers as a problem."""
        try:
            text = request.body.decode()
            body = json.loads(text, parse_constant=_no_such_number)
            json.dumps(body, ensure_ascii=False).encode()
        except RecursionError as error:
            raise ValueError("nested too deeply") from error
        if "\\u0000" in text:
            raise ValueError("a text holds the character zero")
        return body


def _no_such_number(name: str) -> None:
    raise ValueError(f"JSON has no number {name}")


class Bearer(HttpBearer):
    """Lets a token in that has the scope; its `role:…` scopes are the roles it acts with. Signing is never given to a token."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope
        scopes_asked_for.add(scope)

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        now = clock.now()
        row = tokens.token_for(token, now=now)
        call_pace.count_call(row.digest)
        tokens.note_use(row, now=now)
        if self.scope not in row.scopes:
            raise ScopeMissing("platform.scope_missing", scope=self.scope)
        request.api_token = row  # type: ignore[attr-defined]
        return Actor(
            kind="token",
            commune_id=row.commune_id,
            name=row.name,
            account_id=row.id,
            roles=frozenset(scope.removeprefix(ROLE_SCOPE) for scope in row.scopes if scope.startswith(ROLE_SCOPE)) - NEVER_A_TOKENS,
            address=request.META.get("REMOTE_ADDR", ""),
            channel="api",
        )


class ScopeMissing(Refusal):
    """The token is known and may not do this."""


class Conflict(Refusal):
    """The request is well-formed and does not fit what is already there."""


class NotFound(Refusal):
    """There is no such thing, or the asker may not see it."""


class Api(NinjaAPI):
    """An API whose schema tells that errors come as problem+json."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Return the schema of the API."""
        schema = super().get_openapi_schema(**options)
        for operations in schema["paths"].values():
            for operation in operations.values():
                for status, response in operation["responses"].items():
                    if int(status) >= HTTPStatus.BAD_REQUEST:
                        response["content"] = {PROBLEM: response["content"]["application/json"]}
        return schema


def make_api(version: str) -> NinjaAPI:
    """Return an API that answers every error as a problem."""
    api = Api(
        title="Xã Số",
        parser=JsonParser(),
        version=version,
        openapi_url="/openapi.json",
        docs_url=None,
        description="Thủ tục và hồ sơ của một xã. Procedures and dossiers of a commune.",
    )
    answer: Any = api.add_exception_handler
    for kind, status in (
        (NotFound, 404),
        (ScopeMissing, 403),
        (Conflict, 409),
        (MoveRefused, 409),
    ):
        answer(kind, _refusal_handler(status))
    answer(Refusal, _any_refusal)
    answer(
        AuthenticationError,
        lambda _request, _error: problem(401, "platform.token_missing", "send the header Authorization: Bearer <token>"),
    )
    answer(ValidationError, _validation)
    answer(Http404, lambda _request, _error: problem(404, "platform.not_found"))
    answer(PermissionDenied, lambda _request, _error: problem(403, "platform.forbidden"))
    answer(DataError, lambda _request, _error: problem(422, "platform.malformed"))
    answer(OperationalError, _busy)
    answer(OSError, _busy_on_full_disk)
    answer(HttpError, lambda _request, error: problem(error.status_code, "platform.bad_request", str(error)))
    return api


_STATUS_OF = {"files.not_kept": 503, "platform.token_unknown": 401, "platform.too_many": 429, "platform.too_many_calls": 429}


def _any_refusal(_request: HttpRequest, refusal: Refusal) -> HttpResponse:
    status = _STATUS_OF.get(refusal.code) or (404 if refusal.code.endswith("not_found") else 422)
    answer = _answer(refusal, status)
    if "seconds" in refusal.params or status == 503:
        answer.headers["Retry-After"] = str(refusal.params.get("seconds", BUSY_SECONDS))
    return answer


def _refusal_handler(status: int) -> Callable[[HttpRequest, Refusal], HttpResponse]:
    return lambda _request, refusal: _answer(refusal, status)


def _answer(refusal: Refusal, status: int) -> HttpResponse:
    errors = [{"path": error.pointer, "code": error.code} for error in refusal.params.get("errors", ())]
    return problem(status, refusal.code, words_for(refusal), errors)


def _busy(_request: HttpRequest, error: OperationalError | OSError) -> HttpResponse:
    is_full = is_full_disk(error)
    log.error("disk_full" if is_full else "database_unavailable", error=str(error))
    answer = problem(503, "platform.busy", "the disk is full: nothing of this was kept" if is_full else "")
    answer.headers["Retry-After"] = str(BUSY_SECONDS)
    return answer


def _busy_on_full_disk(request: HttpRequest, error: OSError) -> HttpResponse:
    if not is_full_disk(error):
        raise error
    return _busy(request, error)


def _validation(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [{"path": ".".join(str(part) for part in item["loc"]), "code": item["type"]} for item in error.errors]
    wrong = ", ".join(error["path"] for error in errors)
    return problem(422, "platform.malformed", f"does not fit the description at: {wrong}"[:LONGEST_DETAIL], errors)


def problem(status: int, code: str, detail: str = "", errors: list[dict[str, Any]] | None = None) -> HttpResponse:
    """Return a problem+json answer."""
    body = Problem(title=HTTPStatus(status).phrase, status=status, code=code, detail=detail, errors=errors or [])
    return JsonResponse(body.model_dump(), status=status, content_type=PROBLEM)
