"""Makes the four pictures of README anew from a commune that really runs: `python tests/screenshots.py`."""

import sys
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from PIL import Image  # noqa: E402  the path comes first
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from tests.journeys.conftest import CHROMIUM, CHROMIUM_OPTIONS, DESKTOP, PHONE  # noqa: E402
from tests.journeys.test_official_story import sign_in  # noqa: E402
from tests.live import Live, Template, free_port  # noqa: E402

PICTURES = ROOT / "docs" / "images"
LARGEST_BYTES = 120_000
COLOURS = 96


def home(page: Page) -> None:
    """Show the first page on a phone."""
    page.goto("/")


def step(page: Page) -> None:
    """Show a question of the birth form, half answered by a mother."""
    page.goto("/nop-ho-so/1.001193/")
    page.locator("main a[href*='dinh-danh'], main form[action*='dinh-danh'] button").first.click()
    page.get_by_text("mẹ của cháu mới sinh").first.click()
    page.wait_for_url("**/nop-ho-so/**")
    go_on(page)
    page.locator("input[name=relation]").first.check()
    go_on(page)
    page.fill("input[name=child_name]", "Thào Thị Mỷ")
    go_on(page)
    page.fill("input[name=child_birth]", "01/11/2026")
    go_on(page)
    page.locator("input[name=child_sex]").last.check()
    go_on(page)
    page.locator("input[name=birth_place_kind]").first.check()
    page.fill("input[name=birth_place]", "Trạm y tế xã Bảo Nhai")
    page.evaluate("document.activeElement.blur()")


def go_on(page: Page) -> None:
    """Press the page's one button and wait for the next question."""
    with page.expect_navigation():
        page.locator("main form button.nut").last.click()


def today(page: Page) -> None:
    """Show what waits for the official who examines."""
    sign_in(page, "hotich")
    page.goto("/can-bo/")


def case(page: Page) -> None:
    """Show the first dossier that waits for her."""
    today(page)
    page.locator("main a[href^='/ho-so/']").first.click()
    page.wait_for_load_state()


SHOTS: dict[str, tuple[Callable[[Page], None], dict[str, object]]] = {
    "home": (home, PHONE),
    "step": (step, PHONE),
    "today": (today, DESKTOP),
    "case": (case, DESKTOP),
}


def take(browser: Browser, live: Live) -> None:
    """Take all pictures into docs/images."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name, (show, device) in SHOTS.items():
        context = browser.new_context(base_url=live.url, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", **device)  # type: ignore[arg-type]
        page = context.new_page()
        show(page)
        keep(page.screenshot(), PICTURES / f"{name}.png")
        context.close()


def keep(picture: bytes, path: Path) -> None:
    """Write the picture with few colours, which these pages have anyway. Raises AssertionError when it is too heavy for README."""
    with Image.open(BytesIO(picture)) as full:
        full.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    assert path.stat().st_size <= LARGEST_BYTES, f"{path}: {path.stat().st_size} bytes"
    print(path, path.stat().st_size)


def main() -> None:
    """Run a fresh demo commune for as long as the pictures take."""
    with tempfile.TemporaryDirectory(prefix="xaso-pictures-") as folder, sync_playwright() as playwright:
        template = Template(Path(folder) / "template", "")
        template.prepare()
        live = template.copy(Path(folder) / "live", free_port())
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(CHROMIUM_OPTIONS))
        try:
            live.start()
            take(browser, live)
        finally:
            browser.close()
            live.stop()


if __name__ == "__main__":
    main()
