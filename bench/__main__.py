"""Measures: `python -m bench` for all, `python -m bench submissions record many pages papers …` for some; a wrong name lists all names."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import (
    backup,
    first_visit,
    installations,
    links,
    many_dossiers,
    pages,
    papers,
    photos,
    procedures,
    reading,
    record,
    signatures,
    speech,
    submissions,
)
from bench.figures import Figure, table, write
from bench.machine import calibration
from bench.parts import Part, measured, measured_on
from tests.live import Live

REPORT = Path("build/bench.json")
ON_THEIR_OWN: tuple[Part[Path], ...] = (
    Part("submissions", submissions.SQLITE.targets, submissions.on_sqlite),
    Part("submissions", submissions.POSTGRESQL.targets, submissions.on_postgresql),
    Part("record", record.SQLITE.targets, record.on_sqlite),
    Part("record", record.POSTGRESQL.targets, record.on_postgresql),
    Part("many", many_dossiers.SQLITE.targets, many_dossiers.on_sqlite),
    Part("many", many_dossiers.POSTGRESQL.targets, many_dossiers.on_postgresql),
    Part("backup", backup.SQLITE.targets, backup.on_sqlite),
    Part("backup", backup.POSTGRESQL.targets, backup.on_postgresql),
)
ON_THE_DEMO: tuple[Part[Live], ...] = (
    Part("memory", pages.MEMORY_TARGETS, pages.memory),
    Part("pages", pages.TARGETS, pages.measure),
    Part("visit", first_visit.TARGETS, first_visit.measure),
    Part("links", links.TARGETS, links.measure),
    Part("papers", papers.TARGETS, papers.measure),
    Part("signatures", signatures.TARGETS, signatures.measure),
    Part("photos", photos.TARGETS, photos.measure),
    Part("reading", reading.TARGETS, reading.measure),
    Part("speech", speech.TARGETS, speech.measure),
    Part("procedures", procedures.TARGETS, procedures.measure),
)
NAMES = [*dict.fromkeys(part.name for part in ON_THEIR_OWN), *(part.name for part in ON_THE_DEMO)]


def main(chosen: list[str]) -> int:
    """Measure the chosen parts or all; print each figure and write the report as it grows. Returns 1 when a target is not met."""
    unknown = [name for name in chosen if name not in NAMES]
    if unknown:
        print(f"unknown: {', '.join(unknown)}; there are {', '.join(NAMES)}")
        return 2
    figures = calibration()
    work = Path("build/bench").resolve()
    work.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=work))
    try:
        for figure in _measured(chosen or NAMES, folder):
            figures.append(figure)
            print(table([figure]), flush=True)
            write(figures, REPORT)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"\n{table(figures)}")
    return 1 if any(figure.met is False for figure in figures) else 0


def _measured(wanted: list[str], folder: Path) -> Iterator[Figure]:
    for part in ON_THEIR_OWN:
        if part.name in wanted:
            yield from measured(part, folder)
    demo = [part for part in ON_THE_DEMO if part.name in wanted]
    yield from measured_on(demo, lambda: installations.everything(folder / "demo"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
