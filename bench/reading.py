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
TARGETS = (PAGE,)


def measure(live: Live) -> Iterator[Figure]:
    """Yield the CPU that a page takes, drawing it included, and the share of its words that were read right."""
    command = [sys.executable, "-c", "from bench import reading; reading.report()"]
    done = subprocess.run(command, env=live.all_variables, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    seconds, share = map(float, done.stdout.split())
    yield PAGE.figure(seconds)
    yield beside("OCR of a page of A4, words read right", share, "%")


def report() -> None:
    """Print the median CPU seconds of a page and the percentage of its words that were read right."""
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
    print(median(times), share_right(words, wanted))


def share_right(words: list[str], wanted: list[str]) -> float:
    """Return the percentage of the wanted words that are among those read, each as often as it stands there."""
    return 100 * sum(min(words.count(word), wanted.count(word)) for word in set(wanted)) / len(wanted)


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)
