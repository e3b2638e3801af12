"""Residence is looked for and the way to the police found; a social pension is asked for from a phone; a land dispute comes to the desk."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.accessibility import assert_accessible
from tests.journeys.test_citizen_filing import SIDEWAYS, fill, on
from tests.journeys.test_citizen_filing import begin as begin_as_citizen
from tests.journeys.test_official_story import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.once]

RESIDENCE, PENSION, MEDIATION = "1.004222", "1.014027", "1.012812"


def look_for(page: Page, words: str) -> None:
    page.goto("/thu-tuc/")
    page.fill("#q", words)
    page.press("#q", "Enter")
    page.wait_for_url("**q=**")


def test_who_looks_for_nhap_khau_is_shown_the_way_to_the_police(phone: Page) -> None:
    look_for(phone, "nhap khau")
    first = phone.locator("main .ds li").first
    expect(first).to_contain_text("Nộp ở Công an xã")
    first.locator("a").click()

    expect(phone.get_by_role("heading", level=1)).to_have_text("Đăng ký thường trú (nhập khẩu)")
    expect(phone.locator("main")).to_contain_text("Công an xã nhận hồ sơ này. Ủy ban nhân dân xã không nhận.")
    expect(phone.get_by_role("link", name="Mở Cổng Dịch vụ công quốc gia")).to_have_attribute("href", "https://dichvucong.gov.vn/")
    expect(phone.get_by_role("link", name="Nộp hồ sơ")).to_have_count(0)
    assert phone.evaluate(SIDEWAYS) == 0
    assert_accessible(phone)

    phone.goto(f"/nop-ho-so/{RESIDENCE}/")
    phone.wait_for_url(f"**/thu-tuc/{RESIDENCE}/")


def test_a_social_pension_is_asked_for_from_a_phone(phone: Page) -> None:
    begin_as_citizen(phone, PENSION)
    on(phone)
    phone.get_by_role("radio", name="Tôi khai thay người nhà").check()
    on(phone)
    fill(phone, helper_name="Giàng A Pao", helper_relation="con trai")
    phone.get_by_role("radio", name="Nữ", exact=True).check()
    fill(phone, person_name="Sùng Thị Sáy", person_birth="1946", person_number="999146001234")
    fill(phone, address="Thôn Nậm Ké, xã Bảo Nhai")
    phone.get_by_role("radio", name="Từ 75 tuổi trở lên").check()
    on(phone)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Người hưởng có lương hưu hay trợ cấp nào chưa?")
    assert_accessible(phone)
    phone.get_by_role("radio", name="Không có khoản nào").check()
    on(phone)
    phone.get_by_role("radio", name="Nhận tiền mặt tại xã hoặc thôn").check()
    on(phone)
    phone.get_by_role("checkbox").check()
    on(phone)
    phone.get_by_role("button", name="Tôi không có giấy này").click()
    phone.locator("[name=agree]").check()
    phone.get_by_role("button", name="Nộp hồ sơ").click()

    phone.wait_for_url("**moi=1")
    expect(phone.locator("main")).to_contain_text("XS-")


def test_a_land_dispute_is_taken_in_at_the_desk(desktop: Page) -> None:
    sign_in(desktop, "tiepnhan")
    desktop.goto("/mot-cua/moi/?q=lan+dat")
    desktop.locator("main .ds button").first.click()
    desktop.wait_for_url("**/mot-cua/ban/**")
    desktop.fill("#c-name", "Giàng A Pao")
    desktop.fill("#c-phone", "0912 345 678")
    for name, value in (
        ("person_name", "Giàng A Pao"),
        ("person_number", "999152008901"),
        ("address", "Thôn Nậm Ké"),
        ("opponents-0-name", "Vàng A Lử"),
        ("parcel_place", "Nương quế sau nhà, giáp suối"),
        ("use_origin", "Bố mẹ khai phá, trồng ngô rồi trồng quế."),
        ("use_since", "1988"),
        ("cause", "Hàng xóm trồng quế lấn sang khoảng bốn mét dọc bờ rào."),
        ("wish", "Dựng lại bờ rào theo mốc cũ."),
    ):
        desktop.locator(f"[name=q-{name}]").fill(value)
    desktop.locator("[name=q-has_papers][value=false]").check()
    desktop.locator("[name=q-tried][value=no]").check()
    desktop.locator("[name=q-truth]").check()
    desktop.click("button[value=take_in]")

    desktop.wait_for_url("**/ho-so/XS-**")
    expect(desktop.get_by_role("link", name="In giấy hẹn")).to_be_visible()
    expect(desktop.locator("main")).to_contain_text("Nhờ xã hòa giải tranh chấp đất")
