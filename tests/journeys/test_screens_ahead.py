"""Screens that no answer can change are shown without waiting; what was answered goes behind, in turn, and is never lost."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.accessibility import assert_accessible
from tests.journeys.test_citizen_filing import COPY, begin, on, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.service_worker, pytest.mark.once]

PAPERS, PURPOSE = "giay-to/", "muc-dich/"
PAPER = {"name": "Bằng tốt nghiệp", "pages": "2", "copies": "3"}
WHY = "Xin việc ở công ty may"
NOBODY_ELSE = 17
"""The place in the list of a citizen whom no other test signs in."""

A_LOOK_MS = 700
"""How long a person looks at a new screen at least; an earlier press at the same place is the second of a double press."""


class Held:
    """Requests that are held back until they are let go; `posted` names the screens that went, in their order."""

    def __init__(self, page: Page, base: str) -> None:
        self.posted: list[str] = []
        self._base, self._page = base, page
        self._waiting: list[Route] = []
        self._is_free = self._is_cut = False
        page.route(f"**{base.partition('//')[2].partition('/')[2]}*/", self._take)

    def _take(self, route: Route) -> None:
        if route.request.method != "POST" or self._is_free:
            route.continue_()
        elif self._is_cut:
            route.abort("internetdisconnected")
        else:
            self._waiting.append(route)

    def next(self) -> str:
        """Return the screen whose answers wait to go, once there is one."""
        while not self._waiting:
            self._page.wait_for_timeout(20)
        return str(self._waiting[0].request.url.removeprefix(self._base))

    def let_go(self) -> None:
        """Let what waits go, and all that comes after it."""
        self._is_free = True
        for route in self._waiting:
            route.continue_()

    def cut(self) -> None:
        """Lose the signal: what waits and what comes fails."""
        self._is_cut = True
        for route in self._waiting:
            route.abort("internetdisconnected")
        self._waiting.clear()


@pytest.fixture
def base(phone: Page) -> str:
    """Come to the first screen of questions, with those after it sent along; returns the address of the application."""
    base = begin(phone, COPY, NOBODY_ELSE)
    phone.locator("#c-phone").fill("0912345678")
    on(phone)
    phone.wait_for_url(base + PAPERS)
    return base


def without_the_paper(phone: Page) -> None:
    """Look at the screen of a paper, then go on without one."""
    phone.wait_for_timeout(A_LOOK_MS)
    phone.locator("[data-photo-off]").click()


def name_a_paper(phone: Page, pages: str = "2") -> None:
    for name, value in (PAPER | {"pages": pages}).items():
        phone.locator(f"[name=documents-0-{name}]").fill(value)
    on(phone)


def test_the_next_screens_are_there_before_the_answers_have_gone(phone: Page, base: str) -> None:
    held = Held(phone, base)
    name_a_paper(phone)
    expect(phone.get_by_role("heading", name="Anh/chị dùng bản sao vào việc gì?")).to_be_focused()
    phone.locator("[name=purpose]").fill(WHY)
    assert held.next() == PAPERS
    assert_accessible(phone)
    on(phone)
    expect(phone.locator("#tep-may")).to_be_attached()
    assert phone.url.startswith(base + "giay-")

    held.let_go()

    without_the_paper(phone)
    expect(phone.locator("#dong-y")).to_be_attached()
    for answer in ("Bằng tốt nghiệp", WHY):
        expect(phone.get_by_role("main")).to_contain_text(answer)


def test_a_double_press_goes_one_screen_on(phone: Page, base: str) -> None:
    for name, value in PAPER.items():
        phone.locator(f"[name=documents-0-{name}]").fill(value)
    phone.get_by_role("main").get_by_role("button", name="Tiếp tục").dblclick()
    phone.wait_for_url(base + PURPOSE)
    phone.wait_for_load_state("networkidle")

    assert phone.url == base + PURPOSE
    expect(phone.locator(".tomloi")).to_have_count(0)


def test_an_answer_that_is_wrong_is_shown_again_and_the_later_one_is_kept(phone: Page, base: str) -> None:
    held = Held(phone, base)
    name_a_paper(phone, pages="mười")
    phone.locator("[name=purpose]").fill(WHY)

    held.let_go()

    expect(phone.locator(".tomloi")).to_be_focused()
    assert phone.url == base + PAPERS
    assert_accessible(phone)
    phone.locator("[name=documents-0-pages]").fill("10")
    on(phone)
    phone.wait_for_url(base + PURPOSE)
    expect(phone.locator("[name=purpose]")).to_have_value(WHY)


def test_a_signal_that_is_lost_behind_says_so_and_all_goes_when_it_is_back(phone: Page, base: str) -> None:
    held = Held(phone, base)
    name_a_paper(phone)
    phone.locator("[name=purpose]").fill(WHY)
    held.next()

    held.cut()

    expect(phone.get_by_role("status").filter(has_text="Chưa có sóng")).to_be_visible()
    on(phone)
    expect(phone.locator("#tep-may")).to_be_attached()
    held.let_go()
    phone.evaluate("dispatchEvent(new Event('online'))")
    without_the_paper(phone)
    expect(phone.locator("#dong-y")).to_be_attached()
    for answer in ("Bằng tốt nghiệp", WHY):
        expect(phone.get_by_role("main")).to_contain_text(answer)


def test_a_page_closed_before_its_answers_went_shows_them_again(phone: Page, base: str) -> None:
    phone.wait_for_function("typeof xasoStore === 'object'")
    held = Held(phone, base)
    name_a_paper(phone)
    held.next()
    expect(phone.locator("[name=purpose]")).to_be_visible()
    held.cut()

    again = phone.context.new_page()
    again.goto(base + PAPERS)

    expect(again.locator("[name=documents-0-name]")).to_have_value("Bằng tốt nghiệp")


def test_a_session_that_ended_leads_to_the_sign_in_and_back_to_the_answers(phone: Page, base: str) -> None:
    phone.context.clear_cookies(name="sessionid")
    name_a_paper(phone)

    phone.wait_for_url(re.compile("/dang-nhap/"))
    sign_in(phone, NOBODY_ELSE)

    phone.wait_for_url(base + PAPERS)
    expect(phone.locator("[name=documents-0-name]")).to_have_value("Bằng tốt nghiệp")
