"""Every kind of page that anybody may open, in a real browser: accessible, and nowhere wider than a small phone, with twice the text too.

The pages are fetched first, by who may open them, and shown to the browser afterwards. The languages are spread over the kinds of pages.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from itertools import cycle
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from playwright.sync_api import Page, Route, sync_playwright

from tests.architecture.may_open import MAY_OPEN, OWNER, VISITOR
from tests.architecture.test_who_may_open import World, world  # noqa: F401  the fixture
from tests.journeys.accessibility import breaches
from tests.journeys.conftest import CHROMIUM, CHROMIUM_OPTIONS, PHONE
from xaso.platform.language import languages_offered

HOME = "http://xa.example"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TWICE_THE_TEXT = "document.documentElement.style.fontSize = '225%'"
MARKED_WHERE_NO_MARK_STANDS = """[...document.querySelectorAll('title, option, [aria-label], [data-name], [placeholder]')]
    .filter(one => /<span|&lt;span/.test(one.outerHTML.split('>')[0] + one.textContent)).map(one => one.outerHTML.slice(0, 120))"""
KINDS_AT_LEAST = 90

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db]


@dataclass(frozen=True)
class Shown:
    """A page as somebody got it, in a language."""

    route: str
    who: str
    language: str
    html: str


def pages_of(world: World) -> Iterator[Shown]:  # noqa: F811
    """Yield a page for each address that shows one to somebody: a visitor, else the owner, else an official."""
    languages = cycle(code for code, _name in languages_offered())
    visitors = {
        route: (VISITOR if VISITOR in may else OWNER if OWNER in may else min(may)) for route, may in sorted(MAY_OPEN.items()) if may
    }
    clients = {who: world.client_of(who) for who in sorted(set(visitors.values()))}
    files = []
    for route, who in visitors.items():
        language = next(languages)
        clients[who].cookies[settings.LANGUAGE_COOKIE_NAME] = language
        answer = clients[who].get(world.address(route))
        if answer.streaming:
            files.append(answer)
        elif answer.headers.get("Content-Type", "").startswith("text/html") and answer.content:
            yield Shown(route, who, language, answer.content.decode())
    for file in files:  # closing one closes the database's connection too
        file.close()


def answer_with(pages: dict[str, Shown], route: Route) -> None:
    """Give the browser the page or the static file that it asks for; there is nothing else."""
    path = urlsplit(route.request.url).path
    found = finders.find(path.removeprefix(settings.STATIC_URL)) if path.startswith(settings.STATIC_URL) else None
    if isinstance(found, str):
        route.fulfill(path=Path(found))
    elif path in pages:
        route.fulfill(body=pages[path].html, content_type="text/html; charset=utf-8")
    else:
        route.fulfill(status=HTTPStatus.NOT_FOUND)


def test_every_page_is_accessible_and_fits_the_smallest_phone_with_twice_the_text(world: World) -> None:  # noqa: F811
    pages = {f"/{number}": shown for number, shown in enumerate(pages_of(world))}
    with sync_playwright() as playwright:  # one of its own: between its beginning and end nobody may ask the database
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(CHROMIUM_OPTIONS))
        context = browser.new_context(base_url=HOME, service_workers="block", **PHONE)
        context.route("**/*", lambda route: answer_with(pages, route))
        page = context.new_page()
        found = {f"{shown.who} {shown.language} /{shown.route}": faults_of(page, path) for path, shown in pages.items()}

    assert len(found) >= KINDS_AT_LEAST
    assert {shown.language for shown in pages.values()} == {code for code, _name in languages_offered()}
    assert {where: faults for where, faults in found.items() if faults} == {}


def faults_of(page: Page, path: str) -> list[str]:
    """Return what is wrong with the page at the path, in words."""
    page.goto(path)
    faults = breaches(page)
    faults += [f"a mark of language where none can stand: {one}" for one in page.evaluate(MARKED_WHERE_NO_MARK_STANDS)]
    plain = page.evaluate(SIDEWAYS)
    page.evaluate(TWICE_THE_TEXT)
    twice = page.evaluate(SIDEWAYS)
    return faults + [f"{pixels} px too wide {when}" for pixels, when in ((plain, "as it is"), (twice, "with twice the text")) if pixels]
