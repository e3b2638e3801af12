"""Photos that wait to be sent belong to who took them, on a phone that others sign in on too; any of them is enlarged by a tap."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.cutting import wait_for
from tests.journeys.accessibility import assert_accessible
from tests.live import Live
from tests.phone import hill
from xaso.platform.tests.file_samples import photo

pytestmark = [pytest.mark.browser, pytest.mark.service_worker, pytest.mark.once]

PAPER = "giay-photo_of_original/"
WAITING = """() => new Promise((done) => {
  const opening = indexedDB.open("xaso-anh", 1);
  opening.onsuccess = () => {
    const asked = opening.result.transaction("anh").objectStore("anh").getAll();
    asked.onsuccess = () => { opening.result.close(); done(asked.result.map(({ name }) => name)); };
  };
})"""


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "bang.jpg"
    path.write_bytes(photo(900, 700, quality=85))
    return path


def begin(page: Page, live: Live) -> str:
    """Begin an application online and return the address of its draft."""
    page.goto(f"{live.url}/nop-ho-so/{hill.COPY}/")
    page.get_by_role("main").get_by_role("button", name="Tiếp tục").click()
    page.locator("[name=documents-0-name]").wait_for()
    return page.url.removesuffix("giay-to/")


def test_another_persons_photos_are_neither_seen_nor_sent_nor_lost_on_a_shared_phone(phone: Page, live: Live, picture: Path) -> None:
    hill.sign_in(phone, live.url, number=9)
    hers = begin(phone, live)
    phone.context.route("**/tai-len/**", lambda route: route.abort())
    phone.goto(hers + PAPER)
    phone.set_input_files("#tep", picture)
    wait_for(lambda: phone.evaluate(WAITING) == ["bang.jpg"])

    asked: list[str] = []
    hill.sign_in(phone, live.url, number=10)
    others = begin(phone, live)
    phone.context.unroute("**/tai-len/**")
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto(others + PAPER)
    phone.goto(f"{live.url}/ho-so-cua-toi/")
    phone.wait_for_timeout(1000)
    expect(phone.get_by_text("bang.jpg")).to_have_count(0)
    phone.goto(f"{live.url}/dang-xuat/")
    expect(phone.locator("#thoat")).to_have_text("Đăng xuất")
    expect(phone.locator("#con-anh")).to_be_hidden()
    phone.locator("#thoat").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Anh/chị đã đăng xuất")
    assert not [address for address in asked if "/tai-len/" in address or hers.removeprefix(live.url) in address]
    assert phone.evaluate(WAITING) == ["bang.jpg"]

    hill.sign_in(phone, live.url, number=9)
    phone.goto(hers + PAPER)
    wait_for(lambda: phone.evaluate(WAITING) == [])
    phone.reload()
    expect(phone.locator(".anh li")).to_contain_text("bang.jpg")


def test_a_photo_is_enlarged_by_a_tap_and_to_its_last_detail_by_another(phone: Page, live: Live, picture: Path) -> None:
    hill.sign_in(phone, live.url, number=11)
    phone.goto(begin(phone, live) + PAPER)
    phone.set_input_files("#tep", picture)
    phone.locator(".anh .xem-anh").click()
    dialog = phone.get_by_role("dialog")
    shown = dialog.locator("img")
    expect(shown).to_be_visible()
    fitted = shown.evaluate("picture => picture.getBoundingClientRect().width")
    assert fitted > 3 * 88
    assert_accessible(phone)
    shown.click()
    assert shown.evaluate("picture => picture.getBoundingClientRect().width") == 900
    dialog.get_by_role("button", name="Đóng").click()
    expect(dialog).to_have_count(0)
