"""An official signs with her own USB token: the program on her computer, a real token (SoftHSM), a hostile page beside it."""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from playwright.sync_api import Browser, Page, Route, expect

from tests.journeys.accessibility import assert_accessible
from tests.journeys.test_official_story import official
from tests.live import Live, Template, free_port
from tests.signer_program import Program
from xaso.apps.signing.tests.authority import Authority, elliptic
from xaso.apps.signing.tests.token import MODULE, PIN, Token

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
    pytest.mark.skipif(MODULE is None or not shutil.which("softhsm2-util"), reason="SoftHSM (softhsm2) is not installed"),
]
SIGNER = "phochutich"


@dataclass
class Desk:
    """A commune that runs, and the official's own computer."""

    live: Live
    program: Program
    token: Token
    authority: Authority


@pytest.fixture
def desk(commune_template: Template, tmp_path: Path, worker_number: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Run a commune that trusts the authority of the token, and the program, which one origin may ask."""
    monkeypatch.setenv("SOFTHSM2_CONF", "")
    port = free_port(worker_number)
    live = commune_template.copy(tmp_path / "live", port, {"XASO_SIGNER_PORT": str(port + 3)})
    authority = Authority.founded(datetime.now(UTC))
    (live.data_dir / "keys" / "trusted").mkdir(parents=True, exist_ok=True)
    (live.data_dir / "keys" / "trusted" / "mau.pem").write_bytes(authority.certificate.public_bytes(serialization.Encoding.PEM))
    token = Token.made(tmp_path / "usb")
    program = Program(tmp_path / "signer", port + 3)
    assert program.do("module", str(MODULE))[0] == 0
    assert program.do("allow", live.url)[0] == 0
    try:
        live.start()
        program.start()
        yield Desk(live, program, token, authority)
    finally:
        program.stop()
        live.stop()
        commune_template.drop(live)


def register(browser: Browser, desk: Desk) -> None:
    """Let the administrator take the token's certificate into use, with the program on the computer."""
    page = official(browser, desk.live, "quantri")
    page.goto("/quan-tri/chung-thu/")
    page.get_by_role("row").filter(has_text="Phó Chủ tịch").get_by_role("link").first.click()
    name = page.get_by_role("heading", level=1).inner_text()
    key = elliptic()
    desk.token.holds(key, desk.authority.issues(name, key))
    page.get_by_role("link", name="Hoặc dùng USB token của người ký").click()
    assert_accessible(page)
    page.get_by_role("button", name="Tìm chứng thư số trên token").click()
    expect(page.get_by_role("row").filter(has_text=name)).to_contain_text("CA cấp mẫu")
    assert_accessible(page)
    page.get_by_role("button", name="Đăng ký").click()
    expect(page.get_by_text("Đã đăng ký chứng thư số.")).to_be_visible()
    expect(page.get_by_text("USB token của người ký", exact=True)).to_be_visible()
    page.context.close()


def register_herself(browser: Browser, desk: Desk) -> None:
    """Let the official send her token's certificate from her own computer, and an administrator approve it."""
    page = official(browser, desk.live, SIGNER)
    page.goto("/bao-ve-tai-khoan/")
    page.get_by_role("link", name="Chứng thư số của tôi, dùng USB token").click()
    name, key = page.locator("dl.cap dd").first.inner_text(), elliptic()
    desk.token.holds(key, desk.authority.issues(name, key))
    assert_accessible(page)
    page.get_by_role("button", name="Tìm chứng thư số trên token").click()
    expect(page.get_by_role("row").filter(has_text=name)).to_contain_text("CA cấp mẫu")
    assert_accessible(page)
    page.get_by_role("button", name="Gửi duyệt").click()
    expect(page.get_by_text("Chờ quản trị viên")).to_be_visible()
    assert_accessible(page)
    page.context.close()

    page = official(browser, desk.live, "quantri")
    page.goto("/can-bo/")
    page.get_by_role("row").filter(has_text="Chứng thư số trên USB token chờ duyệt").get_by_role("link").click()
    assert_accessible(page)
    page.get_by_role("button", name="Tôi đã đối chiếu, duyệt").click()
    expect(page.get_by_text(f"Đã duyệt. {name} ký được bằng USB token của mình từ giờ.")).to_be_visible()
    page.context.close()


def to_sign(browser: Browser, desk: Desk) -> Page:
    """Return the official's page of a result that waits for her signature."""
    page = official(browser, desk.live, SIGNER)
    page.goto("/so-theo-doi/?trang-thai=in_review")
    page.locator("td.ma a").first.click()
    page.wait_for_url("**/ho-so/**")
    page.keyboard.press("k")
    page.wait_for_url("**/ky-token/")
    return page


def said(page: Page, words: str) -> None:
    expect(page.locator("[data-token-said]")).to_contain_text(words)


def test_a_result_is_signed_with_the_officials_own_token(browser: Browser, desk: Desk, tmp_path: Path) -> None:
    register(browser, desk)
    page = to_sign(browser, desk)
    assert_accessible(page)
    button = page.get_by_role("button", name="Tôi ký bằng USB token")
    assert button.evaluate("node => node === document.activeElement")

    desk.program.typed = [""]
    page.keyboard.press("Enter")
    said(page, "Anh/chị đã chọn không ký")
    desk.token.pull_out()
    button.click()
    said(page, "chưa thấy USB token")
    desk.token.plug_in()
    desk.program.stop()
    button.click()
    said(page, "Không gặp được chương trình ký")
    desk.program.start()
    desk.program.typed = ["000000", PIN]
    button.click()
    expect(page.get_by_text("Đã ký và đóng dấu kết quả hồ sơ")).to_be_visible()

    assert "Mã PIN vừa gõ chưa đúng" in desk.program.screen
    code = page.url.rstrip("/").rpartition("/")[2]
    assert signatures_of(page, code, tmp_path).count("Signature is Valid.") == 2
    page.goto("/so-theo-doi/so-bo/")
    assert "not_signed" not in page.content()
    page.context.close()


def test_a_hostile_page_beside_it_gets_nothing(browser: Browser, desk: Desk) -> None:
    page = browser.new_context().new_page()
    page.goto(f"{desk.live.eid_url}/.well-known/openid-configuration")

    for path in ("/v1/certificates", "/v1/sign"):
        for headers in ({"Content-Type": "application/json"}, {"Content-Type": "text/plain"}):
            told = page.evaluate(
                "([url, headers]) => fetch(url, { method: 'POST', headers, body: '{}' }).then((answer) => answer.status, String)",
                [f"{desk.program.url}{path}", headers],
            )
            assert told == "TypeError: Failed to fetch"
    opaque = page.evaluate(
        "(url) => fetch(url, { method: 'POST', mode: 'no-cors', body: '{}' }).then((answer) => answer.type)", f"{desk.program.url}/v1/sign"
    )
    assert opaque == "opaque"
    assert (desk.program.home / "xaso-signer.log").read_text().count("a page that is not allowed") >= 5
    assert "xin chữ ký của:" not in desk.program.screen


def test_many_results_are_signed_with_one_pin_stopped_and_gone_on_with(browser: Browser, desk: Desk) -> None:
    register_herself(browser, desk)
    page = official(browser, desk.live, SIGNER)
    page.goto("/ky-nhieu/?chon=het")
    waiting = page.locator("input[name=dossier]").count()
    assert waiting >= 2
    page.get_by_role("button", name="Xem lại rồi ký").click()
    expect(page.get_by_role("heading", name=f"Ký {waiting} kết quả")).to_be_visible()
    assert_accessible(page)

    desk.program.typed = ["k", PIN, ""]
    page.keyboard.press("Enter")
    said(page, "Anh/chị đã chọn không ký tiếp")
    said(page, f"Còn {waiting - 1} kết quả chưa ký; số của chúng đã trả lại.")
    expect(page.get_by_text(f"Đã ký 1 trên {waiting} kết quả.")).to_be_visible()
    assert_accessible(page)

    desk.program.typed = ["c", PIN]
    page.get_by_role("button", name=f"Tôi ký {waiting} kết quả bằng USB token").click()
    said(page, "Đã xong.")
    expect(page.locator("[data-paper]").get_by_text("Đã ký")).to_have_count(waiting)
    page.goto("/ky-nhieu/")
    assert page.locator("input[name=dossier]").count() == 0
    page.goto("/so-theo-doi/so-bo/")
    assert "not_signed" not in page.content()
    page.context.close()


def test_the_stop_button_leaves_the_signed_signed_and_the_rest_is_signed_once_later(browser: Browser, desk: Desk, tmp_path: Path) -> None:
    register(browser, desk)
    page = official(browser, desk.live, SIGNER)
    page.goto("/ky-nhieu/?chon=het")
    page.get_by_role("button", name="Xem lại rồi ký").click()
    codes = page.locator("[data-paper] .ma").all_inner_texts()
    assert len(codes) >= 2
    form = page.locator("form[data-token-sign-many]")
    form.evaluate("form => { form.dataset.atOnce = '1' }")  # one PIN is for one paper here, so that there is a midway
    begun: list[Route] = []

    def second_waits(route: Route) -> None:
        begun.append(route)
        if len(begun) != 2:
            route.continue_()

    page.route("**/ky-token/chuan-bi/", second_waits)
    desk.program.typed = [PIN]
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"Đã ký 1 trên {len(codes)} kết quả.")).to_be_visible()
    stop = page.get_by_role("button", name="Dừng lượt ký")
    stop.click()
    said(page, "Đang dừng")
    while len(begun) < 2:
        page.wait_for_timeout(20)
    begun[1].continue_()
    said(page, f"Còn {len(codes) - 1} kết quả chưa ký; số của chúng đã trả lại.")
    expect(stop).to_be_hidden()
    assert_accessible(page)
    assert len(begun) == 2

    beside = page.context.new_page()
    beside.goto("/ky-nhieu/")
    assert beside.locator("input[name=dossier]").count() == len(codes) - 1
    signed_at = signatures_of(beside, codes[0], tmp_path)
    beside.goto("/so-theo-doi/so-bo/")
    assert "not_signed" not in beside.content()

    page.unroute("**/ky-token/chuan-bi/")
    form.evaluate("form => { form.dataset.atOnce = '50' }")
    desk.program.typed = ["c", PIN] if len(codes) > 2 else [PIN]
    form.get_by_role("button").first.click()
    said(page, "Đã xong.")
    expect(page.locator("[data-paper]").get_by_text("Đã ký")).to_have_count(len(codes))
    assert [desk.program.screen.count(f"{code} ·") for code in codes] == [1] * len(codes)
    assert signatures_of(beside, codes[0], tmp_path) == signed_at
    assert all(signatures_of(beside, code, tmp_path).count("Signature is Valid.") == 2 for code in codes[1:])
    beside.goto("/so-theo-doi/so-bo/")
    assert "not_signed" not in beside.content()
    page.context.close()


def signatures_of(page: Page, code: str, folder: Path) -> str:
    """Return what `pdfsig` tells of a result's signatures: who, when, and whether they are good."""
    page.goto(f"/ho-so/{code}/")
    with page.expect_download() as download:
        page.locator("a[href$='/ket-qua/']").first.click()
    file = folder / "ket-qua.pdf"
    download.value.save_as(file)
    return subprocess.run(["pdfsig", str(file)], capture_output=True, text=True, check=False).stdout
