"""Who has a thin link keeps the usual forms at once: pressed once it tells their size, pressed again it keeps them."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.cutting import cutting, wait_for
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

IS_KEPT = "caches.open('xaso-1-pages').then(cache => cache.match('/may-nay/dau')).then(Boolean)"
A_FEW_PAGES_BYTES = 4_000

pytestmark = [pytest.mark.browser, pytest.mark.service_worker, pytest.mark.once]


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


def test_kept_forms_are_named_in_words_also_where_a_name_is_not_translated(browser: Browser, live: Live) -> None:
    context = browser.new_context(locale="vi-VN", base_url=live.url, **PHONE)
    context.add_cookies([{"name": "ngon_ngu", "value": "bn", "url": live.url}])
    page = context.new_page()
    page.goto("/may-nay/")
    wait_for(lambda: page.evaluate(IS_KEPT), 60)
    page.reload()

    names = page.locator("#da-luu a b")
    expect(names.filter(has=page.locator("span[lang=vi]")).first).to_be_visible()
    assert not any(re.fullmatch(r"[\d.]+", name) for name in names.all_inner_texts())
    page.goto("/ngoai-tuyen/?q=ket+hon")
    expect(page.locator("#ket-qua b[lang=vi]").first).to_be_visible()


def test_a_save_that_is_cut_says_so_and_is_offered_again(browser: Browser, live: Live) -> None:
    with cutting(live.port) as link:
        page = browser.new_context(locale="vi-VN", base_url=link.url, **PHONE).new_page()
        page.add_init_script(NOTHING_KEPT_YET)
        page.goto("/may-nay/")
        wait_for(lambda: page.evaluate(IS_KEPT), 60)
        page.evaluate("caches.delete('xaso-1-pages')")
        button = page.locator("#luu-het")
        button.click()
        expect(button).to_have_text(re.compile("KB$"))
        link.cut_after(A_FEW_PAGES_BYTES)
        button.click()

        expect(page.locator("#loi")).to_contain_text("Chưa làm được. Có sóng rồi anh/chị thử lại.")
        expect(button).to_have_text("Chưa lưu hết. Bấm để lưu tiếp")
        link.up()
        button.click()
        expect(page.locator("#bao")).to_contain_text("Đã lưu các biểu mẫu thường dùng", timeout=60_000)
        expect(page.locator("#loi")).to_be_hidden()
        assert page.evaluate(NOT_KEPT)[1] == []
