"""What the commune asks for later, photographed on a hill: kept over a restart, sent once; answered meanwhile, all stays."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.cutting import CuttingProxy, wait_for
from tests.journeys.accessibility import assert_accessible
from tests.journeys.conftest import ALONE, CHROMIUM, CHROMIUM_OPTIONS, DESKTOP
from tests.journeys.test_citizen_filing import verb
from tests.journeys.test_official_story import sign_in
from tests.live import Live
from tests.phone import hill

pytest_plugins = ("tests.phone.ready",)
pytestmark = [pytest.mark.browser, pytest.mark.service_worker, pytest.mark.once, hill.TRIED_AGAIN]

STATES = "async () => (await xasoStore.all('items')).map(({ kind, state }) => [kind ?? null, state])"
KEPT = """async () => {
  const [item] = (await xasoStore.all("items")).filter(({ kind }) => kind);
  return [item.content && (await xasoStore.contentOf(item)).papers.length, (await xasoStore.all("photos")).length];
}"""


@pytest.fixture
def desk(playwright: Playwright, live: Live) -> Iterator[Page]:
    """Yield the page of the official at the desk."""
    browser: Browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(CHROMIUM_OPTIONS))
    page = browser.new_context(base_url=live.url, locale="vi-VN", **ALONE, **DESKTOP).new_page()
    sign_in(page, "tiepnhan")
    yield page
    browser.close()


def file_and_be_asked(page: Page, live: Live, link: CuttingProxy, desk: Page, name: str, why: str) -> str:
    """File from the phone, let the desk ask for a clearer photo, and let the phone hear of it; returns the code."""
    hill.begin(page, link.url, name)
    hill.go_on(page, None)
    code = str(hill.all_received(page, link.url)[0]["code"])
    verb(desk, code, "ask_for_more", **{"paper": "photo_of_original", "why-photo_of_original": why})
    page.goto(f"{link.url}/may-nay/")
    expect(page.locator("#hop")).to_contain_text("Xã xin thêm giấy tờ")
    return code


def test_asked_for_more_she_adds_it_on_a_hill_and_it_arrives_once_after_a_restart(
    playwright: Playwright, live: Live, link: CuttingProxy, profile: Path, name: str, picture: Path, desk: Page, errors: list[str]
) -> None:
    with hill.phone(playwright, profile, errors) as context:
        page = context.pages[0]
        hill.sign_in(page, live.url)
        code = file_and_be_asked(page, live, link, desk, name, "Ảnh mờ, chụp lại cả bốn góc.")
        assert_accessible(page)

        link.down()
        page.goto(f"{link.url}/ho-so-cua-toi/{code}/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Bổ sung giấy tờ")
        expect(page.locator("#cac-giay")).to_contain_text("Ảnh mờ, chụp lại cả bốn góc.")
        page.get_by_role("button", name="Gửi bổ sung cho xã").click()
        expect(page.get_by_role("alert")).to_contain_text("thêm ít nhất một giấy tờ")
        page.set_input_files("#tep-0-may", picture)
        expect(page.locator(".anh li")).to_have_count(1)
        with page.expect_navigation():
            hill.type_and(page, "#tra-loi", "Cháu chụp lại rồi ạ", "location.reload()")
        expect(page.locator("#tra-loi")).to_have_value("Cháu chụp lại rồi ạ")
        expect(page.locator(".anh li")).to_have_count(1)
        assert_accessible(page)
        page.get_by_role("button", name="Gửi bổ sung cho xã").click()
        expect(page.get_by_role("heading", name="Đã lưu trên máy này, sẽ gửi khi có sóng")).to_be_visible()

    with hill.phone(playwright, profile, errors) as context:
        page = context.pages[0]
        context.clear_cookies()
        link.up()
        link.cut_after(3000)
        page.goto(f"{link.url}/chua-co-song/")
        link.up()
        hill.all_received(page, link.url)
        expect(page.locator("#hop")).to_contain_text(f"Xã đã nhận bổ sung, mã {code}")
        assert page.evaluate(KEPT) == [None, 0], "after receipt the phone lets go of its copy"

    desk.goto(f"/ho-so/{code}/")
    expect(desk.get_by_role("main")).to_contain_text("Cháu chụp lại rồi ạ")
    assert len(set(desk.locator("main a[href*='/tep/']").evaluate_all("links => links.map(link => link.href)"))) == 1


def test_answered_meanwhile_she_is_asked_to_look_and_her_photo_stays(
    playwright: Playwright, live: Live, link: CuttingProxy, profile: Path, name: str, picture: Path, desk: Page, errors: list[str]
) -> None:
    with hill.phone(playwright, profile, errors) as context:
        page = context.pages[0]
        hill.sign_in(page, live.url)
        code = file_and_be_asked(page, live, link, desk, name, "Ảnh mờ.")
        page.goto(f"{link.url}/ho-so-cua-toi/{code}/")
        page.get_by_role("link", name="Sóng yếu? Bổ sung trên máy này").click()
        link.down()
        page.set_input_files("#tep-0", picture)
        expect(page.locator(".anh li")).to_have_count(1)
        page.get_by_role("button", name="Gửi bổ sung cho xã").click()
        expect(page.get_by_role("heading", name="Đã lưu trên máy này, sẽ gửi khi có sóng")).to_be_visible()
        verb(desk, code, "add_supplement", answer="Đã mang đến quầy")

        link.up()
        page.goto(f"{link.url}/may-nay/")
        wait_for(lambda: ["supplement", "look"] in page.evaluate(STATES))
        page.locator("#hop").get_by_role("link", name="Xem và sửa").click()
        expect(page.locator("#bao")).to_contain_text("Xã không còn chờ giấy tờ này")
        expect(page.locator(".anh li")).to_have_count(1)
        assert page.evaluate(KEPT) == [1, 1]


def test_what_is_asked_leaves_the_phone_with_who_signs_out(
    playwright: Playwright, live: Live, link: CuttingProxy, profile: Path, name: str, desk: Page, errors: list[str]
) -> None:
    with hill.phone(playwright, profile, errors) as context:
        page = context.pages[0]
        hill.sign_in(page, live.url)
        file_and_be_asked(page, live, link, desk, name, "Ảnh mờ.")
        page.goto(f"{link.url}/dang-xuat/")
        expect(page.locator("#con-do")).to_be_hidden()
        page.locator("#thoat").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Anh/chị đã đăng xuất")
        page.goto(f"{link.url}/may-nay/")
        assert ["supplement", "asked"] not in page.evaluate(STATES)
        expect(page.locator("#hop")).not_to_contain_text("Xã xin thêm giấy tờ")
