"""An official protects her account: the app set without scripts, recovery codes on paper, and two people who let her start anew."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.accessibility import assert_accessible
from tests.journeys.conftest import ALONE, DESKTOP, PHONE
from tests.journeys.test_official_story import official, sign_in
from tests.live import Live
from xaso.apps.people import totp

pytestmark = [pytest.mark.browser, pytest.mark.once]

APP, OVERVIEW, RECOVERY = "/bao-ve-tai-khoan/ung-dung-ma/", "/bao-ve-tai-khoan/", "/khoi-phuc-tai-khoan/"
OWN = "suối-chảy-qua-bản"
WHO = "kinhte"
"""Whom no other journey signs in as: she has another password from here on."""


def send(page: Page, **typed: str) -> None:
    """Fill the page's form and press its button."""
    for name, value in typed.items():
        page.fill(f"main input[name={name}]", value)
    with page.expect_navigation():
        page.locator("main form button.nut").first.click()


def code_of(secret: str, off: int = 0) -> str:
    return totp.code_of(secret, totp.step_of(datetime.now(tz=UTC)) + off)


def test_two_people_let_an_official_start_anew_and_she_sets_her_app_without_scripts(browser: Browser, live: Live) -> None:
    admin, head = official(browser, live, "quantri"), official(browser, live, "giamdoc")
    admin.goto(RECOVERY)
    admin.select_option("select[name=account]", label=f"Lù Văn Thông ({WHO})")
    admin.fill("input[name=reason]", "mất điện thoại")
    admin.get_by_role("button", name="Đề nghị", exact=True).click()
    assert_accessible(admin)
    head.goto("/can-bo/")
    head.get_by_text("Đề nghị khôi phục tài khoản").first.click()
    head.goto(RECOVERY)
    head.locator("details.hoi summary").first.click()
    assert_accessible(head)
    head.get_by_role("button", name="Tôi đã gặp, xác nhận").click()
    password = head.locator("td code").inner_text()

    herself = browser.new_context(base_url=live.url, locale="vi-VN", java_script_enabled=False, **ALONE, **PHONE).new_page()
    herself.goto("/dang-nhap/")
    send(herself, username=WHO, password=password)
    send(herself, current=password, new=OWN, again=OWN)
    assert herself.url.endswith(APP)
    herself.locator("details.hoi summary").first.click()
    secret = herself.locator("#khoa").inner_text().replace(" ", "")
    herself.goto("/can-bo/")
    assert herself.url.endswith(APP)
    send(herself, one_time_code=code_of(secret))
    paper = herself.locator("#ma-du-phong code").all_inner_texts()
    assert len(paper) == 10
    herself.get_by_role("link", name="Tôi đã ghi lại").click()
    expect(herself.get_by_role("heading", level=1)).to_be_visible()

    again = browser.new_context(base_url=live.url, locale="vi-VN", **ALONE, **DESKTOP).new_page()
    again.goto("/dang-nhap/")
    send(again, username=WHO, password=OWN)
    expect(again.locator("#ma-dung-thu")).to_have_count(0)
    assert_accessible(again)
    again.get_by_role("link", name="Dùng mã dự phòng").click()
    send(again, one_time_code=paper[0])
    expect(again.get_by_role("status").first).to_contain_text("còn 9 mã")
    again.goto(OVERVIEW)
    assert_accessible(again)
    again.goto(APP)
    assert_accessible(again)
    for page in (admin, head, herself, again):
        page.context.close()


def test_a_passkey_is_added_used_and_removed_in_a_real_browser(browser: Browser, live: Live) -> None:
    there = live.url.replace("127.0.0.1", "localhost")
    page = browser.new_context(base_url=there, locale="vi-VN", **ALONE, **DESKTOP).new_page()
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": {**kind, "automaticPresenceSimulation": True}})
    sign_in(page, "xahoi")
    page.goto(f"{OVERVIEW}passkey/")
    assert_accessible(page)
    page.fill("input[name=label]", "máy ở quầy")
    page.fill("form[data-passkey] input[name=current]", "xaso-demo")
    page.get_by_role("button", name="Thêm passkey trên máy này").click()
    expect(page.locator("#ma-du-phong code")).to_have_count(10)

    page.context.clear_cookies()
    page.goto("/dang-nhap/")
    send(page, username="xahoi", password="xaso-demo")
    assert_accessible(page)
    page.get_by_role("button", name="Dùng passkey").click()
    page.wait_for_url("**/can-bo/")

    page.goto(f"{OVERVIEW}passkey/")
    page.locator("details.bo summary").click()
    assert_accessible(page)
    page.fill("details.bo input[name=current]", "xaso-demo")
    page.get_by_role("button", name="Bỏ passkey", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("Đã bỏ passkey")
    page.goto(f"{live.url}/bao-ve-tai-khoan/passkey/")
    assert page.url.startswith(f"{live.url}/dang-nhap/")
    page.context.close()
