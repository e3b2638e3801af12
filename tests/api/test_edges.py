"""The edges of the API: what never reaches an endpoint is refused as a problem all the same, and instants are told one way."""

from typing import Any
from uuid import UUID

import pytest
from django.conf import settings

from tests.api.conftest import SCOPES, Caller, CallerWith
from xaso.apps.dossiers.models import Dossier

KEY = "khoa-0001"


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("get", "/khong-co", 404, "platform.not_found"),
        ("get", "/procedures/", 404, "platform.not_found"),
        ("get", "/procedures/2.000815/", 404, "platform.not_found"),
        ("delete", "/procedures", 405, "platform.method_not_allowed"),
        ("get", "/dossiers", 405, "platform.method_not_allowed"),
        ("put", f"/dossiers/{UUID(int=1)}", 405, "platform.method_not_allowed"),
    ],
)
def test_what_reaches_no_endpoint_is_a_problem(caller: Caller, method: str, path: str, status: int, code: str) -> None:
    answer = getattr(caller.client, method)(f"/api/v1{path}", headers=caller.headers())

    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    assert (answer.json()["status"], answer.json()["code"]) == (status, code)


def test_a_program_is_answered_without_session_and_cookie_and_as_safely_as_a_page(caller: Caller) -> None:
    answer = caller.client.get("/api/v1/procedures", headers={**caller.headers(), "Cookie": "sessionid=x; messages=y; ngon_ngu=en"})

    assert answer.status_code == 200
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
    told = {name: answer.headers[name] for name in ("X-Frame-Options", "Referrer-Policy", "X-Content-Type-Options", "Content-Language")}
    assert told == {
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "Content-Language": "en",
    }


def test_a_wrong_method_is_told_which_ones_there_are(caller: Caller) -> None:
    assert caller.get("/dossiers").headers["Allow"] == "POST"


def test_a_body_that_is_too_large_is_refused_as_such(caller: Caller) -> None:
    answer = caller.post("/dossiers", "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1), key=KEY)

    assert (answer.status_code, answer.headers["Content-Type"]) == (413, "application/problem+json")
    assert answer.json()["code"] == "platform.too_large"


def test_without_tls_a_program_is_refused_and_not_led_on(caller: Caller, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True

    answer = caller.get("/procedures")

    assert (answer.status_code, answer.json()["code"]) == (403, "platform.tls_needed")
    assert "Location" not in answer.headers


def test_an_unknown_host_is_a_problem(caller_with: CallerWith, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["dichvu.example.vn"]

    answer = caller_with().get("/procedures")

    assert (answer.status_code, answer.json()["code"]) == (400, "platform.bad_request")


def test_a_token_that_calls_too_often_is_told_when_to_come_again(
    caller: Caller, caller_with: CallerWith, application: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XASO_API_CALLS_A_MINUTE", "3")
    place = f"/dossiers/{caller.post('/dossiers', application, key=KEY).json()['id']}"
    assert [caller.get(place).status_code for _ in range(2)] == [200, 200]

    answer = caller.post("/dossiers", application, key="khoa-0002")

    assert (answer.status_code, answer.headers["Content-Type"]) == (429, "application/problem+json")
    assert answer.json()["code"] == "platform.too_many_calls"
    assert 1 <= int(answer.headers["Retry-After"]) <= 20
    assert Dossier.objects.count() == 1
    assert caller_with(*SCOPES).get(place).status_code == 200
    assert caller_with().get("/procedures").status_code == 200


def test_a_token_calls_as_often_as_it_likes_where_the_operator_wants_no_limit(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XASO_API_CALLS_A_MINUTE", "1")
    caller.get(f"/dossiers/{UUID(int=1)}")
    assert caller.get(f"/dossiers/{UUID(int=1)}").status_code == 429

    monkeypatch.setenv("XASO_API_CALLS_A_MINUTE", "0")

    assert caller.get(f"/dossiers/{UUID(int=1)}").status_code == 404


def test_a_page_keeps_its_own_errors(caller_with: CallerWith) -> None:
    answer = caller_with().client.get("/khong-co/")

    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("text/html")


def test_instants_are_told_in_utc_right_after_a_move_and_later(caller: Caller, application: dict[str, Any]) -> None:
    place = f"/dossiers/{caller.post('/dossiers', application, key=KEY).json()['id']}"

    moved = caller.post(f"{place}/moves", {"verb": "accept"}).json()
    read = caller.get(place).json()

    assert moved["due_at"].endswith("Z")
    for name in ("submitted_at", "accepted_at", "due_at"):
        assert moved[name][:19] == read[name][:19]
        assert read[name].endswith("Z")
