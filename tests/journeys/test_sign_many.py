"""A vice-chair signs all that waits with one confirmation: with scripts the progress comes by itself, without them the page reloads."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.accessibility import assert_accessible
from tests.journeys.test_official_story import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.once]


def test_what_waits_is_signed_and_its_progress_comes_by_itself(desktop: Page) -> None:
    sign_in(desktop, "phochutich")
    desktop.goto("/ky-nhieu/")
    assert_accessible(desktop)
    boxes = desktop.locator("input[name=dossier]")
    waiting = boxes.count()
    assert waiting >= 2
    boxes.first.check()
    boxes.nth(1).check()
    desktop.get_by_role("button", name="Xem lại rồi ký").click()
    expect(desktop.get_by_role("heading", name="Ký 2 kết quả")).to_be_visible()
    assert_accessible(desktop)
    desktop.get_by_role("button", name="Tôi ký 2 kết quả").click()
    desktop.wait_for_url(re.compile(r"/ky-nhieu/[0-9a-f-]{36}/$"))
    assert_accessible(desktop)
    desktop.evaluate("window.isStillTheSamePage = true")

    expect(desktop.get_by_text("Đã ký 2 trên 2 kết quả.")).to_be_visible()

    assert desktop.evaluate("window.isStillTheSamePage")
    expect(desktop.get_by_text("Đã ký xong lượt này")).to_be_visible()
    assert_accessible(desktop)
    desktop.goto("/ky-nhieu/")
    assert desktop.locator("input[name=dossier]").count() == waiting - 2


def test_without_scripts_the_page_reloads_until_all_is_signed(no_js: Page) -> None:
    sign_in(no_js, "phochutich")
    no_js.goto("/ky-nhieu/?chon=het")
    boxes = no_js.locator("input[name=dossier]")
    assert all(boxes.nth(number).is_checked() for number in range(boxes.count()))
    no_js.goto("/ky-nhieu/")
    boxes.last.check()
    no_js.get_by_role("button", name="Xem lại rồi ký").click()
    no_js.get_by_role("button", name=re.compile("Tôi ký")).click()

    expect(no_js.get_by_text("Đã ký xong lượt này")).to_be_visible()
    expect(no_js.get_by_role("button", name="Dừng lượt ký")).to_have_count(0)
