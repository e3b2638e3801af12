"""The stylesheet comes with the first page of who signed in, and is named once the phone has fetched it."""

import base64
import hashlib
import re
from wsgiref.headers import Headers

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory

from xaso.platform import first_page
from xaso.platform.http import ContentSecurityMiddleware

ADDRESS = "/static/xaso/xaso.0123456789ab.css"


def style_for(**cookies: str) -> str:
    """Return what the head of a page holds for a browser with these cookies."""
    request = RequestFactory().get("/")
    request.COOKIES.update(cookies)
    return first_page.stylesheet(request, ADDRESS)


def test_the_style_comes_along_until_its_file_says_that_it_was_fetched() -> None:
    headers = Headers()
    first_page.tell_style_is_here(headers, "", ADDRESS)
    name, _, value = (headers["Set-Cookie"] or "").partition(";")[0].partition("=")
    session = {settings.SESSION_COOKIE_NAME: "x"}

    assert style_for(**session).startswith("<style>")
    assert style_for(**session, **{name: "an older one"}).startswith("<style>")
    assert style_for(**session, **{name: value}) == f'<link rel="stylesheet" href="{ADDRESS}">'


def test_pages_for_strangers_and_answers_to_scripts_name_the_style() -> None:
    asked = RequestFactory().get("/", headers={"Xaso-One-Trip": "1"})
    asked.COOKIES[settings.SESSION_COOKIE_NAME] = "x"

    assert {style_for(), first_page.stylesheet(asked, ADDRESS), first_page.stylesheet(None, ADDRESS)} == {
        f'<link rel="stylesheet" href="{ADDRESS}">'
    }


def test_other_files_say_nothing() -> None:
    headers = Headers()
    for address in ("/static/xaso/xaso.0123456789ab.js", "/static/queue/queue.0123456789ab.css", "/static/xaso/xaso.css"):
        first_page.tell_style_is_here(headers, "", address)

    assert headers.items() == []


def test_the_policy_allows_exactly_this_style() -> None:
    found = re.fullmatch(r"<style>(.*)</style>", style_for(**{settings.SESSION_COOKIE_NAME: "x"}), re.DOTALL)
    assert found is not None
    digest = base64.b64encode(hashlib.sha256(found[1].encode()).digest()).decode()

    policy = ContentSecurityMiddleware(lambda _request: HttpResponse())(RequestFactory().get("/")).headers["Content-Security-Policy"]

    assert f"style-src 'self' 'sha256-{digest}';" in policy
    assert "unsafe-inline" not in policy


@pytest.mark.django_db
def test_the_icon_needs_no_fetch(client: Client) -> None:
    assert '<link rel="icon" href="data:image/svg+xml,' in client.get("/dang-nhap/").content.decode()
