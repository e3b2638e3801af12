"""Draws an answered page in a browser from memory, without a server, and tells what is wrong with it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from playwright.sync_api import Page, Route

from tests.journeys.accessibility import breaches, contrast_breaches_in_the_dark
from tests.journeys.test_look import SIDEWAYS, TWICE_THE_TEXT

ORIGIN = "http://testserver"


@dataclass(frozen=True)
class Drawn:
    """A page as it was answered: who asked for it, where, and its text."""

    who: str
    address: str
    html: str


def faults(page: Page, drawn: Drawn) -> list[str]:
    """Draw the page and return in words what breaks WCAG 2.2 AA, in light or dark, and what scrolls sideways, also with twice the text."""

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path
        static = finders.find(path.removeprefix("/static/")) if path.startswith("/static/") else None
        if route.request.is_navigation_request():
            route.fulfill(body=drawn.html, content_type="text/html; charset=utf-8")
        elif static:
            route.fulfill(path=Path(static))
        else:
            route.abort()

    page.route("**/*", answer)
    page.goto(ORIGIN + drawn.address, wait_until="load")
    found = breaches(page) + contrast_breaches_in_the_dark(page)
    found += _sideways(page, "")
    page.evaluate(TWICE_THE_TEXT)
    found += _sideways(page, " with twice the text")
    page.unroute("**/*")
    return found


def _sideways(page: Page, how: str) -> list[str]:
    over: Any = page.evaluate(SIDEWAYS)
    return [f"{over} px sideways{how}"] if over > 0 else []
