"""What journeys stand on: pages in a real browser, as a phone, as a desktop and without JavaScript, at a commune that runs."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from tests.live import Live

CHROMIUM = shutil.which("chromium-headless-shell") or "/usr/bin/chromium-headless-shell"
CHROMIUM_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 20_000
REST_MS = 2_000
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}
DESKTOP: dict[str, Any] = {"viewport": {"width": 1366, "height": 768}}
ALONE: dict[str, Any] = {"service_workers": "block"}
"""How a browser is opened whose test asks nothing of the service worker: that would first fetch and keep some thirty pages."""


@pytest.fixture(autouse=True, scope="session")
def contexts_end_with_their_browser() -> None:
    """Let nobody wait for a context to close: now and then Chromium never answers that, and the whole run stands still."""
    BrowserContext.close = _put_to_rest  # type: ignore[assignment,method-assign]


def _put_to_rest(context: BrowserContext, **_options: Any) -> None:
    """Empty the context's pages, so that their scripts take nothing from the tests that follow."""
    for page in context.pages:
        with suppress(Error):
            page.goto("about:blank", timeout=REST_MS, wait_until="commit")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Yield a browser for the tests of a module.

    Its driver keeps an event loop running in this thread, and code that meets one behaves as asynchronous code does: signing refuses, and
    the database opens a second connection that nobody closes. So it ends before other tests of this process begin.
    """
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=list(CHROMIUM_OPTIONS))


@pytest.fixture
def new_browser(request: pytest.FixtureRequest, browser: Browser, live: Live) -> Callable[..., BrowserContext]:
    """Return what opens a browser of its own; with the service worker where the test is marked so."""
    alone = {} if request.node.get_closest_marker("service_worker") else ALONE

    def open_one(**options: Any) -> BrowserContext:
        context = browser.new_context(base_url=live.url, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", **alone, **options)
        context.set_default_timeout(PATIENCE_MS)
        return context

    return open_one


def _page(context: BrowserContext) -> Iterator[Page]:
    """Yield a page; an error in the page's own scripts fails the test."""
    errors: list[str] = []
    page = context.new_page()
    context.on("page", lambda opened: opened.on("pageerror", lambda error: errors.append(str(error))))
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


@pytest.fixture
def phone(new_browser: Callable[..., BrowserContext]) -> Iterator[Page]:
    """Yield a page on a small phone, 360 × 740."""
    yield from _page(new_browser(**PHONE))


@pytest.fixture
def desktop(new_browser: Callable[..., BrowserContext]) -> Iterator[Page]:
    """Yield a page on an office computer, 1366 × 768."""
    yield from _page(new_browser(**DESKTOP))


@pytest.fixture
def no_js(new_browser: Callable[..., BrowserContext]) -> Iterator[Page]:
    """Yield a page on a phone whose browser runs no JavaScript."""
    yield from _page(new_browser(java_script_enabled=False, **PHONE))


@pytest.fixture
def second_context(new_browser: Callable[..., BrowserContext]) -> Iterator[BrowserContext]:
    """Yield another person's browser, for stories with two people at once."""
    context = new_browser(**DESKTOP)
    yield context
    context.close()
