"""Reading a paper: a page of A4 full of Vietnamese, as the worker reads it, on one core. Run as a program of its own."""

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from bench.figures import Figure, Target, beside
from tests.live import Live

ROUNDS = 5
PAGE = Target("OCR of a page of A4, CPU of one core", "s", 2, at_most=True)
IN_A_ROW = Target("OCR of 40 page images in a row, two upside down, CPU of one core", "s a page", 2, at_most=True)
TARGETS = (PAGE, IN_A_ROW)
IMAGES, TURNED = 40, (13, 27)


def measure(live: Live) -> Iterator[Figure]:
    """Yield the CPU that a page takes, drawing it included, and how much of it was read right; of one page, and of many in a row."""
    command = [sys.executable, "-c", "from bench import reading; reading.report()"]
    done = subprocess.run(command, env=live.all_variables, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    seconds, share, in_a_row, with_number = map(float, done.stdout.split())
    yield PAGE.figure(seconds)
    yield IN_A_ROW.figure(in_a_row)
    yield beside("OCR of 40 page images, pages whose number was read right", with_number, "")
    yield beside("OCR of a page of A4, words read right", share, "%")


def report() -> None:
    """Print the median CPU seconds of a page, the percentage of its words that were read right, and what came of many images."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "xaso.site.settings.demo"
    import django

    django.setup()
    from xaso.platform import ocr
    from xaso.platform.tests.ocr_samples import full_page

    if missing := ocr.missing_packages():
        raise RuntimeError(f"missing: {' '.join(missing)}")
    times, words = [], []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page"
        path.write_bytes(full_page())
        for _round in range(ROUNDS):
            begun = _cpu()
            words = [word.text for word in ocr.read_page(path, "application/pdf", 1).words]
            times.append(_cpu() - begun)
    wanted = (
        subprocess.run(["pdftotext", "-f", "1", "-l", "1", "-", "-"], input=full_page(), capture_output=True, check=True)
        .stdout.decode()
        .split()
    )
    print(median(times), share_right(words, wanted), *_images_in_a_row())


def share_right(words: list[str], wanted: list[str]) -> float:
    """Return the percentage of the wanted words that are among those read, each as often as it stands there."""
    return 100 * sum(min(words.count(word), wanted.count(word)) for word in set(wanted)) / len(wanted)


def _images_in_a_row() -> tuple[float, int]:
    """Read the images; return the CPU seconds that one took and on how many the personal number was read right."""
    from xaso.platform import ocr
    from xaso.platform.tests.ocr_samples import NUMBER, photo

    right, begun = 0, _cpu()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "image"
        for number in range(IMAGES):
            path.write_bytes(photo(180 if number in TURNED else 0))
            right += NUMBER in [word.text for word in ocr.read_page(path, "image/jpeg", 1).words]
    return (_cpu() - begun) / IMAGES, right


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)
