"""A citizen applies from a phone: birth with a photo, a supplement, the signed result, its check by anybody; with and without scripts."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from urllib.parse import urlsplit

import pytest
import requests
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.cutting import wait_for
from tests.journeys.accessibility import assert_accessible
from tests.journeys.conftest import ALONE, DESKTOP, PHONE
from tests.journeys.test_official_story import sign_in as sign_in_as_official
from tests.live import Live
from xaso.platform.tests.file_samples import photo

pytestmark = pytest.mark.browser

BIRTH, COPY, BUSINESS = "1.001193", "2.000815", "1.001612"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TWICE_THE_TEXT = "document.documentElement.style.fontSize = '225%'"
KEPT_PAGES_ARE_SEVEN = """async () => {
  const kept = await xasoStore.get("typed", location.pathname);
  return new URLSearchParams(await xasoStore.contentOf(kept)).get("documents-0-pages") === "7";
}"""
TWO_AT_ONCE = 2


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """Return a photo as a phone takes it, large enough to be made smaller."""
    path = tmp_path / "giấy chứng sinh.jpg"
    path.write_bytes(photo(3000, 2400, quality=100))
    return path


def sign_in(page: Page, number: int = 0) -> None:
    """Go through the stand-in as the citizen of that number on its list."""
    page.get_by_role("link", name="Đăng nhập bằng tài khoản định danh điện tử").click()
    page.locator("button[name=person]").nth(number).click()


def begin(page: Page, code: str, number: int = 0) -> str:
    """Sign in, begin an application and return its base address."""
    page.goto(f"/nop-ho-so/{code}/")
    sign_in(page, number)
    begun = page.get_by_role("button", name="Làm bản mới")
    begun.or_(page.locator("#khai button")).last.click()
    page.wait_for_url(re.compile(r"/nop-ho-so/[^/]+/[^/]+/[^/]+/$"))
    base = f"{page.url.removesuffix('/').rpartition('/')[0]}/"
    page.goto(f"{base}nguoi-nop/")
    return base


def on(page: Page) -> None:
    """Press “Tiếp tục” at the end of the screen."""
    page.get_by_role("main").get_by_role("button", name="Tiếp tục").click()


def choose(page: Page, *labels: str) -> None:
    """Choose an answer on each of the next screens."""
    for label in labels:
        page.get_by_role("radio", name=label, exact=True).check()
        on(page)


def fill(page: Page, **answers: str) -> None:
    """Fill fields by their names and go on."""
    for name, value in answers.items():
        field = page.locator(f"[name={name}]")
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    on(page)


def answer_birth(page: Page) -> None:
    """Answer the questions of a birth, as a mother who names no father."""
    on(page)
    choose(page, "Mẹ")
    fill(page, child_name="Giàng Thị Mỷ")
    fill(page, child_birth="05112026")
    choose(page, "Gái")
    page.get_by_role("radio", name="Trạm y tế, bệnh viện").check()
    fill(page, birth_place="Trạm Y tế xã Bảo Nhai, tỉnh Lào Cai")
    fill(page, child_ethnicity="Mông", child_nationality="Việt Nam", child_origin="Xã Bảo Nhai, tỉnh Lào Cai")
    choose(page, "Không", "Có giấy chứng sinh")
    fill(
        page,
        mother_name="Sùng Thị Dợ",
        mother_birth="1999",
        mother_ethnicity="Mông",
        mother_nationality="Việt Nam",
        mother_residence="Thôn Bảo Tân 1",
    )
    choose(page, "Chưa xác định được bố, để trống")
    fill(page, copies="")
    page.get_by_role("checkbox").check()
    on(page)


def submit(page: Page) -> str:
    """Confirm and submit on the check page; return the code."""
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Nộp hồ sơ").click()
    expect(page.get_by_role("status").first).to_contain_text("Xã đã nhận được")
    return page.locator(".bien-nhan .ma-to").inner_text()


def official(context: BrowserContext, name: str) -> Page:
    """Return a page on which the official is signed in."""
    context.clear_cookies()
    page = context.new_page()
    sign_in_as_official(page, name)
    return page


def verb(page: Page, code: str, name: str, **fields: str) -> None:
    """Make a move on a case as its form is posted."""
    page.goto(f"/ho-so/{code}/")
    token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    address = f"/ho-so/{code}/viec/{name}/"
    answer = page.request.post(address, form={"csrfmiddlewaretoken": token, **fields}, headers={"Referer": page.url})
    assert answer.ok, answer.text()[-2000:]


@pytest.mark.service_worker
def test_a_birth_from_a_phone_to_the_signed_result(phone: Page, live: Live, second_context: BrowserContext, picture: Path) -> None:
    asked: set[str] = set()
    phone.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    phone.goto("/thu-tuc/?q=lam+giay+cho+con+moi+de")
    phone.get_by_role("link", name="Làm giấy khai sinh").first.click()
    phone.get_by_role("link", name="Nộp hồ sơ").click()
    sign_in(phone)
    assert_accessible(phone)
    answer_birth(phone)

    expect(phone.get_by_role("heading", level=1)).to_have_text("Giấy chứng sinh")
    phone.locator("#tep-may").set_input_files(picture)
    expect(phone.locator(".anh li")).to_have_count(1)
    assert phone.locator(".anh img").evaluate("e => e.decode().then(() => e.naturalWidth)") > 0
    on(phone)
    expect(phone.locator(".tomtat").filter(has_text="Cháu tên là gì?")).to_contain_text("Giàng Thị Mỷ")
    code = submit(phone)
    assert phone.locator(".bien-nhan svg").is_visible()
    assert asked - {""} == {urlsplit(live.url).netloc, urlsplit(live.eid_url).netloc}, "nobody else is asked for anything"
    phone.go_back()
    expect(phone).to_have_url(re.compile(f"/ho-so-cua-toi/{code}/"))

    verb(official(second_context, "tiepnhan"), code, "accept")
    officer = official(second_context, "hotich")
    verb(officer, code, "take")
    verb(officer, code, "ask_for_more", **{"paper": "birth_slip", "why-birth_slip": "Ảnh bị mờ, chụp lại."})

    phone.goto(f"/ho-so-cua-toi/{code}/")
    expect(phone.locator("#bo-sung")).to_contain_text("Ảnh bị mờ, chụp lại.")
    phone.locator("#tep-1-may").set_input_files(picture)
    expect(phone.locator("#bo-sung .tep li")).to_have_count(1)
    phone.get_by_role("button", name="Gửi bổ sung cho xã").click()
    expect(phone.get_by_role("main")).to_contain_text("Xã đã nhận giấy tờ bổ sung.")
    expect(phone.locator("#bo-sung")).to_have_count(0)

    officer.goto(f"/ho-so/{code}/")
    officer.locator("form[action$='/prepare_result/'] button").click()
    verb(official(second_context, "phochutich"), code, "sign")

    phone.goto(f"/ho-so-cua-toi/{code}/")
    with phone.expect_download() as fetched:
        phone.get_by_role("link", name="Tải kết quả về máy").click()
    assert fetched.value.path().read_bytes().startswith(b"%PDF")
    checked = second_context.new_page()
    checked.goto(phone.get_by_role("link", name="Kiểm tra giấy này").get_attribute("href") or "")
    expect(checked.get_by_role("main")).to_contain_text("Giấy này do xã cấp")


@pytest.mark.once
def test_an_application_without_scripts(no_js: Page, picture: Path) -> None:
    begin(no_js, COPY, 1)
    no_js.get_by_role("textbox", name="Số điện thoại").fill("0912 345 678")
    on(no_js)
    no_js.locator("[name=documents-0-name]").fill("Căn cước")
    no_js.get_by_role("button", name="Thêm giấy tờ").click()
    assert no_js.url.endswith("#f-documents-1")
    expect(no_js.locator("[name=documents-0-name]")).to_have_value("Căn cước")
    for name, value in {"0-pages": "1", "0-copies": "2", "1-name": "Giấy khai sinh", "1-pages": "một", "1-copies": "1"}.items():
        no_js.locator(f"[name=documents-{name}]").fill(value)
    on(no_js)
    expect(no_js.get_by_role("alert")).to_be_focused()
    no_js.locator("[name=documents-1-pages]").fill("1")
    on(no_js)

    no_js.locator("[name=purpose]").fill("Xin việc")
    no_js.get_by_role("button", name="Quay lại").click()
    expect(no_js.locator("[name=documents-1-name]")).to_have_value("Giấy khai sinh")
    on(no_js)
    expect(no_js.locator("[name=purpose]")).to_have_value("Xin việc")
    no_js.get_by_role("button", name="Để sau").click()
    no_js.get_by_role("link", name="Sao y giấy tờ").first.click()
    on(no_js)

    no_js.locator("#tep").set_input_files(picture)
    expect(no_js.locator("#tep ~ [data-chosen]")).to_be_visible()
    no_js.get_by_role("button", name="Gửi ảnh đã chọn").click()
    expect(no_js.locator(".anh li")).to_have_count(1)
    on(no_js)
    assert submit(no_js).startswith("XS-")


@pytest.mark.once
def test_what_is_typed_is_kept_while_typing_and_through_a_lost_signal(phone: Page) -> None:
    base = begin(phone, COPY, 2)
    on(phone)
    phone.locator("[name=documents-0-name]").fill("Bằng lái xe")
    expect(phone.locator("[data-autosave-status]")).to_contain_text("Đã lưu lúc")

    phone.context.set_offline(True)
    phone.locator("[name=documents-0-pages]").fill("2")
    expect(phone.locator("[data-autosave-status]")).to_contain_text("Chưa có sóng")
    on(phone)
    expect(phone.locator("[data-autosave-status]")).to_contain_text("có sóng thì bấm lại")
    expect(phone.locator("[name=documents-0-pages]")).to_have_value("2")
    phone.context.set_offline(False)
    expect(phone.locator("[data-autosave-status]")).to_contain_text("Đã lưu lúc")

    late: list[Route] = []

    def hold(script: Route) -> None:
        late.append(script)

    phone.context.route("**/handover*.js", hold)
    phone.goto(base + "giay-to/")
    expect(phone.locator("[name=documents-0-name]")).to_have_value("Bằng lái xe")
    expect(phone.locator("[name=documents-0-pages]")).to_have_value("2")
    phone.locator("[name=documents-0-pages]").fill("7")
    wait_for(lambda: phone.evaluate("Boolean(globalThis.xasoStore)") and late)
    late[0].continue_()
    phone.wait_for_function(KEPT_PAGES_ARE_SEVEN)
    expect(phone.locator("[name=documents-0-pages]")).to_have_value("7")


@pytest.mark.once
def test_a_session_that_ends_in_the_middle_loses_nothing(phone: Page) -> None:
    base = begin(phone, COPY, 3)
    on(phone)
    phone.context.clear_cookies(name="sessionid")
    for name, value in {"name": "Sổ hộ khẩu cũ", "pages": "8", "copies": "1"}.items():
        phone.locator(f"[name=documents-0-{name}]").fill(value)
    on(phone)
    sign_in(phone, 3)

    assert phone.url == base + "giay-to/"
    expect(phone.locator("[name=documents-0-name]")).to_have_value("Sổ hộ khẩu cũ")
    expect(phone.get_by_role("main")).to_contain_text("Những gì vừa ghi vẫn còn")
    on(phone)
    expect(phone).to_have_url(base + "muc-dich/")


@pytest.mark.once
def test_who_lacks_the_level_is_led_to_it_and_back_to_the_same_form(phone: Page) -> None:
    phone.goto(f"/nop-ho-so/{BUSINESS}/")
    phone.get_by_role("link", name="Đăng nhập bằng tài khoản định danh điện tử").click()
    phone.get_by_label("Chỉ xác thực ở mức 1").check()
    phone.locator("button[name=person]").nth(3).click()
    expect(phone.locator("#muc-dinh-danh")).to_contain_text("cần định danh điện tử mức 2")
    phone.locator("#khai button").last.click()
    phone.wait_for_url(re.compile(r"/nop-ho-so/[^/]+/[^/]+/[^/]+/$"))
    base = f"{phone.url.removesuffix('/').rpartition('/')[0]}/"
    fill_contact(phone, base, "0912345678")
    phone.goto(f"{base}kiem-tra/")
    assert_accessible(phone)

    phone.get_by_role("link", name="Xác thực mức 2").click()
    expect(phone.get_by_text("cần xác thực ở mức 2")).to_be_visible()
    phone.locator("button[name=person]").nth(3).click()

    expect(phone).to_have_url(re.compile(re.escape(f"{base}kiem-tra/") + "$"))
    expect(phone.locator("#muc-dinh-danh")).to_have_count(0)
    expect(phone.get_by_role("main")).to_contain_text("0912 345 678")


def fill_contact(page: Page, base: str, number: str) -> None:
    """Type a phone number on the screen about the applicant and go on."""
    page.goto(f"{base}nguoi-nop/")
    page.fill("[name=phone]", number)
    on(page)
    page.wait_for_url(re.compile(rf"{re.escape(base)}(?!nguoi-nop/)"))


def test_two_presses_at_the_same_moment_make_one_dossier(phone: Page, live: Live) -> None:
    base = begin(phone, COPY, 4)
    on(phone)
    for name, value in {"name": "Căn cước", "pages": "1", "copies": "1"}.items():
        phone.locator(f"[name=documents-0-{name}]").fill(value)
    on(phone)
    expect(phone).to_have_url(base + "muc-dich/")
    phone.goto(base + "kiem-tra/")
    token = phone.locator("main [name=csrfmiddlewaretoken]").input_value()
    cookies = {cookie["name"]: cookie["value"] for cookie in phone.context.cookies(live.url)}
    together = Barrier(TWO_AT_ONCE, timeout=10)

    def press(_number: int) -> str:
        together.wait()
        form = {"csrfmiddlewaretoken": token, "agree": "yes"}
        return requests.post(base + "kiem-tra/", form, cookies=cookies, allow_redirects=False, timeout=20).headers["Location"]

    with ThreadPoolExecutor(TWO_AT_ONCE) as pool:
        places = set(pool.map(press, range(TWO_AT_ONCE)))

    assert len(places) == 1
    assert places.pop().startswith("/ho-so-cua-toi/XS-")


@pytest.mark.once
@pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_kind_of_screen_is_accessible_and_fits(browser: Browser, live: Live, device: dict[str, object], picture: Path) -> None:
    context = browser.new_context(base_url=live.url, locale="vi-VN", **ALONE, **device)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto("/tra-cuu/")
    looked_at(page)
    base = begin(page, COPY, 5)
    looked_at(page)
    page.locator("[name=phone]").fill("12")
    on(page)
    expect(page.get_by_role("alert")).to_be_focused()
    looked_at(page)
    page.locator("[name=phone]").fill("")
    on(page)
    for name, value in {"name": "Căn cước", "pages": "1", "copies": "1"}.items():
        page.locator(f"[name=documents-0-{name}]").fill(value)
    on(page)
    for slug in ("giay-to", "muc-dich", "giay-photo_of_original", "kiem-tra"):
        page.goto(f"{base}{slug}/")
        looked_at(page)
    page.goto(f"{base}giay-to/")
    page.locator("[name=documents-0-pages]").fill("một")
    on(page)
    expect(page.get_by_role("alert")).to_be_focused()
    looked_at(page)
    page.locator("[name=documents-0-pages]").fill("1")
    on(page)
    expect(page).to_have_url(f"{base}muc-dich/")
    page.goto(f"{base}giay-photo_of_original/")
    page.locator("#tep").set_input_files(picture)
    expect(page.locator(".anh li")).to_have_count(1)
    looked_at(page)
    page.goto("/ho-so-cua-toi/")
    looked_at(page)
    page.goto(f"{base}kiem-tra/")
    submit(page)
    looked_at(page)
    page.goto("/ho-so-cua-toi/")
    page.locator(".ds a[href^='/ho-so-cua-toi/']").first.click()
    looked_at(page)
    context.close()


def looked_at(page: Page) -> None:
    """Hold the page to WCAG, and to 320 px with plain and with twice the text, on a narrow screen."""
    assert_accessible(page)
    size = page.viewport_size
    assert size is not None
    page.set_viewport_size({"width": 320, "height": 640})
    plain = page.evaluate(SIDEWAYS)
    page.evaluate(TWICE_THE_TEXT)
    assert (plain, page.evaluate(SIDEWAYS)) == (0, 0), page.url
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.set_viewport_size(size)
