"""How a citizen applies from a phone, at the speed of a machine: the form, the answers, one photo, the check, the code."""

import io
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.cutting import wait_for
from tests.journeys.conftest import PHONE
from tests.live import Live

PROCEDURE = "2.000815"
SCREENS = 6
PHOTO_BYTES = 202_000
SLOWEST_MS = 120_000
DOCUMENT = {"name": "Bằng tốt nghiệp trung học phổ thông", "pages": "2", "copies": "3"}
PURPOSE = "Mương nước phía trên trường bị hỏng từ thứ Hai, tôi nộp hồ sơ xin việc sửa. " * 2


def signed_in(browser: Browser, live: Live, number: int) -> list[Any]:
    """Return the cookies of the citizen of that number after her sign-in, none of what else her phone kept."""
    context = browser.new_context(base_url=live.url, service_workers="block", **PHONE)
    page = context.new_page()
    page.goto("/dang-nhap/")
    page.get_by_role("link", name="Đăng nhập bằng tài khoản định danh điện tử").click()
    page.locator("button[name=person]").nth(number).click()
    page.wait_for_url(f"{live.url}/**")
    return [cookie for cookie in context.cookies(live.url) if cookie["name"] == "sessionid"]


def phone(browser: Browser, live: Live, cookies: list[Any], *, workers: Literal["allow", "block"] = "block") -> BrowserContext:
    """Return a phone that was never here, whose owner is signed in."""
    context = browser.new_context(
        base_url=live.url,
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        service_workers=workers,
        **PHONE,
    )
    context.set_default_timeout(SLOWEST_MS)
    context.add_cookies(cookies)
    return context


def to_form(page: Page) -> None:
    """Follow “Nộp hồ sơ” and type into the first field of the form. Raises AssertionError when the stroke does not land."""
    page.goto(f"/nop-ho-so/{PROCEDURE}/", wait_until="commit")
    field = page.locator("#c-name")
    field.click()
    field.press("End")
    field.press("A")
    assert field.input_value().endswith("A")
    field.press("Backspace")


def answer(page: Page) -> None:
    """Answer all questions, until the photo is asked for."""
    page.locator("#c-phone").fill("0912 345 678")
    page.locator("#c-email").fill("dung@example.org")
    on(page)
    for name, value in DOCUMENT.items():
        page.locator(f"[name=documents-0-{name}]").fill(value)
    on(page)
    page.locator("[name=purpose]").fill(PURPOSE)
    on(page)
    page.locator("#tep-may").wait_for(state="attached")


def take_photo(path: Path) -> Callable[[Page], None]:
    """Return the step that adds the photo; it is there when the phone shows it."""

    def take(page: Page) -> None:
        wait_for(lambda: page.evaluate("typeof xasoPhoto === 'object'"))
        page.locator("#tep-may").set_input_files(path)
        page.locator(".anh img").wait_for()

    return take


def check(page: Page) -> None:
    """Go on to the check."""
    on(page)
    page.locator("#dong-y").wait_for()


def submit(page: Page) -> None:
    """Confirm, and wait until the code is there."""
    page.locator("#dong-y").check()
    page.locator("form[data-photo-wait] button").click()
    expect(page.locator(".bien-nhan .ma-to")).to_be_visible(timeout=SLOWEST_MS)


def on(page: Page) -> None:
    """Press “Tiếp tục” at the end of the screen."""
    page.get_by_role("main").get_by_role("button", name="Tiếp tục").click()


def picture() -> bytes:
    """Return a photo of about PHOTO_BYTES, of the grain of a phone's: noise over colours, always the same."""
    chance = random.Random(1)
    grain = Image.frombytes("RGB", (200, 150), chance.randbytes(200 * 150 * 3)).resize((1600, 1200), Image.Resampling.BICUBIC)
    best = b""
    for quality in range(1, 96):
        target = io.BytesIO()
        grain.save(target, "JPEG", quality=quality)
        if len(target.getvalue()) > PHOTO_BYTES:
            break
        best = target.getvalue()
    return best
