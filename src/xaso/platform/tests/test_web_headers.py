"""What every answer bears, whoever gave it: pages, files, the API, refusals, and the addresses of those who watch."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

ADDRESSES = (
    "/",
    "/dang-nhap/",
    "/khong-co-trang-nay/",
    "/sw.js",
    "/healthz",
    "/readyz",
    "/api/v1/openapi.json",
    "/api/v1/none",
    "/tai-len/",
)
EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=(), payment=(), usb=(), browsing-topics=()",
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_bears_the_policy(address: str) -> None:
    answer = Client().get(address)
    assert {name: answer.headers.get(name) for name in EXPECTED} == EXPECTED
    policy = dict(part.split(" ", 1) for part in answer["Content-Security-Policy"].split("; "))
    closed = ("default-src", "object-src", "base-uri", "frame-ancestors")
    assert {name: policy[name] for name in closed} == dict.fromkeys(closed, "'none'")
    assert "unsafe" not in answer["Content-Security-Policy"]


def test_pages_tell_other_sites_nothing_and_share_no_window_with_them() -> None:
    answer = Client().get("/")
    assert (answer["Referrer-Policy"], answer["Cross-Origin-Opener-Policy"], answer["X-Frame-Options"]) == (
        "same-origin",
        "same-origin",
        "DENY",
    )
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "FOO"])
def test_methods_that_no_page_speaks_are_refused(method: str) -> None:
    answer = Client().generic(method, "/dang-nhap/", headers={"X-Secret": "lộ"})
    assert answer.status_code == 405
    assert "lộ" not in answer.content.decode()


def test_other_sites_may_not_ask_by_script() -> None:
    answer = Client().options("/api/v1/dossiers", headers={"Origin": "https://xau.example", "Access-Control-Request-Method": "POST"})
    assert answer.status_code == 405
    assert "Access-Control-Allow-Origin" not in answer.headers
