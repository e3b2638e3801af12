"""From the warning to the apology, the hand-over by the centre's head, and two dossiers side by side on a small phone."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.accessibility import assert_accessible
from tests.journeys.test_official_story import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.once]

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def looked_at(page: Page) -> None:
    """Hold the page to what every page keeps: accessible, nothing wider than the screen."""
    assert_accessible(page)
    assert page.evaluate(SIDEWAYS) <= 0, page.url


def test_the_apology_is_one_click_from_the_warning_and_the_head_hands_work_over(desktop: Page, second_context: BrowserContext) -> None:
    sign_in(desktop, "hotich")
    desktop.goto("/can-bo/?loc=sap-tre")
    looked_at(desktop)
    row = desktop.locator("tr", has_text="hộ nghèo").first
    code = row.locator("td.ma").inner_text()
    row.get_by_role("link", name="Xin lỗi").click()
    desktop.wait_for_url(f"**/ho-so/{code}/**")
    reason, day = desktop.get_by_label("Lý do chậm"), desktop.get_by_label("Ngày hẹn mới")
    reason.fill("Trưởng thôn đi vắng, chưa xác minh được.")
    looked_at(desktop)
    desktop.get_by_role("button", name="Gửi lời xin lỗi").click()
    expect(desktop.locator("#loi-chu")).to_contain_text("Anh/chị ghi ngày hẹn mới")
    expect(reason).to_have_value("Trưởng thôn đi vắng, chưa xác minh được.")
    day.fill(day.get_attribute("placeholder") or "")
    desktop.get_by_role("button", name="Xem trước").click()
    expect(desktop.locator("#xem-truoc")).to_contain_text("Trưởng thôn đi vắng")
    looked_at(desktop)
    desktop.get_by_role("button", name="Gửi lời xin lỗi").click()
    expect(desktop.get_by_text("Đã ghi xin lỗi")).to_be_visible()
    slip = desktop.get_by_role("link", name="In văn bản xin lỗi").get_attribute("href")
    assert desktop.request.get(slip or "").body().startswith(b"%PDF-")

    head = second_context.new_page()
    sign_in(head, "giamdoc")
    head.goto("/ban-giao/")
    head.locator("main .ds a").first.click()
    head.wait_for_url("**/ban-giao/?tu=*")
    looked_at(head)
    for box in head.locator("input[name=dossier]").all()[1:]:
        box.uncheck()
    head.get_by_label("Người nhận").select_option(index=1)
    head.get_by_label("Ghi chú bàn giao").fill("Người giữ đi tập huấn hai tuần.")
    head.get_by_role("button", name="Bàn giao các hồ sơ đã chọn").click()
    expect(head.get_by_text("Đã bàn giao 1 hồ sơ.")).to_be_visible()


def test_two_dossiers_are_compared_on_a_phone_and_found_to_be_two(phone: Page) -> None:
    sign_in(phone, "tiepnhan")
    phone.goto("/so-theo-doi/?trang-thai=submitted&thu-tuc=2.000815")
    alike = phone.locator(".bao a[href*='/trung/']")
    for address in [one.get_attribute("href") or "" for one in phone.locator("td.ma a").all()]:
        phone.goto(address)
        if alike.count():
            break
    looked_at(phone)
    compared = str(alike.first.get_attribute("href"))
    alike.first.click()
    phone.wait_for_url("**/trung/**")
    expect(phone.get_by_text("mục khác nhau")).to_be_visible()
    looked_at(phone)
    phone.get_by_role("button", name="Không trùng").click()
    phone.wait_for_url(lambda url: "/trung/" not in url)
    expect(phone.locator(f".bao a[href='{compared}']")).to_have_count(0)
    phone.goto("/so-theo-doi/in/")
    looked_at(phone)
