"""The operator's log: every request, every failure, and nothing of the person behind it, whichever logger speaks."""

import json
import logging
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
import structlog
from django.db import IntegrityError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from django.views.decorators.http import require_POST

pytestmark = pytest.mark.django_db
CODE, NAME = "XS-261123-0007", "Giàng A Pao"
handler500 = "xaso.platform.unavailable.answer_failure"


def absent(_request: HttpRequest, code: str) -> HttpResponse:
    raise Http404(code)


def broken(_request: HttpRequest, code: str) -> HttpResponse:
    return HttpResponse(int(NAME))


def doubled(_request: HttpRequest, code: str) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE people_seen (name varchar(60) NOT NULL, age integer NOT NULL)")
        cursor.execute("INSERT INTO people_seen (name) VALUES (%s)", [NAME])
    return HttpResponse()


@require_POST
def posted(_request: HttpRequest, code: str) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path(f"{view.__name__}/<str:code>/", view) for view in (absent, broken, doubled, posted)]


@pytest.fixture
def log() -> Iterator[StringIO]:
    """Yield what the operator's log would hold: all loggers, through the formatter that the installation uses."""
    written = StringIO()
    handler = logging.StreamHandler(written)
    formatters = [one.formatter for one in logging.getLogger().handlers]
    handler.setFormatter(next(one for one in formatters if isinstance(one, structlog.stdlib.ProcessorFormatter)))
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


def lines(log: StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_a_request_is_logged_by_its_pattern(log: StringIO) -> None:
    Client().get(f"/ho-so/{CODE}/", {"q": NAME})

    (line,) = lines(log)
    assert (line["logger"], line["route"]) == ("xaso.requests", "ho-so/<str:code>/")


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize(("page", "status"), [("absent", 404), ("broken", 500), ("doubled", 500), ("posted", 405)])
def test_no_logger_tells_a_code_or_a_name(log: StringIO, page: str, status: int) -> None:
    answer = Client(raise_request_exception=False).get(f"/{page}/{CODE}/", {"q": NAME})

    assert answer.status_code == status
    assert lines(log)
    for secret in (CODE, "0007", NAME, "Giàng"):
        assert secret not in json.dumps(lines(log), ensure_ascii=False)


@override_settings(ROOT_URLCONF=__name__)
def test_a_refused_form_is_not_told_by_its_address(log: StringIO) -> None:
    answer = Client(enforce_csrf_checks=True).post(f"/posted/{CODE}/")

    assert answer.status_code == 403
    assert CODE not in log.getvalue()


@override_settings(ROOT_URLCONF=__name__)
def test_a_failure_is_told_by_its_kind_and_its_place(log: StringIO) -> None:
    Client(raise_request_exception=False).get(f"/broken/{CODE}/")

    failed = next(line for line in lines(log) if line["event"] == "request_failed")
    assert failed["route"] == "broken/<str:code>/"
    assert "test_request_log.py" in failed["exception"]
    assert failed["exception"].endswith("builtins.ValueError")


@override_settings(ROOT_URLCONF=__name__)
def test_a_failure_in_the_database_names_what_its_plan_calls_it(log: StringIO) -> None:
    Client(raise_request_exception=False).get(f"/doubled/{CODE}/")

    failed = next(line for line in lines(log) if line["event"] == "request_failed")
    assert IntegrityError.__name__ in failed["exception"]
    assert "people_seen" in failed["exception"]
    assert "age" in failed["exception"]


def test_a_line_end_in_a_text_makes_no_second_line(log: StringIO) -> None:
    forged = 'x\n{"event": "signed_in"}\r\n\x1b[2K'
    structlog.get_logger("xaso.test").warning(forged, who=forged)
    logging.getLogger("a.library").warning("%s", forged)

    assert len(log.getvalue().splitlines()) == 2
    assert [line["event"] for line in lines(log)] == [forged, forged]
