"""The desk's camera: from the code before the lens to the filled form, photos of papers, and what is said where no camera may be used."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.accessibility import assert_accessible
from tests.journeys.camera import film_of_qr, with_camera
from tests.journeys.conftest import ALONE, DESKTOP
from tests.journeys.test_official_story import CARD, official, sign_in
from tests.live import Live

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.fixture(scope="module")
def before_a_card(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Yield a browser whose camera looks at the code of a card."""
    started = with_camera(browser, film_of_qr(CARD, tmp_path_factory.mktemp("film") / "the.y4m"))
    yield started
    started.close()


def begin(browser: Browser, live: Live, words: str = "sao y", **options: object) -> Page:
    page = official(browser, live, "tiepnhan", **options)
    page.goto(f"/mot-cua/moi/?q={words}")
    page.locator("main .ds button.dong-nut").first.click()
    page.wait_for_url("**/mot-cua/ban/**")
    return page


def test_a_card_before_the_camera_fills_the_form_by_keyboard_alone(before_a_card: Browser, live: Live) -> None:
    page = begin(before_a_card, live)
    page.focus("[data-camera=card-photo]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.locator("[data-camera-take]")).to_be_focused()
    assert page.evaluate("document.querySelector('#may-anh video').videoWidth") > 0
    assert_accessible(page, within="#may-anh")
    page.keyboard.press("Enter")
    page.wait_for_url("**#c-phone")

    assert page.input_value("#c-name") == "Giang Thi My"
    assert page.input_value("#c-personal_number") == "999188001234"
    expect(page.locator("#c-phone")).to_be_focused()
    page.context.close()


def test_photos_of_a_paper_join_the_chosen_files_and_the_camera_goes_out(before_a_card: Browser, live: Live) -> None:
    page = begin(before_a_card, live)
    page.fill("#c-name", "Lù Thị Mai")
    page.click("[data-camera=scan-original]")
    expect(page.locator("[data-camera-take]")).to_be_enabled()
    stream = page.evaluate_handle("document.querySelector('#may-anh video').srcObject")
    page.click("[data-camera-take]")
    expect(page.locator("[data-camera-status]")).to_have_text("Số ảnh đã chụp: 1")
    page.click("[data-camera-take]")
    expect(page.locator("[data-camera-status]")).to_have_text("Số ảnh đã chụp: 2")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert page.evaluate("stream => stream.getTracks().every(track => track.readyState === 'ended')", stream)
    expect(page.locator("[data-camera=scan-original]")).to_be_focused()
    expect(page.locator("label[for=scan-original]")).to_contain_text("2 tệp đã chọn")
    page.get_by_role("button", name="Lấy các tệp đã chọn").click()

    expect(page.locator("#giay-original .tep-nho")).to_have_count(2)
    assert page.input_value("#c-name") == "Lù Thị Mai"
    page.context.close()


def test_a_camera_that_is_refused_says_so_and_leads_to_the_files(browser: Browser, live: Live) -> None:
    unwilling = with_camera(browser, allowed=False)
    page = begin(unwilling, live)
    page.click("[data-camera=scan-original]")

    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("chưa được phép dùng máy ảnh")
    expect(page.locator("[data-camera-take]")).to_be_hidden()
    choose = page.locator("[data-camera-file]")
    expect(choose).to_be_focused()
    assert_accessible(page, within="#may-anh")
    with page.expect_file_chooser() as chooser:
        choose.press("Enter")
    assert chooser.value.element.get_attribute("id") == "scan-original"
    unwilling.close()


def test_without_a_camera_plugged_in_the_dialog_says_so(browser: Browser, live: Live) -> None:
    page = begin(browser, live)
    page.click("[data-camera=card-photo]")

    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("chọn tệp như thường")
    page.get_by_role("button", name="Đóng", exact=True).click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.context.close()


def test_without_scripts_or_a_safe_address_there_is_no_camera_button(browser: Browser, live: Live) -> None:
    plain = begin(browser, live, java_script_enabled=False)
    expect(plain.locator("[data-camera]").first).to_be_hidden()
    expect(plain.locator("label[for=card-photo]")).to_be_visible()
    plain.context.close()
    context = browser.new_context(base_url=live.url, locale="vi-VN", **ALONE, **DESKTOP)
    context.add_init_script("Object.defineProperty(navigator, 'mediaDevices', { value: undefined })")
    page = context.new_page()
    sign_in(page, "tiepnhan")
    page.goto("/mot-cua/moi/?q=sao+y")
    page.locator("main .ds button.dong-nut").first.click()

    expect(page.locator("[data-camera]").first).to_be_hidden()
    expect(page.locator("label[for=card-photo]")).to_be_visible()
    context.close()
