"""The OpenAPI schema: its snapshot in docs is current, and the real application keeps to it whatever it is sent."""

import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from ninja import Schema
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.api.conftest import SCOPES
from xaso.apps.dossiers import testing as build
from xaso.platform import tokens
from xaso.site.api import api
from xaso.site.wsgi import application

SNAPSHOT = Path(__file__).resolve().parents[2] / "docs" / "api" / "openapi.json"
EXAMPLES = 25


def test_the_snapshot_in_docs_is_current() -> None:
    current = json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=1) + "\n"
    if os.environ.get("XASO_WRITE_SNAPSHOT"):
        SNAPSHOT.write_text(current, encoding="utf-8")

    assert SNAPSHOT.read_text(encoding="utf-8") == current, "run the test again with XASO_WRITE_SNAPSHOT=1 and look at the difference"


def test_no_two_shapes_have_one_name() -> None:
    """The schema knows a shape by its name alone: of two, one would be told of wherever the other is answered."""
    named = Counter(shape.__name__ for shape in {*_shapes(Schema)} if shape.__module__.startswith("xaso."))

    assert [name for name, count in named.items() if count > 1] == []


def _shapes(parent: type[Schema]) -> Iterator[type[Schema]]:
    for shape in parent.__subclasses__():
        yield shape
        yield from _shapes(shape)


@pytest.fixture
def token(db: None) -> Iterator[str]:
    """Yield a token for a commune that files everything itself; requests share the test's connection, as with Django's own client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield tokens.create(build.office().commune_id, "thử", SCOPES, now=build.MORNING)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


schema = schemathesis.openapi.from_dict(api.get_openapi_schema())
schema.app = application


@schema.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_application_keeps_to_its_schema(case: schemathesis.Case, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"}

    response = case.call(headers=headers)

    # What a state or a rule refuses is answered 422 as well, and no schema can tell that beforehand.
    case.validate_response(response, headers=headers, excluded_checks=[positive_data_acceptance])
