"""The look, in a real browser: accessible, nowhere wider than the screen, with keys and without scripts."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.accessibility import assert_accessible
from tests.journeys.conftest import ALONE, DESKTOP, PHONE
from tests.live import Live

pytestmark = [pytest.mark.browser, pytest.mark.once]

SPECIMENS = ("/kieu-mau/", "/kieu-mau/can-bo/")
PAGES = ("/", *SPECIMENS, "/xac-minh/", "/xac-minh/khong-co-giay", "/xac-minh/tep/", "/dang-nhap/", "/khong-co-trang/")
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TARGETS = ".nut, .phai a, .tieng summary, .ds a, .chon, .truong input:not([type=radio],[type=checkbox]), select"
TOO_SMALL = "e => e.offsetParent && !e.classList.contains('nho') && e.getBoundingClientRect().height < 48"
TWICE_THE_TEXT = "document.documentElement.style.fontSize = '225%'"


@pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize(("address", "scheme"), [*((page, "light") for page in PAGES), *((page, "dark") for page in SPECIMENS)])
def test_page_is_accessible(browser: Browser, live: Live, address: str, device: dict[str, object], scheme: str) -> None:
    context = browser.new_context(base_url=live.url, color_scheme=scheme, **ALONE, **device)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address)

    assert_accessible(page)
    context.close()


@pytest.mark.parametrize("address", PAGES)
def test_nothing_scrolls_sideways_on_the_smallest_phone_nor_with_twice_the_text(browser: Browser, live: Live, address: str) -> None:
    context = browser.new_context(base_url=live.url, viewport={"width": 320, "height": 640}, is_mobile=True, has_touch=True, **ALONE)
    page = context.new_page()
    page.goto(address)
    plain = page.evaluate(SIDEWAYS)
    page.evaluate(TWICE_THE_TEXT)

    assert (plain, page.evaluate(SIDEWAYS)) == (0, 0)
    context.close()


def test_first_visit_takes_six_requests_at_most_and_breaks_no_policy(browser: Browser, live: Live) -> None:
    context = browser.new_context(base_url=live.url, **PHONE)
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto("/", wait_until="networkidle")

    assert len(asked) <= 6, asked
    assert complaints == []
    context.close()


def test_targets_of_citizens_are_large_enough_for_a_thumb(phone: Page) -> None:
    phone.goto("/kieu-mau/")
    small = phone.evaluate(f"[...document.querySelectorAll('{TARGETS}')].filter({TOO_SMALL}).map(e => e.outerHTML.slice(0, 80))")

    assert small == []


def test_keys_of_officials_are_told_and_can_be_switched_off(desktop: Page) -> None:
    desktop.goto("/kieu-mau/can-bo/")
    desktop.locator("body").press("/")
    expect(desktop.locator("[data-search]")).to_be_focused()
    desktop.locator("[data-search]").blur()
    opened = desktop.locator("details[open]")
    before = opened.count()
    desktop.keyboard.press("b")
    expect(opened).not_to_have_count(before)
    after = opened.count()

    desktop.locator("h1").click()
    desktop.keyboard.press("?")
    dialog = desktop.get_by_role("dialog")
    expect(dialog).to_contain_text("Chuyển ký")
    dialog.get_by_role("checkbox").uncheck()
    dialog.get_by_role("button").click()
    desktop.keyboard.press("b")
    expect(opened).to_have_count(after)


def test_language_is_chosen_without_scripts(no_js: Page) -> None:
    no_js.goto("/")
    no_js.locator(".tieng summary").click()
    no_js.get_by_role("link", name="English").click()

    expect(no_js.locator("html")).to_have_attribute("lang", "en")
    assert no_js.url.endswith("/")
