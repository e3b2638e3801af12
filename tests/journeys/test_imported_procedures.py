"""An edition of the national database: approved on a desktop, read on a phone, filed through the general form without scripts."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.accessibility import assert_accessible
from tests.journeys.test_citizen_filing import SIDEWAYS
from tests.journeys.test_citizen_filing import sign_in as sign_in_as_citizen
from tests.journeys.test_official_story import sign_in
from tests.live import Live
from xaso.apps.procedures.testing import CHANNELS_HEAD, national_file, national_record
from xaso.platform.tests.file_samples import photo

pytestmark = [pytest.mark.browser, pytest.mark.once]

OWN, CUSTOMS = "1.900001", "1.900009"
LONG = "Xác nhận bến bãi để tập kết vật liệu xây dựng, lâm sản, nông sản của hộ gia đình, cá nhân ven sông, suối, hồ chứa thủy lợi " * 4


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    customs = national_record(
        CUSTOMS,
        ten_thu_tuc="Thủ tục hải quan đối với bến bãi",
        linh_vuc="Hải quan",
        co_quan_co_tham_quyen="Chi cục Hải quan khu vực",
        cach_thuc_thuc_hien=f"{CHANNELS_HEAD}Trực tuyến120 VNĐ(20.000 vnđ /tờ khai)",
    )
    return national_file(tmp_path / "a.jsonl", national_record(OWN, ten_thu_tuc=LONG), customs, national_record("?"))


def _looked_at(page: Page, *addresses: str) -> None:
    """Look at pages: accessible, and nothing scrolls sideways."""
    for address in addresses:
        page.goto(address)
        assert_accessible(page)
        assert page.evaluate(SIDEWAYS) <= 0, address


def test_from_a_published_file_to_a_dossier(live: Live, edition: Path, tmp_path: Path, desktop: Page, phone: Page, no_js: Page) -> None:
    live.xaso("import-procedures", str(edition))
    sign_in(desktop, "quantri")
    desktop.goto("/quan-tri/thu-tuc-quoc-gia/")
    assert_accessible(desktop)
    desktop.get_by_role("link", name="a.jsonl").click()
    report = desktop.url.partition("?")[0]
    for kind in ("new", "doubtful", "unread", "changed"):
        _looked_at(desktop, f"{report}?loc={kind}")
    desktop.goto(f"{report}?loc=doubtful")
    desktop.get_by_role("link", name="hải quan").click()
    assert_accessible(desktop)
    desktop.goto(report)
    desktop.get_by_role("button", name="Duyệt").click()
    expect(desktop.get_by_role("status")).to_contain_text("Đã duyệt")

    _looked_at(
        phone,
        f"/thu-tuc/{OWN}/",
        f"/thu-tuc/{CUSTOMS}/",
        f"/thu-tuc/{CUSTOMS}/nguyen-van/",
        "/thu-tuc/?muc=Hải quan",
        "/thu-tuc/?q=ben bai",
    )
    expect(phone.locator("main li").last).to_contain_text("Không do xã quyết định")

    _offer(desktop)

    no_js.goto(f"/thu-tuc/{OWN}/")
    no_js.get_by_role("link", name="Nộp hồ sơ").click()
    sign_in_as_citizen(no_js)
    _go_on(no_js)
    no_js.fill("[name=request]", "Xin xác nhận bến bãi ở bản Cốc Đào")
    _go_on(no_js)
    picture = tmp_path / "don.jpg"
    picture.write_bytes(photo())
    no_js.set_input_files("input[type=file] >> nth=0", str(picture))
    no_js.get_by_role("button", name="Gửi ảnh đã chọn").click()
    _go_on(no_js)
    no_js.get_by_role("button", name="Tôi không có giấy này").click()
    expect(no_js.get_by_role("main")).to_contain_text("Cốc Đào")
    no_js.locator("input[name=agree]").check()
    no_js.get_by_role("button", name="Nộp hồ sơ").click()
    expect(no_js.get_by_role("main")).to_contain_text("XS-")


def _offer(desktop: Page) -> None:
    """Set filing place and issuer as the administrator does."""
    for choice, value in (("online", "here"), ("issuer", "commune")):
        desktop.goto(f"/quan-tri/noi-nop/{OWN}/")
        form = desktop.locator(f"form[action='#{choice}']")
        form.locator("select").select_option(value)
        form.locator("[name=decision]").fill("12/QĐ-UBND ngày 05/11/2026")
        form.get_by_role("button").click()
        expect(desktop.get_by_role("status").first).to_contain_text("Đã lưu")
    assert_accessible(desktop)


def _go_on(page: Page) -> None:
    page.get_by_role("main").get_by_role("button", name="Tiếp tục").click()
