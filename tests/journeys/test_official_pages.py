"""Each page of officials' work: accessible on a desk and on a phone, nowhere wider than the screen, keys that reach every step."""

from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.accessibility import assert_accessible
from tests.journeys.conftest import ALONE, DESKTOP, PHONE
from tests.journeys.test_official_story import sign_in
from tests.live import Live

pytestmark = [pytest.mark.browser, pytest.mark.once]

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALLEST = {"viewport": {"width": 320, "height": 640}, "is_mobile": True, "has_touch": True}
LISTS = ["/mot-cua/", "/mot-cua/?hang=ready", "/mot-cua/moi/", "/mot-cua/ma-quoc-gia/", "/so-theo-doi/", "/so-theo-doi/so-bo/"]
FORMS = ["sao y", "khai sinh", "hộ nghèo", "hộ kinh doanh"]
CASES = [("hotich", "examining"), ("phochutich", "in_review"), ("tiepnhan", "solved"), ("tiepnhan", "accepted")]


@pytest.fixture(scope="module")
def signed_in(browser: Browser, live: Live) -> dict[str, str]:
    """Yield the session cookie of each official, so that one sign-in serves all pages."""
    cookies = {}
    for username in ("tiepnhan", "hotich", "phochutich", "quantri"):
        context = browser.new_context(base_url=live.url, **ALONE)
        sign_in(context.new_page(), username)
        cookies[username] = next(one["value"] for one in context.cookies() if one["name"] == "sessionid")
        context.close()
    return cookies


def opened(browser: Browser, live: Live, session: str, device: dict[str, object]) -> tuple[BrowserContext, Page]:
    context = browser.new_context(base_url=live.url, locale="vi-VN", **ALONE, **device)  # type: ignore[arg-type]
    context.add_cookies([{"name": "sessionid", "value": session, "url": live.url}])
    return context, context.new_page()


def begin(page: Page, words: str) -> None:
    page.goto(f"/mot-cua/moi/?q={words}")
    page.locator("main .ds button").first.click()
    page.wait_for_url("**/mot-cua/ban/**")


def open_case(page: Page, state: str) -> bool:
    page.goto(f"/so-theo-doi/?trang-thai={state}")
    link = page.locator("td.ma a").first
    if not link.count():
        return False
    link.click()
    page.wait_for_url("**/ho-so/**")
    return True


@pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_lists_and_forms_of_the_desk_are_accessible(
    browser: Browser, live: Live, signed_in: dict[str, str], device: dict[str, object]
) -> None:
    context, page = opened(browser, live, signed_in["tiepnhan"], device)
    for address in LISTS:
        page.goto(address)
        assert_accessible(page)
    for words in FORMS:
        begin(page, words)
        assert_accessible(page)
        page.click("button[value=take_in]")
        page.wait_for_selector("[role=alert]")
        assert_accessible(page)
    context.close()


@pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_messages_and_connected_software_are_accessible(
    browser: Browser, live: Live, signed_in: dict[str, str], device: dict[str, object]
) -> None:
    context, page = opened(browser, live, signed_in["quantri"], device)
    page.goto("/tin-nhan/")
    assert_accessible(page)
    page.goto("/quan-tri/noi-phan-mem/")
    page.click("main form button.nut")
    page.wait_for_selector("[role=alert]")
    assert_accessible(page)
    page.fill("input[name=name]", "Cổng của tỉnh")
    page.fill("input[name=url]", f"https://127.0.0.1:9/{uuid4()}")
    page.click("main form button.nut")
    expect(page.get_by_text("whsec_")).to_be_visible()
    assert_accessible(page)
    page.click("main a.nut")
    page.get_by_role("button", name="Gửi tin thử").click()
    page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
    expect(page.get_by_role("cell", name="Tin thử")).to_be_visible()
    assert_accessible(page)
    assert page.evaluate(SIDEWAYS) == 0
    page.goto("/quan-tri/ma-truy-cap/")
    page.fill("input[name=name]", "Cổng của tỉnh")
    page.check("[name=scopes][value='dossiers:read']")
    page.click("main form button.nut")
    expect(page.get_by_text("xaso_")).to_be_visible()
    assert_accessible(page)
    page.click("main a.nut")
    page.get_by_role("link", name="Cổng của tỉnh").first.click()
    page.locator("summary", has_text="Thu hồi mã này").click()
    assert_accessible(page)
    assert page.evaluate(SIDEWAYS) == 0
    context.close()


@pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_cases_in_all_stages_are_accessible(browser: Browser, live: Live, signed_in: dict[str, str], device: dict[str, object]) -> None:
    for username, state in CASES:
        context, page = opened(browser, live, signed_in[username], device)
        if open_case(page, state):
            page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
            assert_accessible(page)
        context.close()


def test_nothing_scrolls_sideways_on_the_smallest_phone(browser: Browser, live: Live, signed_in: dict[str, str]) -> None:
    wide = {}
    context, page = opened(browser, live, signed_in["tiepnhan"], SMALLEST)
    for address in LISTS:
        page.goto(address)
        wide[address] = page.evaluate(SIDEWAYS)
    for words in FORMS:
        begin(page, words)
        wide[words] = page.evaluate(SIDEWAYS)
    context.close()
    for username, state in CASES:
        context, page = opened(browser, live, signed_in[username], SMALLEST)
        if open_case(page, state):
            page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
            wide[state] = page.evaluate(SIDEWAYS)
        context.close()

    assert {place: width for place, width in wide.items() if width} == {}


def test_the_bar_of_buttons_never_covers_the_field_one_types_in(browser: Browser, live: Live, signed_in: dict[str, str]) -> None:
    context, page = opened(browser, live, signed_in["tiepnhan"], {**DESKTOP, "reduced_motion": "reduce"})
    begin(page, "khai sinh")
    covered = []
    for _ in range(60):
        page.keyboard.press("Tab")
        covered += page.evaluate(
            """() => {
              const field = document.activeElement, bar = document.querySelector(".dinh").getBoundingClientRect();
              const box = field.getBoundingClientRect();
              return field.closest(".quay") && !field.closest(".dinh") && box.height > 2 && box.bottom > bar.top + 1 && box.top < bar.bottom
                ? [field.id || field.name] : [];
            }"""
        )
    context.close()

    assert covered == []


def test_an_answer_that_opens_questions_shows_them_without_losing_words_or_place(
    browser: Browser, live: Live, signed_in: dict[str, str]
) -> None:
    context, page = opened(browser, live, signed_in["tiepnhan"], DESKTOP)
    begin(page, "hộ kinh doanh")
    fields = page.locator("[data-desk-questions] input, [data-desk-questions] select").count()
    page.fill("#c-name", "Lù Thị Mai")
    for radio in page.locator("[data-desk-questions] input[type=radio]").all()[:6]:
        if radio.is_visible():
            radio.check()
            page.wait_for_timeout(600)

    expect(page.locator("[data-desk-status]")).to_contain_text("Đã lưu lúc")
    assert page.locator("[data-desk-questions] input, [data-desk-questions] select").count() >= fields
    assert page.input_value("#c-name") == "Lù Thị Mai"
    context.close()
