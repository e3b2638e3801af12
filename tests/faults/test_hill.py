"""Two hundred cuts while a phone sends, a hundred dossiers over a link that works a third of the time, and a server that is killed."""

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, sync_playwright

from tests.cutting import CuttingProxy, cutting, wait_for
from tests.live import Live
from tests.phone import hill
from xaso.platform.tests.file_samples import photo

CUTS, CUT_DOSSIERS = 200, 60
LEAST_BYTES, MOST_BYTES = 100, 16_000
KILLS, KILL_DOSSIERS, KILL_AFTER_MS = 8, 16, (50, 1500)
BACK_SECONDS = 60.0
"""A program that dies often is started again after pauses of up to half a minute."""
ITEMS, LINK_BYTES_A_SECOND = 100, 100_000
UP_SECONDS, DOWN_SECONDS, LONGEST_SECONDS = 2.0, 4.0, 400.0
"""A minute of 20 seconds with and 40 without a signal, ten times as fast."""

Tell = Callable[[str, object], None]
pytestmark = [pytest.mark.faults, pytest.mark.browser]


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "bang.jpg"
    path.write_bytes(photo(900, 700, quality=85))
    return path


def file_many(page: Page, live: Live, link: CuttingProxy, picture: Path, count: int) -> None:
    """Have the phone hold so many filed dossiers, each with a photo, and no signal."""
    name = hill.get_ready(page, live, link)
    link.down()
    hill.begin(page, link.url, name)
    hill.go_on(page, picture)
    page.goto(f"{link.url}/may-nay/")
    page.evaluate(hill.COPIES_OF_ONE, count)
    assert len(hill.items(page)) == count


def unsent(page: Page) -> int:
    return sum(one["state"] != "received" for one in hill.items(page))


def test_two_hundred_cuts_lose_and_double_nothing(
    playwright: Playwright, live: Live, picture: Path, tmp_path: Path, record_property: Tell
) -> None:
    errors: list[str] = []
    chance, before, cuts = random.Random(200), hill.filed(live), 0
    with cutting(live.port) as link, hill.phone(playwright, tmp_path / "phone", errors) as context:
        page = context.pages[0]
        file_many(page, live, link, picture, CUT_DOSSIERS)
        while cuts < CUTS and unsent(page):
            link.up()
            link.cut_after(chance.randint(LEAST_BYTES, MOST_BYTES))
            page.evaluate("xasoOutbox.run({ now: true })")
            cuts += not link.is_up
        link.up()
        received = hill.all_received(page, link.url, 120)

    codes, arrived = len({one["code"] for one in received}), hill.filed(live) - before
    record_property("figure", f"{cuts} cuts at random moments of filing: {CUT_DOSSIERS - codes} lost, {arrived - codes} doubled")
    assert errors == []
    assert cuts == CUTS
    assert codes == arrived == CUT_DOSSIERS


def test_a_hundred_arrive_over_a_link_that_works_a_third_of_the_time(
    playwright: Playwright, live: Live, picture: Path, tmp_path: Path, record_property: Tell
) -> None:
    errors: list[str] = []
    before = hill.filed(live)
    with cutting(live.port, LINK_BYTES_A_SECOND) as link, hill.phone(playwright, tmp_path / "phone", errors) as context:
        page = context.pages[0]
        file_many(page, live, link, picture, ITEMS)
        begun = time.monotonic()
        windows = 0
        while unsent(page):
            assert time.monotonic() < begun + LONGEST_SECONDS
            link.up()
            page.evaluate("void xasoOutbox.run({ now: true })")
            page.wait_for_timeout(UP_SECONDS * 1000)
            link.down()
            page.wait_for_timeout(DOWN_SECONDS * 1000)
            windows += 1
        received = hill.items(page)

    codes, arrived = len({one["code"] for one in received}), hill.filed(live) - before
    told = f"{ITEMS - codes} lost, {arrived - codes} doubled, all there after {windows} minutes of the link's own time"
    record_property("figure", f"{ITEMS} items filed offline, then a link that works 20 s in every 60: {told}")
    assert errors == []
    assert codes == arrived == ITEMS


def test_a_server_killed_while_it_takes_deliveries_loses_and_doubles_nothing(
    playwright: Playwright, live: Live, picture: Path, tmp_path: Path, record_property: Tell
) -> None:
    errors: list[str] = []
    chance, before = random.Random(9), hill.filed(live)
    with cutting(live.port) as link, hill.phone(playwright, tmp_path / "phone", errors) as context:
        page = context.pages[0]
        file_many(page, live, link, picture, KILL_DOSSIERS)
        link.up()
        for _ in range(KILLS):
            page.evaluate("void xasoOutbox.run({ now: true })")
            page.wait_for_timeout(chance.randint(*KILL_AFTER_MS))
            live.kill("web")
            wait_for(live.is_up, BACK_SECONDS)
        received = hill.all_received(page, link.url, 120)

    codes, arrived = len({one["code"] for one in received}), hill.filed(live) - before
    record_property("figure", f"{KILLS} kills of the server while a phone sends: {KILL_DOSSIERS - codes} lost, {arrived - codes} doubled")
    assert errors == []
    assert codes == arrived == KILL_DOSSIERS
