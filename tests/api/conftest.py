"""A commune with an API token, and a way to call the API as a program does."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from xaso.apps.dossiers import testing as build
from xaso.platform import tokens

SCOPES = ("dossiers:create", "dossiers:read", "dossiers:move", "role:desk", "role:case_officer")


@dataclass(frozen=True)
class Caller:
    """A program with a token; `made` is the commune it works for."""

    made: build.Office
    token: str
    client: Client

    def get(self, path: str) -> Any:
        """Send a GET."""
        return self.client.get(f"/api/v1{path}", headers=self.headers())

    def post(self, path: str, body: Any, *, key: str = "") -> Any:
        """Send a POST with JSON; a text goes as it is."""
        content = body if isinstance(body, str | bytes) else json.dumps(body, ensure_ascii=False)
        return self.client.post(f"/api/v1{path}", content, content_type="application/json", headers=self.headers(key))

    def headers(self, key: str = "") -> dict[str, str]:
        """Return the headers of a request."""
        keyed = {"Idempotency-Key": key} if key else {}
        return {"Authorization": f"Bearer {self.token}", **keyed} if self.token else keyed


CallerWith = Callable[..., Caller]


@pytest.fixture
def made(db: None) -> build.Office:
    """Return a commune that files and issues everything itself."""
    return build.office()


@pytest.fixture
def caller_with(made: build.Office) -> CallerWith:
    """Return a maker of callers with the scopes named; without scopes it has no token."""

    def make(*scopes: str) -> Caller:
        clear = tokens.create(made.commune_id, "thử", scopes, now=build.MORNING) if scopes else ""
        return Caller(made, clear, Client(raise_request_exception=False))

    return make


@pytest.fixture
def caller(caller_with: CallerWith) -> Caller:
    """Return a program that may do all that the API offers."""
    return caller_with(*SCOPES)


@pytest.fixture
def application() -> dict[str, Any]:
    """Return an application for certified copies."""
    return {
        "procedure_code": "2.000815",
        "channel": "counter",
        "applicant": {"name": "Giàng A Pao", "phone": "0912345678"},
        "answers": {"documents": [{"name": "Căn cước", "pages": 2, "copies": 1}]},
    }
