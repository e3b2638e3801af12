"""After a sign-in: who holds a phone is asked whether it is hers alone, and ties it; nobody is asked on a tablet."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.accessibility import assert_accessible
from tests.journeys.conftest import PHONE
from tests.live import Live

pytestmark = [pytest.mark.browser, pytest.mark.once]

ANDROID = "Mozilla/5.0 (Linux; Android 12; SM-A035F) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"
TABLET: dict[str, Any] = {**PHONE, "viewport": {"width": 800, "height": 1280}, "screen": {"width": 800, "height": 1280}}


def signed_in(browser: Browser, live: Live, device: dict[str, Any]) -> Page:
    page = browser.new_context(base_url=live.url, locale="vi-VN", user_agent=ANDROID, **device).new_page()
    page.goto("/dang-nhap/?next=/thu-tuc/")
    page.get_by_role("link", name="Đăng nhập bằng tài khoản định danh điện tử").click()
    page.locator("button[name=person]").first.click()
    return page


def test_a_phone_is_asked_about_and_tied_by_one_press(browser: Browser, live: Live) -> None:
    page = signed_in(browser, live, PHONE)
    page.wait_for_url("**/may-cua-rieng/**")
    assert_accessible(page)
    page.get_by_role("button", name="Của riêng tôi, gắn máy này").click()

    expect(page.get_by_role("status")).to_contain_text("Máy này đã gắn với tên anh/chị")
    page.get_by_role("link", name="Đi tiếp").click()
    expect(page).to_have_url(f"{live.url}/thu-tuc/")


def test_a_tablet_is_not_asked_about_though_its_browser_calls_it_a_phone(browser: Browser, live: Live) -> None:
    page = signed_in(browser, live, TABLET)

    expect(page).to_have_url(f"{live.url}/thu-tuc/")
