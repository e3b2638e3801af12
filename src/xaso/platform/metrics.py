"""What the programs of one installation have counted, added up: each process counts into files of its own in the data folder.

The web server has several processes and the job worker another one; a question reaches any of them and must be answered for all.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from prometheus_client import REGISTRY, CollectorRegistry, Metric, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from xaso.platform.counting import folder_of_all


def exposition() -> bytes:
    """Return all programs' figures as Prometheus reads them; this process's own where nobody said where to count."""
    folder = folder_of_all()
    if folder is None:
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    registry.register(_Everything(folder))
    return generate_latest(registry)


_merge: Callable[[list[str]], Iterable[Metric]] = MultiProcessCollector.merge


class _Everything(Collector):
    """The figures of all programs that count below a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def describe(self) -> Iterable[Metric]:
        """Name nothing beforehand: what there is stands in the files."""
        return ()

    def collect(self) -> Iterator[Metric]:
        """Yield each figure once, summed over the processes. A program that begins anew takes its files away; then look again."""
        try:
            yield from _merge(self._files())
        except FileNotFoundError:
            yield from _merge(self._files())

    def _files(self) -> list[str]:
        return [str(file) for file in sorted(self.folder.glob("*/*.db")) if file.stat().st_size]
