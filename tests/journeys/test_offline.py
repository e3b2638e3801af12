"""On a hill without a signal: filled in, filed, the phone restarted; a signal of minutes; everything arrives once."""

import random
import re
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect
from playwright.sync_api import TimeoutError as StillThere

from tests.cutting import CuttingProxy, wait_for
from tests.journeys.accessibility import assert_accessible
from tests.live import Live
from tests.phone import hill

pytest_plugins = ("tests.phone.ready",)
pytestmark = [pytest.mark.browser, pytest.mark.service_worker, pytest.mark.once, hill.TRIED_AGAIN]

BAD_ANSWERS = ("200 OK", "500 Internal Server Error", "413 Content Too Large", "429 Too Many Requests")
CUTS = 10
TYPED = "typeof xasoStore === 'object' ? xasoStore.all('typed').then(kept => JSON.stringify(kept)) : ''"
OLDER_WORKER = """async () => {
  await (await caches.open("xaso-1-pages")).put("/may-nay/dau", new Response("older"));
  for (let number = 0; number < 70; number += 1) await (await caches.open("xaso-1-pages")).put(`/visited/?q=${number}`, new Response(""));
  await (await caches.open("xaso-1-static")).put("/static/older.js", new Response(""));
  const { installing, active } = await navigator.serviceWorker.register("/sw.js?older"), older = installing || active;
  if (older.state !== "activated") await new Promise((done) => (older.onstatechange = () => older.state === "activated" && done()));
}"""
IS_REPLACED = "navigator.serviceWorker.ready.then(({ active }) => active.state === 'activated' && active.scriptURL.endsWith('/sw.js'))"
KEEP_ALL = """async () => {
  const { active } = await navigator.serviceWorker.ready, { port1, port2 } = new MessageChannel();
  await new Promise((done) => {
    port1.onmessage = done;
    active.postMessage({ what: "keep-all", language: "vi" }, [port2]);
  });
  return [await (await caches.match("/may-nay/dau")).text() !== "older", Boolean(await caches.match("/static/older.js"))];
}"""
A_THIN_LINKS_PATIENCE_MS = 30_000
"""Where the browser takes the link for a thin one a page calls the worker after twenty seconds."""
A_BEATS_BYTES = 4000
LEAST_BYTES, MOST_BYTES = 200, 60_000


def replaces_the_worker(page: Page, address: str) -> bool:
    """Visit the commune and tell whether that brings its present worker. One whose files were cut off comes with a later visit."""
    page.goto(f"{address}/may-nay/")
    with suppress(StillThere):
        page.wait_for_function(IS_REPLACED, timeout=A_THIN_LINKS_PATIENCE_MS)
        return True
    return False


def test_filed_on_a_hill_received_once_after_a_restart(
    playwright: Playwright, live: Live, link: CuttingProxy, profile: Path, name: str, picture: Path, errors: list[str]
) -> None:
    before = hill.filed(live)
    with hill.phone(playwright, profile, errors) as context:
        page = context.pages[0]
        link.down()
        page.goto(f"{link.url}/thu-tuc/?q=sao+y")
        expect(page).to_have_url(re.compile("/ngoai-tuyen/"))
        expect(page.locator("#ket-qua li").first).to_contain_text("Sao y")
        page.goto(f"{link.url}/ho-so-cua-toi/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Chưa có sóng")
        assert_accessible(page)

        hill.begin(page, link.url, "Vàng")
        expect(page.locator("#da-luu")).to_contain_text("Đã lưu trên máy này")
        with page.expect_navigation():
            hill.type_and(page, "#c-name", name, "location.reload()")
        expect(page.locator("#c-name")).to_have_value(name)
        assert_accessible(page)
        hill.go_on(page, picture)
        expect(page.get_by_role("heading", level=1)).to_have_text("Đã lưu trên máy này, sẽ gửi khi có sóng")

    assert hill.filed(live) == before
    with hill.phone(playwright, profile, errors) as context:
        page = context.pages[0]
        page.goto(f"{link.url}/may-nay/")
        expect(page.locator("#hop")).to_contain_text("Chờ sóng")
        expect(page.locator("#hop")).to_contain_text(re.compile(r"lưu lúc \d\d:\d\d ngày \d\d/\d\d/20\d\d"))
        assert_accessible(page)
        link.up()
        page.evaluate(OLDER_WORKER)
        wait_for(lambda: replaces_the_worker(page, link.url), 120)
        received = hill.all_received(page, link.url)
        expect(page.locator("#hop")).to_contain_text(received[0]["code"])
        kept = page.evaluate("async () => [(await xasoStore.all('photos')).length, (await xasoStore.all('items'))[0].content]")
        assert kept == [0, None], "after receipt the phone lets go of its copy"
        assert "upload-" not in page.evaluate("xasoStore.all('keep').then((kept) => kept.map(({ name }) => name).join())")
        assert page.evaluate(KEEP_ALL) == [True, False], "what the older one kept is kept anew, and what nobody names goes"
        visited = page.evaluate("caches.open('xaso-1-pages').then((cache) => cache.keys()).then((all) => all.map(({ url }) => url))")
        assert f"{link.url}/visited/?q=69" in visited
        assert f"{link.url}/visited/?q=0" not in visited, "of pages that were only visited the last ones stay"

    assert hill.filed(live) == before + 1


def test_bad_answers_a_wrong_clock_and_ten_cuts_lose_and_double_nothing(
    playwright: Playwright, live: Live, link: CuttingProxy, profile: Path, name: str, picture: Path, errors: list[str]
) -> None:
    chance, before = random.Random(4), hill.filed(live)
    with hill.phone(playwright, profile, errors) as context:
        page = context.pages[0]
        page.clock.install(time="2031-01-02T03:04:05Z")
        link.down()
        hill.begin(page, link.url, name)
        hill.go_on(page, picture)
        page.goto(f"{link.url}/may-nay/")
        for status in BAD_ANSWERS:
            link.say(status, "<p>x</p>", headers="Retry-After: 1\r\n")
            page.evaluate("xasoOutbox.run({ now: true })")
            wait_for(lambda: [one["state"] for one in hill.items(page)] == ["waiting"])
        link.down()
        page.clock.set_system_time("2031-01-03T05:00:00Z")
        page.goto(f"{link.url}/may-nay/")
        expect(page.locator("#hop .the.son")).to_contain_text("Chờ sóng")
        expect(page.locator("#hop")).to_contain_text("Đã hơn một ngày chưa gửi được")
        assert_accessible(page)

        def the_commune_knows() -> bool:
            link.up()
            link.cut_after(A_BEATS_BYTES)
            page.evaluate("xasoOutbox.run({ now: true })")
            return hill.beats(live) > 0

        wait_for(the_commune_knows)
        for _ in range(CUTS):
            link.up()
            link.cut_after(chance.randint(LEAST_BYTES, MOST_BYTES))
            page.evaluate("xasoOutbox.run({ now: true })")
        link.up()
        hill.all_received(page, link.url)

    assert hill.filed(live) == before + 1


PUT_OFF = """async () => {
  for (const { id } of await xasoStore.all("items")) await xasoStore.change("items", id, { tries: 6, next_at: Date.now() + 30 * 60_000 });
}"""
HAS_FAILED = "xasoStore.all('items').then((items) => items.some(({ state, tries }) => state === 'waiting' && tries > 0))"
COUNT_TOLD = "navigator.serviceWorker?.addEventListener('message', ({ data }) => { if (data.rest) window.told = data.rest; })"
HOLD_BACK = """async () => {
  for (const { id } of (await xasoStore.all("items")).slice(1)) await xasoStore.change("items", id, { state: "draft" });
}"""
DUE_FOR_THE_THIRD_TIME = """async () => {
  const waiting = (await xasoStore.all("items")).filter(({ state }) => state === "waiting");
  for (const { id } of waiting) await xasoStore.change("items", id, { tries: 2, next_at: 0 });
}"""
RELEASE = """async () => {
  const [one] = (await xasoStore.all("items")).filter(({ state }) => state === "draft");
  await xasoStore.change("items", one.id, { state: "waiting", tries: 6, next_at: Date.now() + 30 * 60_000 });
}"""


def test_what_waits_goes_by_itself_when_the_signal_comes_while_any_page_of_ours_is_open(
    playwright: Playwright, live: Live, link: CuttingProxy, profile: Path, name: str, picture: Path, errors: list[str]
) -> None:
    before = hill.filed(live)
    with hill.phone(playwright, profile, errors) as context:
        page = context.pages[0]

        def received() -> int:
            return sum(one["state"] == "received" for one in hill.items(page))

        link.down()
        hill.begin(page, link.url, name)
        hill.go_on(page, picture)
        page.evaluate(hill.COPIES_OF_ONE, 3)
        wait_for(lambda: page.evaluate(HAS_FAILED))
        page.evaluate(HOLD_BACK)
        page.evaluate(PUT_OFF)

        context.set_offline(True)
        link.up()
        context.set_offline(False)
        wait_for(lambda: received() == 1)

        page.evaluate(RELEASE)
        other = context.new_page()
        other.goto(f"{link.url}/thu-tuc/")
        wait_for(lambda: received() == 2, A_THIN_LINKS_PATIENCE_MS / 1000)
        other.close()

        link.down()
        page.evaluate(RELEASE)
        page.evaluate(DUE_FOR_THE_THIRD_TIME)
        page.clock.install()
        page.add_init_script(COUNT_TOLD)
        page.goto(f"{link.url}/chua-co-song/")
        page.clock.run_for(100)
        wait_for(lambda: page.evaluate("window.told >= 20000"))
        link.up()
        page.evaluate(DUE_FOR_THE_THIRD_TIME)
        page.clock.run_for(60_000)
        wait_for(lambda: hill.filed(live) == before + 3)

    assert hill.filed(live) == before + 3


HOLD_THE_DATABASE = """() => new Promise((done) => {
  const opening = indexedDB.open("xaso", 1);
  opening.onsuccess = () => {
    const objects = opening.result.transaction(["items"], "readwrite").objectStore("items");
    const again = () => { if (!window.isFree) objects.count().onsuccess = again; };
    again();
    done();
  };
})"""


def test_going_on_does_not_wait_for_the_database_of_a_slow_phone_and_nothing_is_lost(
    playwright: Playwright, live: Live, link: CuttingProxy, profile: Path, name: str, errors: list[str]
) -> None:
    with hill.phone(playwright, profile, errors) as context:
        page = context.pages[0]
        link.down()
        hill.begin(page, link.url, "Vàng")
        page.evaluate(HOLD_THE_DATABASE)
        page.fill("#c-name", name)
        page.locator('form[data-man="nguoi-nop"] button.nut.rong').last.click()
        expect(page.locator("#f-documents-0-name")).to_be_visible(timeout=3000)
        page.fill("#f-documents-0-name", "Bằng lái")
        page.reload()
        expect(page.locator("#f-documents-0-name")).to_have_value("Bằng lái")
        page.go_back()
        expect(page.locator("#c-name")).to_have_value(name)


COUNT_HEARD = """() => {
  window.heard = [];
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function () {
    this.addEventListener("ended", () => window.heard.push(this.src), { once: true });
    this.playbackRate = 8;
    return play.call(this);
  };
}"""


def test_who_listens_hears_a_saved_page_without_a_signal(
    playwright: Playwright, live: Live, link: CuttingProxy, tmp_path: Path, errors: list[str]
) -> None:
    assert "0 câu chưa có giọng" in live.xaso("speak", "--language", "vi", "/chua-co-song/", "/ngoai-tuyen/", "/may-nay/")
    with hill.phone(playwright, tmp_path / "phone", errors) as context:
        page = context.pages[0]
        page.goto(f"{link.url}/chua-co-song/")
        page.evaluate("navigator.serviceWorker.ready")
        page.reload()
        page.click("[data-nghe]")
        page.get_by_role("button", name="Lưu tiếng về máy").click()
        expect(page.locator(".nghe-thanh small").last).to_have_text("Đã lưu tiếng, nghe được khi chưa có sóng.")

        link.down()
        page.goto(f"{link.url}/ho-so-cua-toi/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Chưa có sóng")
        page.evaluate(COUNT_HEARD)
        page.click("[data-nghe]")
        expect(page.locator(".nghe-thanh small").first).to_have_text("Đã đọc hết trang.")
        assert page.evaluate("window.heard.length") >= 8

        page.goto(f"{link.url}/thu-tuc/")
        expect(page).to_have_url(f"{link.url}/ngoai-tuyen/")
        page.evaluate(COUNT_HEARD)
        page.click("[data-nghe]")
        wait_for(lambda: page.evaluate("window.heard.length"))


@pytest.mark.once
def test_a_language_that_is_chosen_holds_for_kept_pages_too(
    playwright: Playwright, live: Live, link: CuttingProxy, tmp_path: Path, errors: list[str]
) -> None:
    with hill.phone(playwright, tmp_path / "phone", errors) as context:
        page = context.pages[0]
        page.goto(f"{link.url}/ngoai-tuyen/")
        page.evaluate("navigator.serviceWorker.ready")
        page.reload()
        expect(page.locator("html")).to_have_attribute("lang", "vi")

        page.goto(f"{link.url}/ngon-ngu/?ma=en&ve=/ngoai-tuyen/")
        expect(page.locator("html")).to_have_attribute("lang", "en")
        link.down()
        page.goto(f"{link.url}/ngoai-tuyen/")
        expect(page.locator("html")).to_have_attribute("lang", "en")


def test_what_was_typed_online_is_put_back_and_goes_on_without_a_signal(
    playwright: Playwright, live: Live, link: CuttingProxy, profile: Path, name: str, errors: list[str]
) -> None:
    with hill.phone(playwright, profile, errors) as context:
        page = context.pages[0]
        hill.sign_in(page, live.url)
        page.goto(f"{link.url}/nop-ho-so/{hill.COPY}/")
        page.get_by_role("main").get_by_role("button", name="Tiếp tục").click()
        page.locator("[name=documents-0-name]").wait_for()
        page.goto(page.url.removesuffix("giay-to/") + "nguoi-nop/")
        page.locator("#c-name").wait_for()
        page.fill("#c-name", "Vàng")
        wait_for(lambda: "V%C3%A0ng" in page.evaluate(TYPED))
        address = page.url
        link.down()
        page.fill("#c-name", "Vàng Thị Dợ")
        wait_for(lambda: "D%E1%BB%A3" in page.evaluate(TYPED))
        page.evaluate(hill.PHOTO_NOT_SENT_YET, address.removeprefix(link.url).rpartition("/nguoi-nop/")[0] + "/viec/nhan-anh/")
        page.goto(address)
        expect(page.locator("#bao")).to_contain_text("đã chuyển sang đây")
        expect(page.locator("#c-name")).to_have_value("Vàng Thị Dợ")
        page.goto(f"{page.url.partition('#')[0]}#giay-photo_of_original")
        expect(page.locator("#tep-photo_of_original").locator("xpath=ancestor::form").get_by_text("bang.jpg").first).to_be_visible()
        link.up()
        page.goto(address)
        expect(page.locator("#c-name")).to_have_value("Vàng Thị Dợ")
        expect(page.get_by_text("đã điền lại ở đây")).to_be_visible()
