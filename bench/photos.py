"""Photos of papers after the phone made them small: what OCR still reads of them, and what they weigh.

Ten papers of this product are printed and made to look photographed: askew, in uneven light, a bit out of focus, grainy, some sideways.
The real script makes them small in a real browser. Words are compared with those of the printed PDF.
"""

import base64
import io
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from statistics import fmean
from typing import Any

from PIL import Image, ImageChops, ImageFilter
from playwright.sync_api import Page, sync_playwright

from bench.figures import Figure, Target, beside
from bench.reading import share_right
from tests.journeys.conftest import CHROMIUM, CHROMIUM_OPTIONS, PHONE
from tests.live import Live
from xaso.platform import ocr

PAPERS = (
    "result_birth_certificate",
    "result_death_extract",
    "result_marital_status",
    "result_poor_household",
    "result_household_business",
    "result_land_mediation",
    "result_generic",
    "slip_01",
    "slip_02",
    "control_slip",
)
LOST = Target("photo, 1,600 px: points of words lost to OCR, mean of ten", "", 2, at_most=True)
HEAVIEST = Target("photo, 1,600 px: the heaviest of ten", "kB", 250, at_most=True)
LOST_WHEN_SLOW = Target("photo for a slow link: points of words lost to OCR, mean of ten", "", 2, at_most=True)
HEAVIEST_WHEN_SLOW = Target("photo for a slow link: the heaviest of ten", "kB", 100, at_most=True)
TARGETS = (LOST, HEAVIEST, LOST_WHEN_SLOW, HEAVIEST_WHEN_SLOW)
FOUND = {"normal": (LOST, HEAVIEST), "slow": (LOST_WHEN_SLOW, HEAVIEST_WHEN_SLOW)}

DPI = 300
PHOTO_PX = (3000, 4000)
MARGIN_PX = 120
TABLE = (112, 92, 74)
HELD_SIDEWAYS = 6
ORIENTATION = 0x0112


def measure(live: Live) -> Iterator[Figure]:
    """Yield what is lost and what the small photos weigh, on a good link and on a slow one."""
    with tempfile.TemporaryDirectory() as folder:
        printed = _printed(live, Path(folder))
        photos = [_photographed(pdf, seed) for seed, pdf in enumerate(printed)]
        small = _made_small(live, photos)
        wanted = [_words_of_pdf(pdf) for pdf in printed]
        originals = [_read(photo, words, Path(folder)) for photo, words in zip(photos, wanted, strict=True)]
        yield beside("photo as taken: words read right, mean of ten", fmean(originals), "%")
        yield beside("photo as taken: bytes, mean of ten", fmean(map(len, photos)) / 1000, "kB")
        for link, (lost, heaviest) in FOUND.items():
            made = [base64.b64decode(one[link]) for one in small]
            shares = [_read(photo, words, Path(folder)) for photo, words in zip(made, wanted, strict=True)]
            worst = max(before - after for before, after in zip(originals, shares, strict=True))
            yield lost.figure(fmean(originals) - fmean(shares))
            yield heaviest.figure(max(map(len, made)) / 1000)
            yield beside(f"{lost.name.partition(':')[0]}: points lost, the worst of ten", worst, "")
        yield beside("photo, 1,600 px: time to make it, mean of ten", fmean(one["ms"] for one in small), "ms")


def print_papers(folder: str) -> None:
    """Write the papers as PDF. Run in a process that knows the settings."""
    import os

    os.environ["DJANGO_SETTINGS_MODULE"] = "xaso.site.settings.demo"
    import django

    django.setup()
    from xaso.apps.dossiers import papers
    from xaso.platform import pdf

    [here] = papers.__path__
    for name in PAPERS:
        data: dict[str, Any] = json.loads((Path(here) / "samples" / f"{name}.json").read_text(encoding="utf-8"))
        (Path(folder) / f"{name}.pdf").write_bytes(pdf.render(Path(here) / f"{name}.typ", {**data, "demo": False}))


def _printed(live: Live, folder: Path) -> list[Path]:
    command = [sys.executable, "-c", f"from bench import photos; photos.print_papers({str(folder)!r})"]
    done = subprocess.run(command, env=live.all_variables, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return [folder / f"{name}.pdf" for name in PAPERS]


def _photographed(pdf: Path, seed: int) -> bytes:
    """Return the first page as a telephone would have taken it, the same for the same seed."""
    chance = random.Random(seed)
    page = _on_a_table(pdf)
    lit = ImageChops.multiply(page, _light(chance))
    soft = lit.filter(ImageFilter.GaussianBlur(chance.uniform(0.6, 1.2)))
    grain = Image.frombytes("L", soft.size, chance.randbytes(soft.width * soft.height)).convert("RGB")
    photo = Image.blend(soft, grain, 0.05)
    exif = Image.Exif()
    if seed % 3 == 0:
        photo = photo.transpose(Image.Transpose.ROTATE_90)
        exif[ORIENTATION] = HELD_SIDEWAYS
    target = io.BytesIO()
    photo.save(target, "JPEG", quality=90, exif=exif)
    return target.getvalue()


def _on_a_table(pdf: Path) -> Image.Image:
    """Return the page on a table, seen askew."""
    command = ["pdftoppm", "-r", str(DPI), "-f", "1", "-l", "1", "-singlefile", str(pdf)]
    with Image.open(io.BytesIO(subprocess.run(command, capture_output=True, check=True).stdout)) as drawn:
        page = drawn.convert("RGB")
    table = Image.new("RGB", (page.width + 2 * MARGIN_PX, page.height + 2 * MARGIN_PX), TABLE)
    table.paste(page, (MARGIN_PX, MARGIN_PX))
    chance = random.Random(pdf.name)
    corners = ((0, 0), (0, table.height), (table.width, table.height), (table.width, 0))
    seen = [side + chance.randint(-60, 60) for corner in corners for side in corner]
    size = PHOTO_PX if page.height > page.width else PHOTO_PX[::-1]
    return table.transform(size, Image.Transform.QUAD, seen, Image.Resampling.BICUBIC, fillcolor=TABLE)


def _light(chance: random.Random) -> Image.Image:
    """Return how light falls: from one side, warm, with a darker corner."""
    slope = Image.linear_gradient("L").rotate(chance.choice((0, 90, 180, 270))).point(lambda level: 150 + level * 105 // 255)
    corner = Image.radial_gradient("L").point(lambda level: 255 - level * 60 // 255)
    light = ImageChops.multiply(slope, corner).resize(PHOTO_PX, Image.Resampling.BICUBIC)
    return Image.merge("RGB", (light, light.point(lambda level: level * 98 // 100), light.point(lambda level: level * 90 // 100)))


def _made_small(live: Live, photos: list[bytes]) -> list[dict[str, Any]]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(CHROMIUM_OPTIONS))
        page: Page = browser.new_context(**PHONE).new_page()
        page.goto(f"{live.url}/")
        page.add_script_tag(url=f"{live.url}/static/xaso/photo.js")
        small = [page.evaluate(MAKE_SMALL, base64.b64encode(photo).decode()) for photo in photos]
        browser.close()
    return small


def _words_of_pdf(pdf: Path) -> list[str]:
    command = ["pdftotext", "-f", "1", "-l", "1", str(pdf), "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode().split()


_numbers = count()


def _read(photo: bytes, wanted: list[str], folder: Path) -> float:
    """Return the percentage of the wanted words that OCR reads off the photo."""
    path = folder / f"photo-{next(_numbers)}"
    path.write_bytes(photo)
    return share_right([word.text for word in ocr.read_page(path, "image/jpeg", 1).words], wanted)


MAKE_SMALL = """async (text) => {
  const file = new File([Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0))], "a.jpg", { type: "image/jpeg" });
  const told = {};
  for (const [name, saveData] of [["slow", true], ["normal", false]]) {
    Object.defineProperty(navigator, "connection", { value: { saveData }, configurable: true });
    const begun = performance.now();
    const bytes = new Uint8Array(await (await window.xasoPhoto.shrink(file)).arrayBuffer());
    told.ms = performance.now() - begun;
    let signs = "";
    for (let at = 0; at < bytes.length; at += 8192) signs += String.fromCharCode(...bytes.subarray(at, at + 8192));
    told[name] = btoa(signs);
  }
  return told;
}"""
"""Makes a photo small as on a link that should be spared, then as on a good one, of which the time is kept."""
