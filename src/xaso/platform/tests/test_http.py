"""What goes on the wire around every page."""

import gzip

import brotli
import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory, override_settings

from xaso.platform import http

TEXT = "Anh/chị cần làm gì? " * 100


def answered(response: HttpResponseBase, accept: str = "", **cookies: str) -> HttpResponseBase:
    request = RequestFactory().get("/", headers={"Accept-Encoding": accept})
    request.COOKIES.update(cookies)
    return http.PackingMiddleware(lambda _request: response)(request)


def test_policy_lets_nothing_inline_run_and_forms_go_only_to_us_and_the_provider() -> None:
    policy = http.security_headers("https://eid.example/realms/vn")["Content-Security-Policy"]

    assert "default-src 'none'; script-src 'self' 'sha256-" in policy
    assert "form-action 'self' https://eid.example;" in policy
    assert "unsafe" not in policy


def test_without_a_provider_forms_go_only_to_us() -> None:
    assert "form-action 'self';" in http.security_headers("")["Content-Security-Policy"]


@override_settings(EID_ISSUER="")
def test_an_answer_with_a_policy_of_its_own_keeps_it() -> None:
    own = HttpResponse("x", headers={"Content-Security-Policy": "sandbox"})

    answer = http.ContentSecurityMiddleware(lambda _request: own)(RequestFactory().get("/"))

    assert answer.headers["Content-Security-Policy"] == "sandbox"
    assert "Permissions-Policy" in answer.headers


@pytest.mark.parametrize(
    ("accept", "coding"),
    [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("", ""), ("identity", ""), ("zstd", "")],
)
def test_coding_follows_the_browser(accept: str, coding: str) -> None:
    assert http.accepted_coding(accept) == coding


@pytest.mark.parametrize(("accept", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_text_is_packed_and_reads_the_same(accept: str, unpack: object) -> None:
    answer = answered(HttpResponse(TEXT), accept)

    assert isinstance(answer, HttpResponse)
    assert unpack(answer.content).decode() == TEXT  # type: ignore[operator]
    assert answer.headers["Content-Length"] == str(len(answer.content))
    assert answer.headers["Vary"] == "Accept-Encoding"


def test_what_gains_nothing_is_left_alone() -> None:
    for response in (
        HttpResponse("ngắn"),
        HttpResponse(TEXT, content_type="image/jpeg"),
        HttpResponse(TEXT, headers={"Content-Encoding": "br"}),
        StreamingHttpResponse([TEXT]),
    ):
        before = dict(response.headers)

        assert dict(answered(response, "br").headers) == before


def test_answer_to_somebody_signed_in_has_a_length_that_tells_nothing() -> None:
    assert "X-Padding" in answered(HttpResponse(TEXT), "br", sessionid="x").headers
    assert "X-Padding" not in answered(HttpResponse(TEXT), "br").headers
