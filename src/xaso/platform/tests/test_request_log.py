"""The operator's log: every request, and nothing of the person behind it."""

import json
import logging

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_a_request_is_logged_by_its_pattern_without_codes_names_or_what_was_typed(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        Client().get("/ho-so/XS-261123-0007/?q=Giàng+A+Pao")
    lines = [record.msg for record in caplog.records if record.name == "xaso.requests"]
    (line,) = [entry for entry in lines if isinstance(entry, dict)]
    assert line["route"] == "ho-so/<str:code>/"
    assert "0007" not in json.dumps(line, default=str)
    assert "Giàng" not in json.dumps(line, default=str, ensure_ascii=False)
