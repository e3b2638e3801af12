"""Whoever holds a signed PDF asks at `/xac-minh/` whether it holds, from a phone and without scripts."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.accessibility import assert_accessible
from xaso.apps.signing.tests.authority import Authority
from xaso.apps.signing.tests.signed_samples import signature, with_a_page_more
from xaso.platform import clock, pdf

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """A paper that got a page after it was signed, made in a thread: the browser's own loop runs in this one."""
    file = tmp_path / "giay-da-doi.pdf"
    with ThreadPoolExecutor(max_workers=1) as thread:
        file.write_bytes(thread.submit(changed_paper).result())
    return file


def changed_paper() -> bytes:
    now = clock.now()
    agency = {"name": "Xã Bảo Nhai", "place": "Bảo Nhai"}
    template = pdf.PACKAGE / "apps" / "signing" / "tests" / "paper.typ"
    paper = pdf.render(template, {"agency": agency, "issued_at": now, "signer": {"name": "Vàng Seo Dín"}})
    return with_a_page_more(signature(Authority.founded(now)).on(paper, now))


def ask(page: Page, file: Path) -> None:
    page.goto("/xac-minh/")
    page.get_by_role("link", name="Kiểm tra chữ ký trong tệp").click()
    page.get_by_label("Tệp PDF đã ký số").set_input_files(file)
    page.get_by_role("button", name="Kiểm tra").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Chữ ký số không đúng")
    expect(page.get_by_text("Thêm 1 trang.")).to_be_visible()


def test_a_changed_paper_is_told_on_a_phone_and_the_answer_is_accessible(phone: Page, changed: Path) -> None:
    ask(phone, changed)

    assert_accessible(phone)


def test_the_same_without_scripts(no_js: Page, changed: Path) -> None:
    ask(no_js, changed)
