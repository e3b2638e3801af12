"""Phones that several people use: nothing of one is another's, a PIN locks drafts, signing out tells what is lost, all can be taken off."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from tests.cutting import CuttingProxy, wait_for
from tests.journeys.accessibility import assert_accessible
from tests.live import Live
from tests.phone import hill

pytest_plugins = ("tests.phone.ready",)
pytestmark = [pytest.mark.browser, pytest.mark.service_worker, pytest.mark.once, hill.TRIED_AGAIN]

LEFT = """() => new Promise((done) => {
  const opening = indexedDB.open("xaso", 1);
  opening.onsuccess = () => {
    const stores = opening.result.transaction(["items", "keep", "typed"]);
    const [items, keep, typed] = ["items", "keep", "typed"].map((name) => stores.objectStore(name).getAll());
    stores.oncomplete = () =>
      done({
        told: items.result.map(({ code, name, messages, closed }) => [code ?? null, name, messages?.length ?? null, closed ?? null]),
        items: items.result.map(({ content }) => content),
        keep: keep.result.map(({ name }) => name),
        typed: typed.result.length,
      });
  };
})"""
RECEIVED_EARLIER = """async () => {
  const known = { name: "Chứng thực", messages: [{ said: "Cần bổ sung" }], content: null, secret: "x", changed_at: "" };
  const received = { ...known, state: "received", heard_at: Date.now() };
  await xasoStore.put("items", { ...received, id: "1", code: "H12.34-1", said: "Cần bổ sung" });
  await xasoStore.put("items", { ...received, id: "2", code: "H12.34-2", nobodys: true });
}"""
IS_WATCHED = """() =>
  typeof xasoStore === "object" && sessionStorage["xaso-account"] === document.querySelector("[data-keep]").dataset.account"""
TYPED_BY = (
    """async () => (await xasoStore.all("typed")).map(({ path, account, names, done, draft }) => ({ path, account, names, done, draft }))"""
)


def test_what_one_person_typed_online_is_never_put_into_the_form_of_another_on_the_same_phone(
    playwright: Playwright, live: Live, link: CuttingProxy, tmp_path: Path, errors: list[str]
) -> None:
    with hill.phone(playwright, tmp_path / "phone", errors) as context:
        page = context.pages[0]
        start = f"{link.url}/nop-ho-so/{hill.COPY}/"
        first = hill.sign_in(page, live.url, number=6)
        page.goto(start)
        wait_for(lambda: page.evaluate(IS_WATCHED))
        assert page.evaluate(TYPED_BY) == [], "what the page brought was not typed"
        page.fill("#c-phone", "0912345678")
        wait_for(lambda: page.evaluate(TYPED_BY))
        assert [one["names"] for one in page.evaluate(TYPED_BY)] == [["phone"]]

        second = hill.sign_in(page, live.url, number=7)
        assert second != first
        page.goto(start)
        wait_for(lambda: page.evaluate(IS_WATCHED))
        page.wait_for_timeout(500)
        expect(page.locator("#c-name")).to_have_value(second)
        expect(page.locator("#c-phone")).not_to_have_value("0912345678")
        page.goto(f"{link.url}/ngoai-tuyen/{hill.COPY}/?tu=/nop-ho-so/{hill.COPY}/")
        page.wait_for_timeout(500)
        expect(page.locator("#c-name")).to_have_value("")
        expect(page.locator("#bao")).to_be_hidden()

        hill.sign_in(page, live.url, number=6)
        page.goto(start)
        expect(page.locator("#c-phone")).to_have_value("0912345678")
        page.goto(f"{link.url}/ngoai-tuyen/{hill.COPY}/?tu=/nop-ho-so/{hill.COPY}/")
        expect(page.locator("#bao")).to_contain_text("đã chuyển sang đây")
        expect(page.locator("#c-phone")).to_have_value("0912345678")


def test_who_signs_out_is_told_what_has_not_been_sent_and_chooses(
    playwright: Playwright, live: Live, link: CuttingProxy, tmp_path: Path, errors: list[str]
) -> None:
    with hill.phone(playwright, tmp_path / "phone", errors) as context:
        page = context.pages[0]
        hill.sign_in(page, live.url, number=8)
        page.goto(f"{link.url}/nop-ho-so/{hill.COPY}/")
        page.get_by_role("main").get_by_role("button", name="Tiếp tục").click()
        page.locator("[name=documents-0-name]").wait_for()
        screen = page.url.removeprefix(link.url)
        page.goto(f"{link.url}/dang-xuat/")
        page.wait_for_timeout(500)
        expect(page.locator("#gui-ngay")).to_be_hidden()
        expect(page.locator("#thoat")).to_have_text("Đăng xuất")

        page.goto(f"{link.url}{screen}")
        wait_for(lambda: page.evaluate("typeof xasoStore === 'object' && xasoStore.all('typed').then(() => true)"))
        page.evaluate(hill.PHOTO_NOT_SENT_YET, screen.removesuffix("giay-to/") + "viec/nhan-anh/")
        context.route("**/viec/luu/", lambda route: route.abort())
        page.fill("[name=documents-0-name]", "Bằng lái")
        wait_for(
            lambda: "%E1%BB%87i" in page.evaluate("xasoStore.all('typed').then(kept => JSON.stringify(kept))") or page.evaluate(TYPED_BY)
        )
        page.goto(f"{link.url}/dang-xuat/")
        expect(page.locator("#con-anh")).to_contain_text("chỉ có trên máy này: 1")
        expect(page.locator("#con-go")).to_contain_text("xã chưa nhận được: 1")
        expect(page.locator("#thoat")).to_have_text("Đăng xuất và xóa")
        assert_accessible(page)
        page.click("#gui-ngay")
        expect(page.locator("#dang-gui")).to_contain_text("Chưa gửi hết được")
        expect(page.locator("#con-go")).to_be_visible()
        expect(page.locator("#con-anh")).to_be_hidden()

        context.unroute("**/viec/luu/")
        page.click("#gui-ngay")
        expect(page.locator("#dang-gui")).to_contain_text("Đã gửi hết")
        expect(page.locator("#con-go")).to_be_hidden()
        expect(page.locator("#thoat")).to_have_text("Đăng xuất")
        page.goto(f"{link.url}{screen}")
        expect(page.locator("[name=documents-0-name]")).to_have_value("Bằng lái")


def test_a_shared_phone_is_locked_by_a_pin_sends_without_it_and_is_emptied(
    playwright: Playwright, live: Live, link: CuttingProxy, profile: Path, name: str, errors: list[str]
) -> None:
    before = hill.filed(live)
    with hill.phone(playwright, profile, errors) as context:
        page = context.pages[0]
        link.down()
        hill.begin(page, link.url, name)
        hill.go_on(page, None)
        hill.begin(page, link.url, "Lý")
        with page.expect_navigation():
            hill.type_and(page, "#c-name", "Lý Thị Kín", "location.assign('/may-nay/')")
        page.get_by_text("Đặt mã PIN", exact=True).click()
        page.fill("#pin-moi", "2580")
        page.fill("#pin-lai", "2580")
        page.click("#dat-pin button")
        expect(page.locator("#bao")).to_contain_text("Đã khóa")
        assert_accessible(page)

    with hill.phone(playwright, profile, errors) as context:
        page = context.pages[0]
        page.goto(f"{link.url}/may-nay/")
        assert "Kín" not in json.dumps(page.evaluate("xasoStore.all('items')"), ensure_ascii=False)
        page.fill("#pin", "1111")
        page.click("#mo-khoa button")
        expect(page.locator("#loi")).to_contain_text("Mã PIN chưa đúng")
        link.up()
        page.evaluate("xasoOutbox.run({ now: true })")
        wait_for(lambda: sorted(one["state"] for one in hill.items(page)) == ["draft", "received"])
        page.fill("#pin", "2580")
        page.click("#mo-khoa button")
        expect(page.locator("#mo-khoa")).to_be_hidden()
        page.get_by_role("link", name="Làm tiếp").click()
        expect(page.locator("#c-name")).to_have_value("Lý Thị Kín")
        leave_nothing(page, context)

    assert hill.filed(live) == before + 1


def test_a_full_phone_a_sign_out_and_a_browser_that_keeps_nothing_are_told_of(
    playwright: Playwright, live: Live, link: CuttingProxy, profile: Path, name: str, picture: Path, errors: list[str]
) -> None:
    with hill.phone(playwright, profile, errors) as context:
        page = context.pages[0]
        context.add_init_script("if (navigator.storage) navigator.storage.estimate = async () => ({ usage: 99e6, quota: 100e6 })")
        hill.begin(page, link.url, name)
        paper = f"{page.url.partition('#')[0]}#giay-photo_of_original"
        hill.leave(page)
        page.goto(paper)
        expect(page.locator("#bao")).to_contain_text("Máy sắp hết chỗ")
        expect(page.locator("[data-giay=photo_of_original] .chup label").first).to_be_hidden()
        expect(page.get_by_text("Đã chọn, chưa gửi.").first).to_be_hidden()

        item = hill.items(page)[0]["id"]
        hill.begin(page, link.url, "Lý Thị Kín")
        page.locator("#da-luu").wait_for()
        page.evaluate("id => xasoStore.change('items', id, { state: 'look', filed_at: new Date().toISOString() })", item)
        page.evaluate(RECEIVED_EARLIER)

        page.goto(f"{link.url}/dang-xuat/")
        expect(page.locator("#con-cho")).to_contain_text("Máy này còn hồ sơ chưa gửi được: 1")
        expect(page.locator("#con-do")).to_contain_text("Máy này còn bản đang ghi dở: 1")
        expect(page.locator("#giu-lai")).to_be_hidden()
        assert_accessible(page)
        page.locator("#thoat").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Anh/chị đã đăng xuất")
        left = page.evaluate(LEFT)
        assert sorted(left.pop("told"), key=str) == [["H12.34-1", "", 0, True], ["H12.34-2", "Chứng thực", 1, None], [None, "", None, None]]
        assert left == {"items": [None, None, None], "keep": ["sending"], "typed": 0}, (
            "neither draft nor key stays, and what was filed is sealed"
        )
        page.goto(f"{link.url}/ngoai-tuyen/{hill.COPY}/?ban={item}")
        expect(page.locator("#bao")).to_contain_text("đã được niêm lại")
        expect(page.locator("#c-name")).to_have_value("")
        hill.sign_in(page, live.url)
        page.goto(f"{link.url}/ngoai-tuyen/{hill.COPY}/?ban={item}")
        expect(page.locator("#c-name")).to_have_value(name)
        page.goto(f"{link.url}/dang-xuat/")
        page.locator("#thoat").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Anh/chị đã đăng xuất")

        context.add_init_script("IDBFactory.prototype.open = () => { throw new DOMException('private', 'SecurityError') }")
        page.goto(f"{link.url}/ngoai-tuyen/{hill.COPY}/")
        expect(page.locator("#bao")).to_contain_text("vẫn nộp qua mạng được")
        page.goto(f"{link.url}/may-nay/")
        expect(page.locator("#loi")).to_contain_text("vẫn nộp qua mạng được")
        page.goto(f"{live.url}/nop-ho-so/{hill.COPY}/")
        page.get_by_role("link", name="Đăng nhập bằng tài khoản định danh điện tử").click()
        page.locator("button[name=person]").nth(4).click()
        page.fill("#c-name", name)
        page.get_by_role("main").get_by_role("button", name="Tiếp tục").click()
        expect(page.locator("#f-documents-0-name")).to_be_visible()


def leave_nothing(page: Page, context: BrowserContext) -> None:
    """Press “Xóa khỏi máy này” and see that nothing is left."""
    page.goto(page.url.partition("/ngoai-tuyen/")[0] + "/may-nay/")
    page.get_by_text("Xóa khỏi máy này").click()
    page.click("#xoa")
    expect(page.locator("#bao")).to_contain_text("Đã xóa hết")
    left = page.evaluate(
        "async () => [(await xasoStore.all('items')).length, (await xasoStore.all('keep')).length, (await caches.keys()).length]"
    )
    assert left == [0, 0, 0]
