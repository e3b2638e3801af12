"""Applying over a thin link: the first page of a phone that was never here, the whole journey, what a lost signal leaves of typed answers.

Links as in `thin_link`. Who opens the form is signed in; nothing else lies on her phone.
"""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from statistics import median
from typing import Any, Literal

from playwright.sync_api import Browser, BrowserContext, Error, Page, expect, sync_playwright

from bench import citizen
from bench.figures import Figure, Target, beside
from bench.thin_link import EDGE, FIFTY, LINKS, SLOW_3G, Link, Wire
from tests.cutting import wait_for
from tests.journeys.conftest import CHROMIUM, CHROMIUM_OPTIONS
from tests.live import Live

ROUNDS = 3
SLOWER_CPU = 4
TRIPS_A_SCREEN = 2
BYTES = Target("start of filing, first visit: bytes down", "kB", 25, at_most=True)
REQUESTS = Target("start of filing, first visit: requests", "", 5, at_most=True)
TYPABLE = {link: Target(f"typable at {link.name}", "s", bound, at_most=True) for link, bound in ((SLOW_3G, 4), (EDGE, 2), (FIFTY, 4))}
JOURNEY = {
    link: Target(f"journey with a photo at {link.name}", "s", bound, at_most=True)
    for link, bound in ((SLOW_3G, 15), (EDGE, 12), (FIFTY, 50))
}
SHARE = {link: Target(f"{JOURNEY[link].name}: of bytes ÷ rate + 2 trips a screen", "×", 2, at_most=True) for link in LINKS}
JOURNEY_BYTES = Target("journey with a photo: bytes down", "kB", 60, at_most=True)
KEPT = Target("typed form kept after offline + submit, offline + reload, tab closed: of 3", "", 3)
ON_A_WEAK_PHONE = Target("typable on a processor four times slower", "s", 0.8, at_most=True)
TARGETS = (BYTES, REQUESTS, *TYPABLE.values(), *JOURNEY.values(), *SHARE.values(), JOURNEY_BYTES, KEPT, ON_A_WEAK_PHONE)

NAME = "Vàng Thị Dợ"


def measure(live: Live) -> Iterator[Figure]:
    """Yield the first visit, then the journeys with the floor beside each, then what is left of typed answers."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(CHROMIUM_OPTIONS))
        people = Signed(browser, live)
        photo = Path(folder) / "giấy.jpg"
        photo.write_bytes(citizen.picture())
        yield from _first_visit(people)
        for link in LINKS:
            yield from _journeys(people, link, photo)
        yield KEPT.figure(sum(case(people) for case in (_kept_after_submit, _kept_after_reload, _kept_in_a_new_tab)))
        browser.close()


class Signed:
    """Citizens who are signed in, one after the other, each with a phone of her own."""

    def __init__(self, browser: Browser, live: Live) -> None:
        self._browser, self._live, self._next = browser, live, 0
        self._warm()

    def phone(self, *, workers: Literal["allow", "block"] = "block") -> BrowserContext:
        """Return the next citizen's phone."""
        self._next += 1
        cookies = citizen.signed_in(self._browser, self._live, self._next % PEOPLE)
        return citizen.phone(self._browser, self._live, cookies, workers=workers)

    def _warm(self) -> None:
        """Let each process of the server draw the form once."""
        for _round in range(4):
            page = self.phone().new_page()
            citizen.to_form(page)
            page.context.close()


PEOPLE = 6


def _first_visit(people: Signed) -> Iterator[Figure]:
    page = people.phone().new_page()
    wire = Wire().watch(page)
    citizen.to_form(page)
    until_typable = wire.down_bytes
    page.wait_for_load_state("networkidle")
    yield BYTES.figure(wire.down_bytes / 1000)
    yield REQUESTS.figure(wire.requests)
    yield beside("start of filing, first visit: bytes down until typable", until_typable / 1000, "kB")
    for link in LINKS:
        yield TYPABLE[link].figure(median(_typable(people, link) for _round in range(ROUNDS)))
    yield ON_A_WEAK_PHONE.figure(median(_typable(people, None, SLOWER_CPU) for _round in range(ROUNDS)))


def _typable(people: Signed, link: Link | None, slower_cpu: float = 1) -> float:
    page = people.phone().new_page()
    Wire().watch(page, link, slower_cpu=slower_cpu)
    begun = time.perf_counter()
    citizen.to_form(page)
    seconds = time.perf_counter() - begun
    page.context.close()
    return seconds


def _journeys(people: Signed, link: Link, photo: Path) -> Iterator[Figure]:
    rounds = [_journey(people, link, photo) for _round in range(ROUNDS)]
    seconds, wire, marks = sorted(rounds, key=lambda one: one[0])[ROUNDS // 2]
    yield JOURNEY[link].figure(seconds)
    yield SHARE[link].figure(seconds / link.seconds(wire.down_bytes, wire.up_bytes, TRIPS_A_SCREEN * citizen.SCREENS))
    floor = link.seconds(0, wire.body_bytes, 1)
    yield beside(f"{JOURNEY[link].name}: the floor, answers and photo alone", floor, "s")
    yield beside(f"{JOURNEY[link].name}: of the floor", seconds / floor, "×")
    for name, mark in marks.items():
        yield beside(f"{JOURNEY[link].name}: until {name}", mark, "s")
    if link is FIFTY:
        yield JOURNEY_BYTES.figure(wire.down_bytes / 1000)
        yield beside("journey with a photo: requests", wire.requests, "")
        yield beside("journey with a photo: bytes up", wire.up_bytes / 1000, "kB")


def _journey(people: Signed, link: Link, photo: Path) -> tuple[float, Wire, dict[str, float]]:
    page = people.phone().new_page()
    wire, marks = Wire().watch(page, link), {}
    begun = time.perf_counter()
    steps: dict[str, Callable[[Page], None]] = {
        "the form": citizen.to_form,
        "the photo is asked for": citizen.answer,
        "the photo is kept": citizen.take_photo(photo),
        "the check": citizen.check,
        "the code": citizen.submit,
    }
    for name, step in steps.items():
        step(page)
        marks[name] = time.perf_counter() - begun
    page.context.close()
    return marks["the code"], wire, marks


def _typed(people: Signed) -> Page:
    """Return a form into which something was typed, on a phone at rest."""
    page = people.phone(workers="allow").new_page()
    citizen.to_form(page)
    page.wait_for_load_state("networkidle")
    page.locator("#c-name").fill(NAME)
    wait_for(lambda: page.evaluate(IS_KEPT))
    return page


IS_KEPT = f"""async () => typeof xasoStore === "object" &&
  (await Promise.all((await xasoStore.all("typed")).map(xasoStore.contentOf)))
    .some((one) => new URLSearchParams(one).get("name") === "{NAME}")"""


def _kept_after_submit(people: Signed) -> bool:
    page = _typed(people)
    page.context.set_offline(True)
    citizen.on(page)
    page.wait_for_timeout(1000)
    page.context.set_offline(False)
    return _still_there(page, page.url)


def _kept_after_reload(people: Signed) -> bool:
    page = _typed(people)
    address = page.url
    page.context.set_offline(True)
    _try(page.reload)
    page.context.set_offline(False)
    page.goto(address)
    return _still_there(page, address)


def _kept_in_a_new_tab(people: Signed) -> bool:
    page = _typed(people)
    address = page.url
    context = page.context
    page.close()
    page = context.new_page()
    page.goto(address)
    return _still_there(page, address)


def _still_there(page: Page, address: str) -> bool:
    """Tell whether the field shows what was typed, and whether the commune gets it when the person goes on."""
    try:
        expect(page.locator("#c-name")).to_have_value(NAME, timeout=10_000)
    except AssertionError:
        return False
    citizen.on(page)
    page.locator("[name=documents-0-name]").wait_for()
    page.goto(page.url.replace("/giay-to/", "/nguoi-nop/"))
    kept = page.locator("#c-name").input_value() == NAME
    page.context.close()
    return kept


def _try(act: Callable[..., Any]) -> None:
    with suppress(Error):
        act(timeout=5000)
