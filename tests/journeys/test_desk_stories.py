"""People at the counter whose applications are not the simple ones: questions that open questions, the wrong card, a letter by post."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.accessibility import assert_accessible
from tests.journeys.test_official_story import CARD, official, sign_in
from tests.live import Live

pytestmark = [pytest.mark.browser, pytest.mark.once]

OTHER_CARD = "999190004321||Sung Thi Be|01021990|Nu|Thon Lung Phinh, xa Bao Nhai, tinh Lao Cai|01012022"
TEXTS = {
    "child_name": "Giàng Thị Mỷ",
    "child_birth": "05/11/2026",
    "birth_place": "Trạm y tế xã Bảo Nhai",
    "child_nationality": "Việt Nam",
    "child_origin": "Bảo Nhai, Lào Cai",
}
MOTHER = {"mother_name": "Sùng Thị Bê", "mother_birth": "1990", "mother_nationality": "Việt Nam", "mother_residence": "Thôn Nậm Kè"}


def begin(page: Page, words: str, way: str = "counter") -> None:
    page.goto(f"/mot-cua/moi/?q={words}")
    page.locator("main .ds li").first.locator(f"button[value={way}]").click()
    page.wait_for_url("**/mot-cua/ban/**")


def tick(page: Page, name: str, value: str) -> None:
    page.check(f"input[name=q-{name}][value={value}]")


def type_in(page: Page, typed: dict[str, str]) -> None:
    for name, value in typed.items():
        page.fill(f"#f-q-{name}", value)


def stands(page: Page, ticked: dict[str, str], typed: dict[str, str]) -> None:
    """Hold the page against what was ticked and typed."""
    for name, value in ticked.items():
        expect(page.locator(f"input[name=q-{name}][value={value}]")).to_be_checked()
    for name, value in typed.items():
        expect(page.locator(f"#f-q-{name}")).to_have_value(value)


def kept(page: Page, act: Any) -> None:
    """Do something and wait until the server has kept it."""
    with page.expect_response("**/luu/"):
        act()


def test_a_birth_at_the_counter_whose_answers_open_questions_and_papers_loses_nothing(desktop: Page) -> None:
    sign_in(desktop, "tiepnhan")
    begin(desktop, "khai sinh")
    desktop.fill("#c-name", "Giàng A Pao")
    desktop.fill("#c-phone", "0912345678")
    ticked = {"relation": "father", "child_sex": "female", "birth_place_kind": "clinic"}
    for name, value in ticked.items():
        tick(desktop, name, value)
    type_in(desktop, TEXTS)
    desktop.select_option("#f-q-child_ethnicity", index=1)

    tick(desktop, "special_case", "none")
    expect(desktop.locator("#f-q-mother_name")).to_be_visible()
    stands(desktop, ticked | {"special_case": "none"}, TEXTS)
    tick(desktop, "birth_proof", "slip")
    expect(desktop.locator("#giay-birth_slip")).to_be_visible()
    expect(desktop.locator("#kind-birth_slip")).to_have_value("")
    desktop.select_option("#kind-birth_slip", "original")
    ticked["birth_proof"] = "slip"
    expect(desktop.locator("#kind-birth_slip")).to_have_value("original")

    type_in(desktop, MOTHER)
    desktop.select_option("#f-q-mother_ethnicity", index=2)
    kept(desktop, lambda: tick(desktop, "special_case", "abandoned"))
    expect(desktop.locator("#f-q-mother_name")).to_have_count(0)
    expect(desktop.locator("#giay-abandoned_minutes")).to_be_visible()
    tick(desktop, "special_case", "none")
    expect(desktop.locator("#f-q-mother_name")).to_have_value(MOTHER["mother_name"])
    expect(desktop.locator("#giay-abandoned_minutes")).to_have_count(0)
    tick(desktop, "father_known", "no")
    kept(desktop, lambda: desktop.check("#f-q-truth"))
    ticked |= {"special_case": "none", "father_known": "no"}
    stands(desktop, ticked, TEXTS | MOTHER)
    expect(desktop.locator("[data-desk-status]")).to_contain_text("Đã lưu lúc")

    desktop.reload()
    stands(desktop, ticked, TEXTS | MOTHER)
    expect(desktop.locator("#kind-birth_slip")).to_have_value("original")
    desktop.click("button[value=take_in]")
    desktop.wait_for_url("**/ho-so/XS-**")
    expect(desktop.locator("main")).to_contain_text("Sùng Thị Bê")


def test_a_question_that_opens_while_one_types_leaves_the_caret_where_it_is(desktop: Page) -> None:
    sign_in(desktop, "tiepnhan")
    begin(desktop, "khai sinh")
    tick(desktop, "special_case", "none")
    desktop.focus("#f-q-child_name")
    desktop.keyboard.type("Giang Thi My")
    for _ in range(3):
        desktop.keyboard.press("ArrowLeft")
    expect(desktop.locator("#f-q-mother_name")).to_be_visible()
    desktop.keyboard.type("X")

    expect(desktop.locator("#f-q-child_name")).to_have_value("Giang ThiX My")
    expect(desktop.locator("#f-q-child_name")).to_be_focused()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_two_cards_in_a_row_leave_the_second_persons_data_alone(browser: Browser, live: Live, scripts: bool) -> None:
    page = official(browser, live, "tiepnhan", java_script_enabled=scripts)
    begin(page, "tình trạng hôn nhân")
    for card in (CARD, OTHER_CARD):
        page.fill("#card-text", card)
        page.click("button[value=read_card]")
        page.wait_for_url("**#*")
    values = page.evaluate("[...document.querySelectorAll('form.quay input, form.quay select')].map(one => one.value).join('|')")

    assert page.input_value("#c-name") == "Sung Thi Be"
    assert "Sung Thi Be" in values
    for of_the_first in ("Giang Thi My", "999188001234", "Nam Ke"):
        assert of_the_first not in values
    page.context.close()


def test_the_card_of_one_and_the_name_of_another_is_nobodys_dossier_but_hers(browser: Browser, live: Live) -> None:
    page = official(browser, live, "tiepnhan")
    begin(page, "sao y")
    page.fill("#card-text", CARD)
    page.click("button[value=read_card]")
    page.wait_for_url("**#*")
    kept(page, lambda: page.fill("#c-name", "Lù Thị Khác"))
    page.fill("#c-personal_number", "12345")
    page.fill("#f-q-documents-0-name", "Căn cước")
    page.fill("#f-q-documents-0-pages", "2")
    page.fill("#f-q-documents-0-copies", "1")
    page.click("button[value=take_in]")
    expect(page.locator("#loi")).to_be_focused()
    expect(page.locator("#loi")).to_contain_text("12 chữ số")
    assert_accessible(page)
    page.get_by_role("link", name="Số định danh cần đủ 12 chữ số").click()
    expect(page.locator("#c-personal_number")).to_be_focused()
    kept(page, lambda: page.fill("#c-personal_number", ""))
    expect(page.locator("[data-desk-contact]")).to_contain_text("không tra cứu hồ sơ được")
    page.fill("#c-phone", "0912 345 678")
    page.click("button[value=take_in]")
    page.wait_for_url("**/ho-so/XS-**")

    expect(page.locator("main")).to_contain_text("Lù Thị Khác")
    page.context.close()


def test_a_letter_is_taken_in_as_what_came_by_post(browser: Browser, live: Live) -> None:
    page = official(browser, live, "tiepnhan")
    begin(page, "khai sinh", "post")
    expect(page.locator("h1")).to_have_text("Nhận hồ sơ gửi qua bưu chính")
    expect(page.locator("#giay-identity_certified")).to_be_visible()
    expect(page.locator("#giay-identity")).to_have_count(0)
    assert_accessible(page)
    page.goto("/mot-cua/moi/?q=sao+y")
    expect(page.locator("main .ds li").first.locator("button[value=post]")).to_have_count(0)
    page.context.close()


def test_a_refused_hand_over_leads_to_the_field_that_is_empty(browser: Browser, live: Live) -> None:
    page = official(browser, live, "tiepnhan")
    page.goto("/mot-cua/?hang=ready")
    page.locator("td.ma a").first.click()
    page.locator("summary", has_text="Trả kết quả").click()
    page.locator("form[action*=hand_over] button").click()

    expect(page.locator("#loi")).to_be_focused()
    expect(page.locator("#giay-nhan")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#nguoi-nhan")).not_to_have_attribute("aria-invalid", "true")
    page.locator("#loi a").click()
    expect(page.locator("#giay-nhan")).to_be_focused()
    assert_accessible(page)
    page.context.close()
