"""Every page of the program, with things on it, drawn in a browser: no breach of WCAG 2.2 AA in light or dark, nothing sideways at 200 %.

The pages are asked for without a server, as who may open them, and handed to the browser from memory.
"""

from collections.abc import Iterator
from http import HTTPStatus

import pytest
from playwright.sync_api import sync_playwright

from tests.architecture.may_open import EVERYBODY, MAY_OPEN, OWNER, STRANGER, VISITOR
from tests.architecture.test_who_may_open import World, world
from tests.journeys.conftest import CHROMIUM, CHROMIUM_OPTIONS, DESKTOP, PHONE
from tests.journeys.drawing import Drawn, faults

__all__ = ["world"]
pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db]

CITIZENS = (VISITOR, OWNER, STRANGER)


def test_every_page_is_accessible_and_fits_with_twice_the_text(world: World) -> None:
    drawn = list(_pages(world))
    found_on: dict[str, list[str]] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(CHROMIUM_OPTIONS))
        for device, whose in ((PHONE, CITIZENS), (DESKTOP, tuple(EVERYBODY - set(CITIZENS)))):
            page = browser.new_context(**device).new_page()
            for one in drawn:
                if one.who in whose and (found := faults(page, one)):
                    found_on[f"{one.address} ({one.who})"] = found

    assert len(drawn) > 80
    assert found_on == {}


def _pages(world: World) -> Iterator[Drawn]:
    """Yield what each address answers to who may open it, where that is a page."""
    clients, files = {who: world.client_of(who) for who in EVERYBODY}, []
    for route, may in sorted(MAY_OPEN.items()):
        if not may:
            continue
        who = next((one for one in CITIZENS if one in may), None) or min(may)
        address = world.address(route)
        answer = clients[who].get(address)
        is_page = answer.status_code == HTTPStatus.OK and answer.headers.get("Content-Type", "").startswith("text/html")
        if is_page and not answer.streaming:
            yield Drawn(who, address, answer.content.decode())
        files += [answer] if answer.streaming else []
    for answer in files:
        answer.close()
