"""A figure: what was measured, in which unit, and what it should be."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """One result. `target` is empty and `met` is None for what is shown beside the others to read them by.

    `value` is None for what has a target and could not be measured; then `met` is False.
    """

    figure: str
    value: float | None
    unit: str
    target: str = ""
    met: bool | None = None


@dataclass(frozen=True)
class Target:
    """What a figure should be: `bound` or more, or `bound` or less where `at_most`."""

    name: str
    unit: str
    bound: float
    at_most: bool = False

    def figure(self, value: float) -> Figure:
        """Return what was measured beside what it should be."""
        met = value <= self.bound if self.at_most else value >= self.bound
        return Figure(self.name, _short(value), self.unit, self.words, met)

    def unmeasured(self) -> Figure:
        """Return the figure of a measurement that did not come to an end: a target that is not met."""
        return Figure(self.name, None, self.unit, self.words, met=False)

    @property
    def words(self) -> str:
        """Return the target as it is written."""
        return f"{'≤' if self.at_most else '≥'} {self.bound:g}"


def beside(name: str, value: float, unit: str) -> Figure:
    """Return a figure without a target."""
    return Figure(name, _short(value), unit)


def _short(value: float) -> float:
    return round(value, 0 if value >= 1000 else 1 if value >= 10 else 2)


def table(figures: Sequence[Figure]) -> str:
    """Return the figures as lines of text."""
    marks = {True: "✓", False: "✗", None: " "}
    width = max(len(figure.figure) for figure in figures)
    return "\n".join(
        f"{marks[one.met]} {one.figure:<{width}}  {'–' if one.value is None else f'{one.value:g}':>9} {one.unit:<6} {one.target}".rstrip()
        for one in figures
    )


def write(figures: Sequence[Figure], path: Path) -> None:
    """Write the figures as a JSON list."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([asdict(figure) for figure in figures], ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
