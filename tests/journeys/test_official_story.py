"""An application over the counter, from the card to the handed-over result: by keyboard alone, and without scripts."""

import time
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import ALONE, DESKTOP
from tests.live import Live

pytestmark = pytest.mark.browser

PASSWORD = "xaso-demo"
CARD = "999188001234||Giang Thi My|05111988|Nu|Thon Nam Ke, xa Bao Nhai, tinh Lao Cai|01012022"
SECONDS_FOR_A_WALK_IN = 120


def sign_in(page: Page, username: str) -> None:
    page.goto("/dang-nhap/")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: not url.endswith("/dang-nhap/"))
    if "/dang-nhap/buoc-hai/" in page.url:
        page.fill("input[name=one_time_code]", page.inner_text("#ma-dung-thu"))
        page.press("input[name=one_time_code]", "Enter")
    page.wait_for_url(lambda url: "/dang-nhap/" not in url)


def official(browser: Browser, live: Live, username: str, **options: Any) -> Page:
    """Return the page of an official who has signed in, in a browser of her own."""
    page = browser.new_context(base_url=live.url, locale="vi-VN", **ALONE, **DESKTOP, **options).new_page()
    sign_in(page, username)
    return page


def focused(page: Page) -> str:
    return str(page.evaluate("(on => on.id || (on.localName === 'button' ? on.value : on.name))(document.activeElement)"))


def go_on_to(page: Page, field: str) -> None:
    """Press Enter until the field has the focus."""
    for _ in range(20):
        if focused(page) == field:
            return
        page.keyboard.press("Enter")
    raise AssertionError(f"{field} is out of reach, the focus stands on {focused(page)}")


@pytest.mark.once
def test_a_walk_in_takes_no_mouse_and_no_two_minutes(desktop: Page) -> None:
    sign_in(desktop, "tiepnhan")
    desktop.goto("/mot-cua/")
    started = time.monotonic()
    desktop.keyboard.press("m")
    desktop.wait_for_url("**/mot-cua/moi/")
    expect(desktop.locator("#tim-thu-tuc")).to_be_focused()
    desktop.keyboard.type("sao y")
    desktop.keyboard.press("Enter")
    desktop.wait_for_url("**q=sao*")
    expect(desktop.locator("main .ds button").first).to_be_focused()
    desktop.keyboard.press("Enter")
    desktop.wait_for_url("**/mot-cua/ban/**")
    expect(desktop.locator("#card-text")).to_be_focused()
    desktop.keyboard.type(CARD)
    desktop.keyboard.press("Enter")
    desktop.wait_for_url("**#c-phone")
    expect(desktop.locator("#c-phone")).to_be_focused()
    desktop.keyboard.type("0912345678")
    for field, typed in (("f-q-documents-0-name", "Bằng tốt nghiệp"), ("f-q-documents-0-pages", "3"), ("f-q-documents-0-copies", "2")):
        go_on_to(desktop, field)
        desktop.keyboard.type(typed)
    go_on_to(desktop, "f-q-purpose")
    expect(desktop.locator("#phi")).to_contain_text("10.000 đ")
    go_on_to(desktop, "fee_taken")
    desktop.keyboard.press("Space")
    go_on_to(desktop, "receipt")
    desktop.keyboard.type("0001234")
    go_on_to(desktop, "take_in")
    desktop.keyboard.press("Enter")
    desktop.wait_for_url("**/ho-so/XS-**")

    expect(desktop.get_by_role("link", name="In giấy hẹn")).to_be_focused()
    expect(desktop.locator("main")).to_contain_text("Đã nộp phí")
    assert time.monotonic() - started < SECONDS_FOR_A_WALK_IN


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_the_counter_to_the_signed_result(browser: Browser, live: Live, scripts: bool) -> None:
    desk, officer, signer = (official(browser, live, name, java_script_enabled=scripts) for name in ("tiepnhan", "hotich", "phochutich"))

    desk.goto("/mot-cua/moi/?q=sao+y")
    desk.locator("main .ds button").first.click()
    desk.fill("#c-name", "Nguyễn Hoàng Thị Phương Thảo Anh Minh Châu Bảo Ngọc Kim Ngân")
    desk.fill("#c-phone", "0912 345 678")
    desk.fill("#f-q-documents-0-name", "Căn cước")
    desk.fill("#f-q-documents-0-pages", "2")
    desk.fill("#f-q-documents-0-copies", "1")
    if not scripts:
        desk.get_by_role("button", name="Tính phí").click()
    desk.check("input[name=fee_taken]")
    desk.fill("#receipt", "0000777")
    desk.click("button[value=take_in]")
    desk.wait_for_url("**/ho-so/XS-**")
    case = desk.url.split("#")[0]
    slip = desk.request.get(desk.get_by_role("link", name="In giấy hẹn").get_attribute("href") or "")
    assert slip.body().startswith(b"%PDF")

    officer.goto(case)
    officer.get_by_role("button", name="Nhận việc").click()
    officer.locator("summary", has_text="Yêu cầu bổ sung").click()
    officer.locator("input[name=paper]").first.check()
    officer.locator("input.vi-sao").first.fill("Mờ, không đọc được")
    officer.locator("form[action*=ask_for_more] button").click()
    expect(officer.locator(".dong-the")).to_contain_text("Chờ bổ sung")

    desk.goto(case)
    desk.fill("#bs-loi", "Đã mang bản rõ")
    desk.get_by_role("button", name="Đã đủ, chạy tiếp đồng hồ").click()
    expect(desk.locator(".dong-the")).to_contain_text("Đang thẩm tra")

    officer.goto(case)
    officer.locator("form[action*=prepare_result] button").click()
    expect(officer.locator(".dong-the")).to_contain_text("Chờ ký")

    signer.goto(case)
    assert signer.request.get(f"{case}du-thao/").body().startswith(b"%PDF")
    signer.locator("summary", has_text="Ký và đóng dấu").click()
    signer.get_by_role("button", name="Tôi ký").click()
    expect(signer.locator(".dong-the")).to_contain_text("Đã có kết quả")

    desk.goto(case)
    assert desk.request.get(f"{case}ket-qua/").body().count(b"/ByteRange") == 2
    desk.locator("summary", has_text="Trả kết quả").click()
    desk.fill("#giay-nhan", "căn cước 999*****1234")
    desk.check("input[name=signed_for]")
    desk.locator("form[action*=hand_over] button").click()
    expect(desk.locator(".dong-the")).to_contain_text("Đã trả kết quả")
    for page in (desk, officer, signer):
        page.context.close()


def test_of_two_officials_the_second_is_told_and_keeps_her_words(browser: Browser, live: Live) -> None:
    first, second = (official(browser, live, "hotich") for _ in range(2))
    first.goto("/so-theo-doi/?trang-thai=examining")
    case = first.locator("td.ma a").first.get_attribute("href") or ""
    for page in (first, second):
        page.goto(case)
        page.locator("summary", has_text="Việc khác").click()
        page.locator("summary", has_text="Dừng giải quyết").click()
    first.fill("#ly-do-stop", "Chờ bản án")
    first.fill("#can-cu-dung", "Biên bản ngày 20/11/2026")
    first.locator("form[action*='/stop/'] button").click()
    expect(first.locator(".dong-the")).to_contain_text("Dừng giải quyết")
    second.fill("#ly-do-stop", "Người nộp đi vắng dài ngày")
    second.fill("#can-cu-dung", "Biên bản làm việc")
    second.locator("form[action*='/stop/'] button").click()

    expect(second.get_by_role("alert")).to_contain_text("Trong lúc đó")
    expect(second.locator(".da-go")).to_have_text(["Người nộp đi vắng dài ngày", "Biên bản làm việc"])
    for page in (first, second):
        page.context.close()
