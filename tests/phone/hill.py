"""A phone of its own on a hill: a browser with a profile that lives on, filling forms that it keeps, behind a link that can be cut."""

import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, LiteralString

import psycopg
import pytest
from playwright.sync_api import BrowserContext, Error, Page, Playwright
from playwright.sync_api import TimeoutError as StillThere

from tests.cutting import CuttingProxy, wait_for
from tests.journeys.conftest import CHROMIUM, CHROMIUM_OPTIONS, PATIENCE_MS, PHONE
from tests.live import Live

COPY = "2.000815"
TRIED_AGAIN = pytest.mark.flaky(reruns=2)
"""For tests of a phone of its own: a debugger on its service worker now and then stops the browser (decision 0132)."""
PRESSED_AGAIN_AFTER_MS = 5000
IS_READY = "caches.open('xaso-1-pages').then(cache => cache.match('/may-nay/dau')).then(Boolean)"
ITEMS = """async () => (await xasoStore.all("items")).map(({ id, state, code, said, percent }) => ({ id, state, code, said, percent }))"""
TYPE = """([field, value, act]) => {
  const input = document.querySelector(field);
  input.value = value;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  new Function(act)();
}"""
COPIES_OF_ONE = """async (count) => {
  const [one] = await xasoStore.all("items"), [photo] = await xasoStore.all("photos");
  for (let number = 1; number < count; number += 1) {
    const id = crypto.randomUUID(), taken = crypto.randomUUID(), content = structuredClone(one.content);
    content.open.papers[0].id = taken;
    await xasoStore.put("photos", { ...photo, id: taken, item: id });
    await xasoStore.put("items", { ...one, id, content, filed_at: new Date().toISOString(), tries: 0, next_at: 0, state: "waiting" });
  }
}"""

PHOTO_NOT_SENT_YET = """async (take) => {
  const blob = await new Promise((done) => document.createElement("canvas").toBlob(done, "image/jpeg"));
  await new Promise((done) => {
    const opening = indexedDB.open("xaso-anh", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("anh", { keyPath: "id" });
    opening.onsuccess = () => {
      const deal = opening.result.transaction("anh", "readwrite");
      deal.objectStore("anh").put({ id: "1", take, paper: "photo_of_original", blob, name: "bang.jpg", at: Date.now() });
      deal.oncomplete = () => done(opening.result.close());
    };
  });
}"""


@contextmanager
def phone(playwright: Playwright, profile: Path, errors: list[str], *, how: signal.Signals = signal.SIGKILL) -> Iterator[BrowserContext]:
    """Yield the phone's browser, and take its battery out at the end (or end it so); what it keeps is there again the next time."""
    context = playwright.chromium.launch_persistent_context(
        profile,
        executable_path=CHROMIUM,
        args=list(CHROMIUM_OPTIONS),
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        **PHONE,
    )
    context.set_default_timeout(PATIENCE_MS)
    context.on("page", lambda page: page.on("pageerror", lambda error: errors.append(str(error))))
    context.pages[0].on("pageerror", lambda error: errors.append(str(error)))
    try:
        yield context
    finally:
        _end(profile, how)


def _end(profile: Path, how: signal.Signals) -> None:
    """End the browser of the profile, and wait until it has gone."""
    own = f"--user-data-dir={profile}".encode()
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            arguments = (place / "cmdline").read_bytes().split(b"\0")
            if own in arguments and not any(one.startswith(b"--type=") for one in arguments):
                os.kill(int(place.name), how)
                wait_for(partial(_has_gone, place))


def _has_gone(process: Path) -> bool:
    """Tell whether a process has ended; one that its parent has not noticed yet has."""
    try:
        return (process / "stat").read_bytes().rpartition(b")")[2].split()[0] == b"Z"
    except OSError:
        return True


def sign_in(page: Page, address: str, *, number: int = 0) -> str:
    """Sign in as the citizen of that number and return her name. Cookies know no ports."""
    page.context.clear_cookies()
    page.goto(f"{address}/dang-nhap/")
    page.get_by_role("link", name="Đăng nhập bằng tài khoản định danh điện tử").click()
    page.locator("button[name=person]").nth(number).click()
    page.wait_for_url(f"{address}/**")
    return page.get_by_text("Đang đăng nhập:").inner_text().removeprefix("Đang đăng nhập: ").split(" · ")[0]


def get_ready(page: Page, live: Live, link: CuttingProxy, *, number: int = 0) -> str:
    """Sign in, tie the phone to the citizen of that number, let it keep the forms; returns her name."""
    name = sign_in(page, live.url, number=number)
    page.goto(f"{link.url}/may-nay/")
    page.click("#gan")
    page.locator("#da-gan").wait_for(timeout=60_000)
    wait_for(lambda: page.evaluate(IS_READY), 60)
    return name


def prepared(playwright: Playwright, live: Live, link: CuttingProxy, profile: Path) -> str:
    """Make a phone that is ready and switched off, to be copied for whoever needs one; returns its owner's name."""
    errors: list[str] = []
    with phone(playwright, profile, errors, how=signal.SIGTERM) as context:
        name = get_ready(context.pages[0], live, link)
    assert errors == []
    for lock in profile.glob("Singleton*"):
        lock.unlink()
    return name


def type_and(page: Page, field: str, value: str, act: str) -> None:
    """Type into a field and do something in the same moment, before anything could be kept in turn. Leaving the page may cut the answer."""
    try:
        page.evaluate(TYPE, [field, value, act])
    except Error as cut:
        if "context was destroyed" not in str(cut):
            raise


def on(page: Page, screen: str) -> None:
    """Press “Tiếp tục” (or “Nộp hồ sơ”) on a screen of the form; once more where nothing came of it, as people do."""
    form = page.locator(f'form[data-man="{screen}"]')
    button = form.locator("button.nut.rong").last
    button.click()
    try:
        form.wait_for(state="hidden", timeout=PRESSED_AGAIN_AFTER_MS)
    except StillThere:
        button.click()


def begin(page: Page, address: str, name: str) -> None:
    """Open the kept form and type who applies."""
    page.goto(f"{address}/ngoai-tuyen/{COPY}/")
    page.click("#bat-dau")
    page.fill("#c-name", name)
    page.locator("#da-luu").wait_for()


def leave(page: Page) -> None:
    """Leave the page; where its own change of place is still under way the browser answers that it was interrupted, so once more."""
    with suppress(Error):
        page.goto("about:blank")
    page.goto("about:blank")


def go_on(page: Page, picture: Path | None) -> None:
    """Fill in the rest and file."""
    on(page, "nguoi-nop")
    page.fill("#f-documents-0-name", "Bằng tốt nghiệp")
    page.fill("#f-documents-0-pages", "2")
    page.fill("#f-documents-0-copies", "3")
    on(page, "giay-to")
    on(page, "muc-dich")
    if picture:
        page.set_input_files("#tep-photo_of_original", picture)
        page.locator(".anh img").wait_for()
    on(page, "giay-photo_of_original")
    page.check("#dong-y")
    on(page, "kiem-tra")
    page.locator('[data-man="xong"]').wait_for()


def items(page: Page) -> list[dict[str, Any]]:
    """Return what the phone's outbox says of its items."""
    found: list[dict[str, Any]] = page.evaluate(ITEMS)
    return found


def all_received(page: Page, address: str, seconds: float = 60) -> list[dict[str, Any]]:
    """Visit the outbox until everything in it has been received."""

    def done() -> list[dict[str, Any]]:
        page.goto(f"{address}/may-nay/")
        page.evaluate("xasoOutbox.run({ now: true })")
        found = items(page)
        return found if found and all(one["state"] == "received" for one in found) else []

    received: list[dict[str, Any]] = wait_for(done, seconds)
    return received


def filed(live: Live) -> int:
    """Return how many dossiers the commune has."""
    return _number(live, "SELECT count(*) FROM dossiers_dossier")


def beats(live: Live) -> int:
    """Return how often the phone that was tied last has told the commune of what waits on it."""
    return _number(live, "SELECT beat_number FROM people_device ORDER BY enrolled_at DESC LIMIT 1")


def _number(live: Live, question: LiteralString) -> int:
    if live.database_url:
        with psycopg.connect(live.database_url) as connection:
            row = connection.execute(question).fetchone()
    else:
        with sqlite3.connect(live.data_dir / "xaso.sqlite3", timeout=20) as database:
            row = database.execute(question).fetchone()
    assert row is not None
    return int(row[0])
