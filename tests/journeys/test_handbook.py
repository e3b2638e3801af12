"""The handbook on a phone: the way to an article is open to everybody, in each language, and without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.accessibility import assert_accessible

pytestmark = [pytest.mark.browser, pytest.mark.once]

ARTICLE = "/cam-nang/tranh-lua-dao/"


@pytest.mark.parametrize("language", ["vi", "en", "bn"])
def test_the_way_from_the_first_page_to_an_article_is_open_to_all(phone: Page, language: str) -> None:
    phone.goto(f"/ngon-ngu/?ma={language}&ve=/")
    phone.locator(".o a[href='/cam-nang/']").click()
    assert_accessible(phone)
    phone.locator(f"main a[href='{ARTICLE}']").click()
    expect(phone.locator(".tung-buoc > li")).to_have_count(5)
    assert_accessible(phone)


def test_it_is_found_and_read_without_javascript(no_js: Page) -> None:
    no_js.goto("/")
    no_js.fill("input[name=q]", "lua dao")
    no_js.get_by_role("button", name="Tìm").click()
    no_js.get_by_role("link", name="Tránh kẻ lừa đảo").click()
    expect(no_js.get_by_role("heading", level=1)).to_have_text("Tránh kẻ lừa đảo")
    expect(no_js.get_by_role("button", name="Lưu về máy")).to_have_count(0)
