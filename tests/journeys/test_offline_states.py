"""Pages of the phone itself in states seldom looked at: nothing found, refused, nothing kept, an outbox overfull with long names."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.cutting import wait_for
from tests.journeys.accessibility import assert_accessible
from tests.journeys.test_every_state import LONG_NAME, ONE_LONG_WORD
from tests.journeys.test_look import SIDEWAYS, TWICE_THE_TEXT
from tests.phone import hill

pytestmark = [pytest.mark.browser, pytest.mark.service_worker, pytest.mark.once]

OVERFULL = 200
FILL = """async ([count, names]) => {
  const states = ["draft", "waiting", "sending", "received", "waiting_for_person", "look", "see", "asked", "erased"];
  for (let number = 0; number < count; number += 1) {
    const state = states[number % states.length], at = new Date(Date.now() - (number % 3) * 86_400_000).toISOString();
    const said = state === "look" ? names[1] : "", code = state === "received" ? `XS-261130-${number}` : undefined;
    const known = { id: `thu-${number}`, state, name: names[number % 2], said, code, made_at: at, changed_at: at, filed_at: at };
    await xasoStore.put("items", { ...known, percent: 40, content: null, procedure: "2.000815", next_at: Date.now() + 1e9, tries: 1 });
  }
}"""

LOOK = """async () => {
  const [item] = await xasoStore.all("items");
  const faults = [{ screen: "nguoi-nop", field: "name", said: "Xã xin xem lại tên." }];
  await xasoStore.change("items", item.id, { state: "look", said: "Xã xin xem lại.", faults });
}"""

CHANGED_MEANWHILE = """async () => {
  const cache = await caches.open("xaso-1-pages"), { pathname } = location, kept = await cache.match(pathname);
  const { version } = JSON.parse(document.getElementById("don").textContent), earlier = "00000000-0000-7000-8000-000000000000";
  await cache.put(pathname, new Response((await kept.text()).replaceAll(version, earlier), { headers: kept.headers }));
  const faults = [{ screen: "kiem-tra", field: "version", said: "Thủ tục đã thay đổi." }], [item] = await xasoStore.all("items");
  await xasoStore.change("items", item.id, { state: "look", version: earlier, said: "Xã xin xem lại.", faults });
}"""
STATES = "xasoStore.all('items').then((items) => items.map(({ state }) => state))"


def assert_well_shown(page: Page) -> None:
    """Fail where the page breaks a rule or scrolls sideways, also with twice the text."""
    assert_accessible(page)
    usual = page.evaluate(SIDEWAYS)
    page.evaluate(TWICE_THE_TEXT)
    assert (usual, page.evaluate(SIDEWAYS)) == (0, 0), page.url


def test_a_search_without_a_signal_that_finds_nothing(phone: Page) -> None:
    phone.goto("/ngoai-tuyen/?q=zzzz")
    expect(phone.locator("main")).to_contain_text("Chưa")

    assert_well_shown(phone)


def test_a_search_without_a_signal_says_how_much_fits_in_all_and_turns_the_page(phone: Page) -> None:
    names = {f"9.{number:06}": f"Báo nuôi ong số {number}" for number in range(120)}
    documents = [{"key": code, "rank": rank, "names": [name]} for rank, (code, name) in enumerate(names.items())]
    lines = {code: {"name": name, "summary": "Không mất tiền", "guided": ""} for code, name in names.items()}
    kept = {"light": [], "documents": documents, "lines": lines}
    phone.context.route("**/ngoai-tuyen/danh-muc.json", lambda route: route.fulfill(json=kept))
    phone.goto("/ngoai-tuyen/?q=nuoi+ong")
    heading, shown, pages = phone.locator("#tieu-de"), phone.locator("#ket-qua b"), phone.locator("#trang")
    expect(heading).to_have_text("120 thủ tục")
    expect(shown).to_have_count(50)
    assert_well_shown(phone)

    pages.get_by_role("link", name="Trang sau").click()
    pages.get_by_role("link", name="Trang sau").click()
    expect(shown).to_have_count(20)
    expect(heading).to_have_text("120 thủ tục")
    expect(pages).to_have_text("Trang trước3/3")
    phone.reload()
    expect(shown).to_have_count(20)
    phone.evaluate("document.isStillTheSame = true")
    phone.go_back()
    expect(pages).to_contain_text("2/3")
    phone.wait_for_load_state("networkidle")
    assert phone.evaluate("document.isStillTheSame")

    phone.locator("#q").fill("nuoi ong so 119")
    expect(shown.first).to_have_text("Báo nuôi ong số 119")


def fill_document(phone: Page) -> None:
    for name, value in {"name": "Căn cước", "pages": "2", "copies": "3"}.items():
        phone.fill(f"#f-documents-0-{name}", value)


def test_a_screen_of_the_form_without_a_signal_that_is_refused(phone: Page) -> None:
    phone.goto(f"/ngoai-tuyen/{hill.COPY}/")
    phone.click("#bat-dau")
    phone.fill("#c-name", "")
    phone.fill("#c-phone", ONE_LONG_WORD)
    phone.locator('form[data-man="nguoi-nop"] button.nut.rong').last.click()
    expect(phone.locator("#c-name")).to_have_attribute("aria-invalid", "true")

    assert_well_shown(phone)


def test_the_check_without_a_signal_shows_a_phone_number_as_people_read_it(phone: Page) -> None:
    phone.goto(f"/ngoai-tuyen/{hill.COPY}/")
    phone.click("#bat-dau")
    phone.fill("#c-name", LONG_NAME)
    phone.fill("#c-phone", "0912345678")
    for screen in ("nguoi-nop", "giay-to", "muc-dich", "giay-photo_of_original"):
        if screen == "giay-to":
            for name, value in {"name": ONE_LONG_WORD, "pages": "2", "copies": "3"}.items():
                phone.fill(f"#f-documents-0-{name}", value)
        hill.on(phone, screen)
        expect(phone.locator("form[data-man]:visible h1")).to_be_focused()
    expect(phone.locator("#tom-tat")).to_contain_text("0912 345 678")

    assert_well_shown(phone)


@hill.TRIED_AGAIN
def test_what_the_commune_asked_to_look_at_is_asked_no_more_once_it_is_filed_again(phone: Page) -> None:
    hill.begin(phone, "", LONG_NAME)
    phone.evaluate(LOOK)
    phone.reload()
    expect(phone.locator("#bao")).to_have_text("Xã xin xem lại.")
    expect(phone.get_by_role("alert")).to_contain_text("Xã xin xem lại tên.")
    hill.on(phone, "nguoi-nop")
    phone.check("#dong-y")
    hill.on(phone, "kiem-tra")
    fill_document(phone)
    hill.on(phone, "giay-to")
    hill.on(phone, "kiem-tra")
    phone.locator('[data-man="xong"]').wait_for()

    expect(phone.locator("#bao")).to_be_hidden()


@hill.TRIED_AGAIN
def test_a_procedure_that_changed_meanwhile_is_looked_at_in_its_present_form_and_filed(phone: Page) -> None:
    phone.goto("/may-nay/")
    wait_for(lambda: phone.evaluate(hill.IS_READY), 60)
    hill.begin(phone, "", LONG_NAME)
    phone.evaluate(CHANGED_MEANWHILE)
    phone.reload()
    expect(phone).to_have_url(re.compile("moi=1"))
    expect(phone.get_by_role("alert")).to_contain_text("Thủ tục đã thay đổi.")
    phone.check("#dong-y")
    hill.on(phone, "kiem-tra")
    fill_document(phone)
    hill.on(phone, "giay-to")
    hill.on(phone, "kiem-tra")

    wait_for(lambda: phone.evaluate(STATES) == ["waiting_for_person"])
    expect(phone.locator("#dong-duoc")).to_be_hidden()


def test_a_phone_that_keeps_nothing_yet(phone: Page) -> None:
    phone.goto("/may-nay/")
    expect(phone.locator("#hop")).to_contain_text("Máy này chưa giữ hồ sơ nào.")

    assert_well_shown(phone)


def test_an_outbox_that_is_overfull_with_long_names(phone: Page) -> None:
    phone.goto("/may-nay/")
    expect(phone.locator("#hop")).to_contain_text("Máy này chưa giữ hồ sơ nào.")
    phone.evaluate(FILL, [OVERFULL, [LONG_NAME, ONE_LONG_WORD]])
    phone.reload()
    expect(phone.locator("#hop > li")).to_have_count(OVERFULL)

    assert_well_shown(phone)
