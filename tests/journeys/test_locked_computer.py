"""Two officials share a computer: one locks it by a key in the middle of a sentence, the other works on, and nothing is lost or shown."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.accessibility import assert_accessible
from tests.journeys.conftest import ALONE, DESKTOP, PHONE
from tests.journeys.test_official_story import PASSWORD, official, sign_in
from tests.live import Live

pytestmark = [pytest.mark.browser, pytest.mark.once]

PINS = {"tiepnhan": "195082", "hotich": "640275"}
PIN_PAGE = "/bao-ve-tai-khoan/pin/"
WORDS = "Bà Mỷ xin bản sao, đang chờ giấy ra viện"


def picture(page: Page, name: str) -> None:
    """Keep a picture where `XASO_PICTURES` says so, for who looks at pages."""
    if folder := os.environ.get("XASO_PICTURES"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def set_pin(page: Page, username: str) -> None:
    page.goto(PIN_PAGE)
    page.fill("input[name=current]", PASSWORD)
    page.fill("input[name=pin]", PINS[username])
    page.fill("input[name=pin_again]", PINS[username])
    page.get_by_role("button", name="Đặt mã PIN").click()
    expect(page.get_by_role("status").first).to_contain_text("Đã đặt mã PIN")


def give_pin(page: Page, username: str) -> None:
    page.fill("input[name=pin]", PINS[username])
    page.press("input[name=pin]", "Enter")
    page.wait_for_url(lambda url: "/khoa-may/" not in url)


def test_a_key_hides_every_tab_and_each_official_finds_her_own_work_again(browser: Browser, live: Live) -> None:
    page = official(browser, live, "hotich")
    page.goto(PIN_PAGE)
    assert_accessible(page)
    picture(page, "pin")
    set_pin(page, "hotich")
    page.keyboard.press("Alt+k")
    page.wait_for_url("**/khoa-may/")
    sign_in(page, "tiepnhan")
    set_pin(page, "tiepnhan")
    page.goto("/can-bo/")
    picture(page, "rail")
    other_tab = page.context.new_page()
    other_tab.goto("/mot-cua/moi/")
    case = str(page.locator("a", has_text="XS-").first.get_attribute("href"))
    page.goto(case)
    box = page.locator("main textarea[name=reason]").first
    page.evaluate("document.querySelectorAll('main details').forEach((one) => (one.open = true))")
    box.fill(WORDS)

    page.keyboard.press("Alt+k")
    page.wait_for_url("**/khoa-may/")
    other_tab.wait_for_url("**/khoa-may/")
    assert_accessible(page)
    picture(page, "locked")
    page.go_back()
    expect(page.get_by_role("heading", name="Máy đang khóa")).to_be_visible()
    assert WORDS not in page.content()
    page.goto("/khoa-may/")
    page.fill("input[name=pin]", "000000")
    page.press("input[name=pin]", "Enter")
    expect(page.get_by_role("alert")).to_contain_text("Còn 4 lần")
    assert_accessible(page)
    picture(page, "wrong")

    page.locator("ul.ds a").first.click()
    give_pin(page, "hotich")
    assert WORDS not in page.content()
    page.goto(case)
    assert WORDS not in page.content()
    page.goto("/bao-ve-tai-khoan/phien/")
    expect(page.get_by_text("Máy chung với")).to_be_visible()
    picture(page, "sessions")
    page.get_by_role("button", name="Khóa máy").click()
    page.wait_for_url("**/khoa-may/")
    page.locator("ul.ds a").first.click()
    give_pin(page, "tiepnhan")
    assert page.url.endswith(case)
    expect(page.locator("main textarea[name=reason]").first).to_have_value(WORDS)
    expect(page.locator("main textarea[name=reason]").first).to_be_visible()
    expect(page.get_by_text("gõ dở trước khi khóa máy")).to_be_visible()
    picture(page, "back")
    page.context.close()


def test_left_alone_a_page_warns_then_locks(browser: Browser, live: Live) -> None:
    page = official(browser, live, "vanthu")
    PINS["vanthu"] = "830451"
    set_pin(page, "vanthu")
    page.clock.install()
    page.goto("/can-bo/")
    page.mouse.move(5, 5)
    page.clock.run_for(9 * 60_000 + 40_000)
    expect(page.get_by_role("alert")).to_contain_text("Máy sắp khóa")
    picture(page, "soon")
    page.mouse.move(50, 50)
    expect(page.get_by_role("alert")).to_have_count(0)
    page.clock.run_for(10 * 60_000 + 3_000)
    page.wait_for_url("**/khoa-may/")
    page.context.close()


def test_without_scripts_the_press_locks_and_the_pin_opens(browser: Browser, live: Live) -> None:
    page = browser.new_context(base_url=live.url, locale="vi-VN", java_script_enabled=False, **ALONE, **PHONE).new_page()
    page.goto("/dang-nhap/")
    page.fill("input[name=username]", "xahoi")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.fill("input[name=one_time_code]", page.inner_text("#ma-dung-thu"))
    page.press("input[name=one_time_code]", "Enter")
    PINS["xahoi"] = "519273"
    set_pin(page, "xahoi")
    page.goto("/so-theo-doi/")
    page.get_by_role("button", name="Khóa máy").click()
    expect(page.get_by_role("heading", name="Máy đang khóa")).to_be_visible()
    picture(page, "locked-phone")
    page.goto("/so-theo-doi/")
    expect(page.get_by_role("heading", name="Máy đang khóa")).to_be_visible()
    give_pin(page, "xahoi")
    assert page.url.endswith("/so-theo-doi/")
    page.context.close()


def test_who_opened_by_pin_confirms_in_full_before_she_administers_in_bengali_too(browser: Browser, live: Live) -> None:
    page = browser.new_context(base_url=live.url, locale="bn-BD", **ALONE, **DESKTOP).new_page()
    page.context.add_cookies([{"name": "ngon_ngu", "value": "bn", "url": live.url}])
    sign_in(page, "quantri")
    PINS["quantri"] = "730581"
    page.goto(PIN_PAGE)
    page.fill("input[name=current]", PASSWORD)
    page.fill("input[name=pin]", PINS["quantri"])
    page.fill("input[name=pin_again]", PINS["quantri"])
    with page.expect_navigation():
        page.locator("main button.nut").first.click()
    page.keyboard.press("Alt+k")
    page.wait_for_url("**/khoa-may/")
    picture(page, "locked-bn")
    give_pin(page, "quantri")
    page.goto("/quan-tri/don-vi-cu/")
    page.locator("main form button.nut").first.click()
    page.wait_for_url("**/xac-nhan/**")
    assert_accessible(page)
    picture(page, "confirm-bn")
    page.fill("input[name=one_time_code]", page.inner_text("#ma-dung-thu"))
    page.press("input[name=one_time_code]", "Enter")
    page.wait_for_url(lambda url: "xac-nhan" not in url)
    page.context.close()
