"""An article of the handbook that a phone keeps with its sound is found, read and heard without a signal."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from tests.cutting import CuttingProxy
from tests.journeys.accessibility import assert_accessible
from tests.journeys.test_handbook import ARTICLE
from tests.journeys.test_offline import COUNT_HEARD
from tests.live import Live
from tests.phone import hill

pytest_plugins = ("tests.phone.ready",)
pytestmark = [pytest.mark.browser, pytest.mark.service_worker, pytest.mark.once, hill.TRIED_AGAIN]

HEARD_IN_MS = 90_000


def test_an_article_that_is_kept_is_read_and_heard_without_a_signal(
    playwright: Playwright, live: Live, link: CuttingProxy, tmp_path: Path, errors: list[str]
) -> None:
    live.xaso("speak", "--language", "vi", ARTICLE, "/chua-co-song/", "/may-nay/", "/ngoai-tuyen/")
    with hill.phone(playwright, tmp_path / "phone", errors) as context:
        page = context.pages[0]
        page.goto(f"{link.url}{ARTICLE}")
        page.evaluate("navigator.serviceWorker.ready")
        page.reload()
        page.get_by_role("button", name="Lưu về máy").click()
        expect(page.get_by_role("button", name=re.compile(r"^Lưu chữ, \d+ KB$"))).to_be_visible()
        page.get_by_role("button", name=re.compile(r"^Lưu chữ và tiếng, \d+ KB$")).click()
        expect(page.locator("#luu-bai [role=status]")).to_have_text("Đã lưu, đọc và nghe được khi chưa có sóng.")
        page.goto(f"{link.url}/ngoai-tuyen/")

        link.down()
        page.goto(f"{link.url}/ngoai-tuyen/?q=lua+dao")
        expect(page.locator("#cam-nang a")).to_contain_text(["Tránh kẻ lừa đảo"])
        expect(page.locator("#cam-nang .the")).to_have_text(["Đã lưu trên máy"])
        assert_accessible(page)
        page.locator("#cam-nang a").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Tránh kẻ lừa đảo")
        page.evaluate(COUNT_HEARD)
        page.click("[data-nghe]")
        expect(page.locator(".nghe-thanh small").first).to_have_text("Đã đọc hết trang.", timeout=HEARD_IN_MS)
        assert page.evaluate("window.heard.length") >= 20
        page.goto(f"{link.url}/may-nay/")
        expect(page.locator("#bai-da-luu a")).to_have_text(["Tránh kẻ lừa đảo"])
