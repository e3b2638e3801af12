"""Measures: `python -m bench` for all, `python -m bench submissions pages papers procedures visit memory` for some. Takes a few minutes."""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import first_visit, installations, pages, papers, procedures, submissions
from bench.figures import Figure, table, write
from bench.machine import calibration
from tests.live import Live

REPORT = Path("build/bench.json")
ON_THE_DEMO: dict[str, Callable[[Live], Iterator[Figure]]] = {
    "memory": pages.memory,
    "pages": pages.measure,
    "visit": first_visit.measure,
    "papers": papers.measure,
    "procedures": procedures.measure,
}
PARTS = ("submissions", *ON_THE_DEMO)


def main(chosen: list[str]) -> int:
    """Measure the chosen parts or all; print a table, write the report. Returns 1 when a target is missed."""
    unknown = [name for name in chosen if name not in PARTS]
    if unknown:
        print(f"unknown: {', '.join(unknown)}; there are {', '.join(PARTS)}")
        return 2
    wanted = chosen or list(PARTS)
    figures = calibration()
    work = Path("build/bench").resolve()
    work.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=work))
    try:
        figures += [_shown(figure) for figure in _measured(wanted, folder)]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"\n{table(figures)}")
    write(figures, REPORT)
    return 1 if any(figure.met is False for figure in figures) else 0


def _measured(wanted: list[str], folder: Path) -> Iterator[Figure]:
    if "submissions" in wanted:
        yield from submissions.measure(folder)
    parts = [measure for name, measure in ON_THE_DEMO.items() if name in wanted]
    if parts:
        with installations.everything(folder / "demo") as live:
            for measure in parts:
                yield from measure(live)


def _shown(figure: Figure) -> Figure:
    """Print a figure as soon as it is known."""
    print(table([figure]), flush=True)
    return figure


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
