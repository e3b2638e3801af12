"""Who has a thin link keeps the usual forms at once: pressed once it tells their size, pressed again it keeps them."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.accessibility import assert_accessible
from tests.journeys.conftest import PHONE
from tests.live import Live

NOTHING_KEPT_YET = """
  const match = CacheStorage.prototype.match;
  let asked = 0;
  CacheStorage.prototype.match = function (address) {
    return address === "/may-nay/dau" && asked++ === 0 ? Promise.resolve() : match.call(this, address);
  };
"""
NOT_KEPT = """async () => {
  const { pages } = await (await fetch("/may-nay/trang.json")).json();
  const here = await Promise.all(pages.map((address) => caches.match(address)));
  return [pages.length, pages.filter((_, place) => !here[place])];
}"""

pytestmark = [pytest.mark.browser, pytest.mark.once]


def test_the_usual_forms_are_kept_when_asked_for_with_their_size_told_first(browser: Browser, live: Live) -> None:
    page = browser.new_context(locale="vi-VN", base_url=live.url, **PHONE).new_page()
    page.add_init_script(NOTHING_KEPT_YET)
    page.goto("/may-nay/")
    button = page.locator("#luu-het")
    expect(button).to_have_text("Lưu các biểu mẫu thường dùng")
    assert_accessible(page)

    button.click()
    expect(button).to_have_text(re.compile(r"^Lưu \d\d trang, khoảng \d{2,3} KB$"))
    button.click()

    expect(page.locator("#bao")).to_contain_text("Đã lưu các biểu mẫu thường dùng", timeout=60_000)
    expect(button).to_be_hidden()
    count, missing = page.evaluate(NOT_KEPT)
    assert count > 10
    assert missing == []
