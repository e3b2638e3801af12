"""What this machine can do by itself, to read the other figures by; and how much memory processes take."""

import os
import tempfile
import time
from pathlib import Path

from bench.figures import Figure, beside

LOOPS = 2_000_000
FLUSH_SECONDS = 1.0
BLOCK = b"x" * 4096


def calibration() -> list[Figure]:
    """Return how fast Python counts, how fast the disk says that it has kept 4 KB, and how busy the machine was before."""
    return [
        beside("calibration: Python loop", LOOPS / _count_seconds() / 1e6, "M/s"),
        beside("calibration: fdatasync of 4 KB", _flushes_per_second(), "/s"),
        beside("calibration: load average before", os.getloadavg()[0], ""),
    ]


def _count_seconds() -> float:
    best = float("inf")
    for _round in range(3):
        begun = time.perf_counter()
        total = 0
        for number in range(LOOPS):
            total += number
        best = min(best, time.perf_counter() - begun)
    return best


def _flushes_per_second() -> float:
    with tempfile.TemporaryDirectory(dir=_disk()) as folder:
        file = os.open(Path(folder) / "block", os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.write(file, BLOCK)
            count, until = 0, time.perf_counter() + FLUSH_SECONDS
            while time.perf_counter() < until:
                os.pwrite(file, BLOCK, 0)
                os.fdatasync(file)
                count += 1
        finally:
            os.close(file)
    return count / FLUSH_SECONDS


def _disk() -> Path:
    """Return a folder on the disk that measurements use."""
    folder = Path("build/bench")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def peak_mb() -> float:
    """Return the most memory that this program held since it began, in MB; what held the process before it does not count."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def memory_mb(pid: int) -> float:
    """Return the proportional set size of a process and all below it, in millions of bytes: pages shared by several count once."""
    return sum(_pss_kib(one) for one in tree(pid)) * 1024 / 1e6


def tree(pid: int) -> list[int]:
    """Return a process and all below it."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            found += tree(int(child))
    return found


def _pss_kib(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
