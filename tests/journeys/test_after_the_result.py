"""From the result in the hand to the face that was tapped: without scripts on a phone, and on the tablet at the desk."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.accessibility import assert_accessible
from tests.journeys.test_official_story import official
from tests.live import Live

pytestmark = [pytest.mark.browser, pytest.mark.once]


def hand_over(page: Page) -> str:
    """Hand over the first result that waits at the desk; returns its code."""
    page.goto("/mot-cua/?hang=ready")
    page.locator("td.ma a").first.click()
    code = page.locator("h1").inner_text()
    page.locator("summary", has_text="Trả kết quả").click()
    page.fill("#giay-nhan", "căn cước")
    page.locator("details[open] button", has_text="Trả kết quả").click()
    expect(page.get_by_text(f"Đã trả kết quả hồ sơ {code}.")).to_be_visible()
    return code


def test_the_person_at_the_desk_taps_a_face_on_a_tablet_on_which_nobody_is_signed_in(browser: Browser, live: Live) -> None:
    desk = official(browser, live, "tiepnhan")
    tablet = official(browser, live, "tiepnhan")
    tablet.goto("/hai-long/man-hinh/")
    tablet.get_by_role("button", name="Mở màn hình trên máy này").click()
    expect(tablet.get_by_role("heading", name="Kính chào bà con")).to_be_visible()
    assert_accessible(tablet)

    hand_over(desk)
    desk.get_by_role("button", name="Hỏi ý kiến tại quầy").click()
    expect(desk.get_by_text("Câu hỏi đang hiện trên màn hình ở quầy")).to_be_visible()

    expect(tablet.get_by_role("button", name="Rất hài lòng")).to_be_visible(timeout=45_000)
    assert_accessible(tablet)
    tablet.get_by_role("button", name="Bình thường").click()
    expect(tablet.get_by_role("heading", name="Cảm ơn anh/chị.")).to_be_visible()
    tablet.goto("/mot-cua/")
    assert "/dang-nhap/" in tablet.url


def test_a_face_on_the_phone_works_without_scripts_and_may_be_followed_by_words(no_js: Page, browser: Browser, live: Live) -> None:
    desk = official(browser, live, "tiepnhan")
    code = hand_over(desk)
    phone = desk.locator('a[href^="tel:"]').first.get_attribute("href") or ""
    no_js.goto("/tra-cuu/")
    no_js.fill("input[name=code]", code)
    no_js.fill("input[name=digits]", phone[-4:])
    no_js.press("input[name=digits]", "Enter")
    no_js.get_by_role("link", name="Cho ý kiến").click()

    no_js.get_by_role("button", name="Rất hài lòng").click()
    expect(no_js.get_by_text("Anh/chị đã chọn: Rất hài lòng.")).to_be_visible()
    no_js.fill("#gop-y", "Nhanh, không phải chờ")
    no_js.get_by_role("button", name="Gửi góp ý").click()

    expect(no_js.get_by_text("Xã đã nhận góp ý của anh/chị.")).to_be_visible()
