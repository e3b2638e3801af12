"""The parts of a measurement: each names its targets beforehand, so that one which fails leaves them unmet instead of unsaid."""

import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from typing import Generic, TypeVar

from bench.figures import Figure, Target

T = TypeVar("T")


@dataclass(frozen=True)
class Part(Generic[T]):
    """A part: the targets that it measures, and the measuring on whatever it is given."""

    name: str
    targets: tuple[Target, ...]
    measure: Callable[[T], Iterator[Figure]]


def measured(part: Part[T], place: T) -> Iterator[Figure]:
    """Yield the part's figures as they become known; a failure is printed, and the targets it kept from being measured are not met."""
    missing = {target.name: target for target in part.targets}
    try:
        for figure in part.measure(place):
            missing.pop(figure.figure, None)
            yield figure
    except Exception:
        print(f"{part.name}: could not be measured whole")
        traceback.print_exc()
    for target in missing.values():
        yield target.unmeasured()


def measured_on(parts: Sequence[Part[T]], make_place: Callable[[], AbstractContextManager[T]]) -> Iterator[Figure]:
    """Yield the figures of parts that share a place; where it can't be had, none of their targets is met."""
    with ExitStack() as places:
        try:
            place = places.enter_context(make_place()) if parts else None
        except Exception:
            print(f"{', '.join(part.name for part in parts)}: there is nothing to measure on")
            traceback.print_exc()
            yield from (target.unmeasured() for part in parts for target in part.targets)
            return
        for part in parts:
            assert place is not None
            yield from measured(part, place)
