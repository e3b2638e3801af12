"""Reading aloud: what the sounds of a procedure's pages weigh, and the CPU that the machine takes for a sentence."""

import resource
from collections.abc import Iterator
from pathlib import Path

import soundfile

from bench.figures import Figure, Target, beside
from tests.live import Live

PAGES = ("/thu-tuc/1.001193/", "/ngoai-tuyen/2.000815/", "/may-nay/")
WEIGHT = Target("reading aloud: Opus of three pages", "KB a minute", 100, at_most=True)
TARGETS = (WEIGHT,)


def measure(live: Live) -> Iterator[Figure]:
    """Speak three pages from nothing, and weigh all sounds together."""
    begun = _cpu()
    live.xaso("speak", *PAGES)
    cpu_seconds = _cpu() - begun
    sounds = list((live.data_dir / "speech").rglob("*.ogg"))
    seconds, size = sum(map(_seconds, sounds)), sum(path.stat().st_size for path in sounds)
    yield WEIGHT.figure(size / 1000 / seconds * 60)
    yield beside("reading aloud: sentences of the three pages", len(sounds), "")
    yield beside("reading aloud: how long they play", seconds / 60, "minutes")
    yield beside("reading aloud: CPU for a sentence, the program's start included", 1000 * cpu_seconds / len(sounds), "ms")


def _seconds(path: Path) -> float:
    return float(soundfile.info(path).duration)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
