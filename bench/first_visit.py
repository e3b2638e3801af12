"""The home page as a phone that was never here fetches it, counted on the wire by a real browser."""

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import sync_playwright

from bench.figures import Figure, Target, beside
from tests.journeys.conftest import CHROMIUM, CHROMIUM_OPTIONS, PHONE
from tests.live import Live

USABLE = Target("home page, first visit: until usable", "kB", 14, at_most=True)
ALL = Target("home page, first visit: all", "kB", 25, at_most=True)
REQUESTS = Target("home page, first visit: requests", "", 6, at_most=True)
TARGETS = (USABLE, ALL, REQUESTS)


def measure(live: Live) -> Iterator[Figure]:
    """Yield bytes until the page can be used (styled, its script attached), all bytes, and requests; bytes are those on the wire."""
    received: dict[str, float] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(CHROMIUM_OPTIONS))
        context = browser.new_context(**PHONE)
        page = context.new_page()
        wire = context.new_cdp_session(page)
        wire.send("Network.enable")

        def finished(event: dict[str, Any]) -> None:
            received[event["requestId"]] = event["encodedDataLength"]

        wire.on("Network.loadingFinished", finished)
        page.goto(f"{live.url}/", wait_until="networkidle")
        needed = page.evaluate(NEEDED_BYTES)
        painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        browser.close()
    yield USABLE.figure(needed / 1000)
    yield ALL.figure(sum(received.values()) / 1000)
    yield REQUESTS.figure(len(received))
    yield beside("home page, first visit: first paint", painted, "ms")


NEEDED_BYTES = """() => {
  const ready = performance.getEntriesByType('navigation')[0];
  const until = ready.domContentLoadedEventEnd;
  const others = performance.getEntriesByType('resource').filter(one => one.responseEnd <= until);
  return [ready, ...others].reduce((sum, one) => sum + one.transferSize, 0);
}"""
"""What had come when deferred scripts had run: the page with its style and script. A `transferSize` is body and 300 bytes of headers."""
