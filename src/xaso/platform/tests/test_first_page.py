"""Style and script come with the first page of who signed in, and are named once the phone has fetched them."""

import base64
import hashlib
import re
from wsgiref.headers import Headers

import pytest
from django.conf import settings
from django.test import Client, RequestFactory

from xaso.platform import first_page

ADDRESS = "/static/xaso/xaso.0123456789ab.css"
SESSION = {settings.SESSION_COOKIE_NAME: "x"}


def is_first(cookies: dict[str, str], **headers: str) -> bool:
    """Tell what a browser with these cookies gets."""
    request = RequestFactory().get("/", headers={name.replace("_", "-"): value for name, value in headers.items()})
    request.COOKIES.update(cookies)
    return first_page.is_first(request, ADDRESS)


def test_the_style_comes_along_until_its_file_says_that_it_was_fetched() -> None:
    headers = Headers()
    first_page.tell_style_is_here(headers, "", ADDRESS)
    name, _, value = (headers["Set-Cookie"] or "").partition(";")[0].partition("=")

    assert is_first(SESSION)
    assert is_first(SESSION | {name: "an older one"})
    assert not is_first(SESSION | {name: value})


def test_pages_for_strangers_and_answers_to_scripts_name_the_style() -> None:
    assert not is_first({})
    assert not is_first(SESSION, Xaso_One_Trip="1")


def test_other_files_say_nothing() -> None:
    headers = Headers()
    for address in ("/static/xaso/xaso.0123456789ab.js", "/static/queue/queue.0123456789ab.css", "/static/xaso/xaso.css"):
        first_page.tell_style_is_here(headers, "", address)

    assert headers.items() == []


@pytest.mark.django_db
def test_the_policy_allows_exactly_what_the_page_brings(client: Client) -> None:
    client.cookies[settings.SESSION_COOKIE_NAME] = "x"
    client.cookies[first_page.COOKIE] = "an older one"

    answer = client.get("/tra-cuu/")

    page, policy = answer.content.decode(), answer["Content-Security-Policy"]
    for kind, element in (("style", "style"), ("script", "script")):
        [inside] = re.findall(rf"<{element}[^>]*>(.+?)</{element}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{kind}-src 'self' 'sha256-{digest}';" in policy
    assert "unsafe-inline" not in policy
    assert '<link rel="icon" href="data:image/svg+xml,' in page
