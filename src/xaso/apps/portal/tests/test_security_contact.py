"""`/.well-known/security.txt` tells whom to write to, where the operator named somebody."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from xaso.platform import clock

pytestmark = pytest.mark.django_db
ADDRESS = "/.well-known/security.txt"


def test_it_tells_the_contact_for_half_a_year(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XASO_SECURITY_CONTACT", "mailto:baomat@example.vn")
    answer = Client().get(ADDRESS)
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    text = answer.content.decode()
    assert "Contact: mailto:baomat@example.vn\n" in text
    found = re.search(r"Expires: (\S+)Z\n", text)
    assert found is not None
    assert 150 < (datetime.fromisoformat(found[1]).replace(tzinfo=UTC) - clock.now()).days < 200


def test_there_is_none_where_nobody_was_named() -> None:
    assert Client().get(ADDRESS).status_code == 404


def test_a_contact_that_is_no_address_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XASO_SECURITY_CONTACT", "javascript:alert(1)")
    with pytest.raises(ValueError, match="XASO_SECURITY_CONTACT"):
        Client().get(ADDRESS)
