"""A figure: what was measured, in which unit, and what it should be."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """One result. `target` is empty and `met` is None for what is shown beside the others to read them by."""

    figure: str
    value: float
    unit: str
    target: str = ""
    met: bool | None = None


def at_least(name: str, value: float, unit: str, target: float) -> Figure:
    """Return a figure that should be the target or more."""
    return Figure(name, _short(value), unit, f"≥ {target:g}", value >= target)


def at_most(name: str, value: float, unit: str, target: float) -> Figure:
    """Return a figure that should be the target or less."""
    return Figure(name, _short(value), unit, f"≤ {target:g}", value <= target)


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
        f"{marks[figure.met]} {figure.figure:<{width}}  {figure.value:>9g} {figure.unit:<6} {figure.target}".rstrip() for figure in figures
    )


def write(figures: Sequence[Figure], path: Path) -> None:
    """Write the figures as a JSON list."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([asdict(figure) for figure in figures], ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
