"""A number from the phone to the counter: called on the screen, held while its person is away, back, served; and the wire cut meanwhile."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.accessibility import assert_accessible
from tests.journeys.conftest import ALONE, DESKTOP
from tests.journeys.test_official_story import official, sign_in
from tests.live import Live, Template, free_port

pytestmark = pytest.mark.browser
UNTIL_ASKED_AGAIN_MS = 15_000
CATALOGUE = Path(__file__).resolve().parents[2] / "catalogue"
SERVICE = "Chứng thực, sao giấy tờ"


@pytest.fixture(scope="module")
def live(commune_template: Template, tmp_path_factory: pytest.TempPathFactory, worker_number: int) -> Iterator[Live]:
    """Yield a running commune without days off, so that it can be open on whatever day the tests run."""
    folder = tmp_path_factory.mktemp("queue")
    shutil.copytree(CATALOGUE, folder / "catalogue", ignore=lambda path, names: names if Path(path).name == "holidays" else [])
    commune = commune_template.copy(folder / "data", free_port(worker_number), {"XASO_CATALOGUE": str(folder / "catalogue")})
    try:
        commune.start()
        yield commune
    finally:
        commune.stop()
        commune_template.drop(commune)


def open_all_day_every_day(page: Page) -> None:
    """Let the administrator open the certification counter around the clock."""
    sign_in(page, "quantri")
    page.goto("/quan-tri/xa/")
    for name, value in {"morning_from": "00:00", "morning_until": "12:00", "afternoon_from": "12:01", "afternoon_until": "23:59"}.items():
        page.fill(f"[name={name}]", value)
    page.locator("main form button.nut").last.click()
    page.goto("/quan-tri/goi-so/")
    page.get_by_role("link", name=SERVICE).click()
    for day in range(7):
        page.check(f"[name=weekdays][value='{day}']")
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.wait_for_url("**/quan-tri/goi-so/")
    assert_accessible(page)


def ask_to_be_rung(phone: Page) -> None:
    """Press once for sound and vibration; the phone gives both at once, so that one knows what to wait for."""
    phone.get_by_role("button", name="Kêu và rung khi đến lượt").click()
    expect(phone.locator("[data-bell-on]")).to_be_focused()
    assert phone.evaluate("window.shaken") == 1
    assert_accessible(phone)


def test_a_number_is_taken_called_held_and_served(browser: Browser, live: Live, desktop: Page, phone: Page) -> None:
    open_all_day_every_day(desktop)
    phone.add_init_script("window.shaken = 0; navigator.vibrate = () => (window.shaken += 1)")
    phone.goto("/lay-so/")
    assert_accessible(phone)
    phone.get_by_role("button", name=SERVICE).click()
    phone.wait_for_url("**/lay-so/*/")
    label = phone.locator(".so-to").inner_text()
    expect(phone.get_by_text("Chưa biết phải chờ bao lâu")).to_be_visible()
    ask_to_be_rung(phone)

    screen = browser.new_context(base_url=live.url, locale="vi-VN", **ALONE, **DESKTOP).new_page()
    heard: list[str] = []
    screen.on("request", lambda request: heard.append(request.url.rstrip("/").rpartition("/")[2]) if "/tieng/" in request.url else None)
    screen.goto("/man-hinh/")
    screen.get_by_role("button", name="Bật tiếng").click()
    expect(screen.locator(".ke-tiep")).to_contain_text(label)

    desk = official(browser, live, "tiepnhan")
    desk.goto("/goi-so/")
    desk.get_by_role("link", name="Quầy 2").click()
    desk.wait_for_url("**/goi-so/*-*/")
    present = desk.locator(".dang-goi .so-to")
    called = ""
    while called != label:
        desk.keyboard.press("n")
        expect(present).not_to_have_text(called or "–")
        called = present.inner_text()
        desk.wait_for_load_state()
    assert_accessible(desk)
    expect(screen.locator(".goi-lon li").first).to_contain_text(label)
    expect(phone.get_by_text("Mời đến quầy số 2")).to_be_visible(timeout=UNTIL_ASKED_AGAIN_MS)
    assert phone.evaluate("window.shaken") == 2
    screen.wait_for_timeout(500)
    assert {"chuong", "moi-so"} <= set(heard)
    assert_accessible(screen)

    desk.keyboard.press("v")
    expect(desk.get_by_text("Vắng mặt, đang giữ chỗ")).to_be_visible()
    phone.get_by_role("button", name="Tôi đã quay lại").click()
    expect(phone.get_by_text("Chỗ của anh/chị vẫn còn")).to_be_visible()
    screen.context.set_offline(True)
    expect(screen.locator("[data-stale]")).to_be_visible(timeout=UNTIL_ASKED_AGAIN_MS)
    desk.goto(desk.url)
    desk.keyboard.press("n")
    expect(present).to_have_text(label)
    screen.context.set_offline(False)
    expect(screen.locator("[data-stale]")).to_be_hidden()
    expect(screen.locator(".goi-lon li").first).to_contain_text(label)

    desk.keyboard.press("x")
    expect(desk.get_by_text("Quầy đang trống.")).to_be_visible()
    expect(phone.get_by_text("Việc của anh/chị ở quầy đã xong.")).to_be_visible(timeout=UNTIL_ASKED_AGAIN_MS)
