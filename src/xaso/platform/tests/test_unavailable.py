"""A database that cannot be written to just now: pages say so in words, programs get a problem, and nobody sees a traceback."""

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from xaso.kernel.errors import Refusal
from xaso.platform.api import make_api

api = make_api("bận")
handler500 = "xaso.platform.unavailable.answer_failure"


def locked(_request: HttpRequest) -> HttpResponse:
    raise OperationalError("database is locked")


def sealed(_request: HttpRequest) -> HttpResponse:
    raise Refusal("keyring.key_missing", key="s1qz3f0k7w", column="people_citizen.phone")


def broken(_request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


@api.get("/locked")
def api_locked(request: HttpRequest) -> None:
    raise OperationalError("database is locked")


urlpatterns = [path("locked", locked), path("sealed", sealed), path("broken", broken), path("api/", api.urls)]
here = override_settings(ROOT_URLCONF=__name__)


@here
def test_a_page_says_that_nothing_was_written_and_to_try_again(db: None) -> None:
    answer = Client(raise_request_exception=False).get("/locked")

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    text = answer.content.decode()
    assert "Hệ thống đang bận" in text
    assert "OperationalError" not in text


@here
def test_a_missing_key_is_named_in_the_log_and_not_to_the_visitor(db: None, caplog: pytest.LogCaptureFixture) -> None:
    answer = Client(raise_request_exception=False).get("/sealed")

    assert (answer.status_code, "s1qz3f0k7w" in answer.content.decode()) == (503, False)
    assert "s1qz3f0k7w" in caplog.text


@here
def test_other_failures_keep_their_page(db: None) -> None:
    answer = Client(raise_request_exception=False).get("/broken")

    assert answer.status_code == 500
    assert "Hệ thống của xã đang có lỗi" in answer.content.decode()


@here
def test_a_program_gets_a_problem_with_a_stable_code(db: None) -> None:
    answer = Client(raise_request_exception=False).get("/api/locked")

    assert answer.status_code == 503
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Retry-After"] == "5"
    assert answer.json()["code"] == "platform.busy"
    assert "locked" not in answer.content.decode()
