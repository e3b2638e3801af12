"""A database that cannot be written to just now: pages say so in words, programs get a problem, and nobody sees a traceback."""

import errno
import sqlite3
from contextlib import closing
from typing import Never

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


def full(_request: HttpRequest) -> HttpResponse:
    _fill()


def full_of_rows(_request: HttpRequest) -> HttpResponse:
    _write_rows_without_room()


def unreadable(_request: HttpRequest) -> HttpResponse:
    raise PermissionError(errno.EACCES, "Permission denied")


@api.get("/full")
def api_full(request: HttpRequest) -> None:
    _fill()


@api.get("/unreadable")
def api_unreadable(request: HttpRequest) -> None:
    raise PermissionError(errno.EACCES, "Permission denied")


def _fill() -> Never:
    raise OSError(errno.ENOSPC, "No space left on device")


def _write_rows_without_room() -> Never:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        database.execute("PRAGMA max_page_count = 4")
        database.execute("CREATE TABLE heap (content BLOB)")
        try:
            while True:
                database.execute("INSERT INTO heap VALUES (zeroblob(4096))")
        except sqlite3.OperationalError as error:
            raise OperationalError(*error.args) from error


@api.get("/locked")
def api_locked(request: HttpRequest) -> None:
    raise OperationalError("database is locked")


urlpatterns = [
    path("locked", locked),
    path("sealed", sealed),
    path("broken", broken),
    path("full", full),
    path("full-of-rows", full_of_rows),
    path("unreadable", unreadable),
    path("api/", api.urls),
]
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
@pytest.mark.parametrize("address", ["/full", "/full-of-rows"])
def test_a_full_disk_is_said_to_be_full_whether_a_file_or_the_database_met_it(
    address: str, db: None, caplog: pytest.LogCaptureFixture
) -> None:
    answer = Client(raise_request_exception=False).get(address)

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    text = answer.content.decode()
    assert "Máy chủ của xã đã hết chỗ" in text
    assert "vẫn còn nguyên" in text
    assert "disk_full" in caplog.text


@here
def test_a_program_is_told_of_a_full_disk_and_of_no_other_trouble_with_files(db: None) -> None:
    program = Client(raise_request_exception=False)

    answer, other = program.get("/api/full"), program.get("/api/unreadable")

    assert (answer.status_code, answer.json()["code"]) == (503, "platform.busy")
    assert "disk is full" in answer.json()["detail"]
    assert (other.status_code, program.get("/unreadable").status_code) == (500, 500)


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
