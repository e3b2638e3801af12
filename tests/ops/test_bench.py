"""What `make bench` reports: as it goes, and what it could not measure as a target that is not met."""

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from bench import installations
from bench.__main__ import ON_THE_DEMO, ON_THEIR_OWN
from bench.figures import Figure, Target, beside, table, write
from bench.papers import distinct, median_ms
from bench.parts import Part, measured, measured_on
from xaso.apps.people import memory
from xaso.platform.tests.ageless import ageless
from xaso.site import first_administrator

FIRST, SECOND = Target("first", "/s", 600), Target("second", "ms", 50, at_most=True)


def half(_place: str) -> Iterator[Figure]:
    yield FIRST.figure(700)
    yield beside("by the way", 1, "")
    raise RuntimeError("the server hung up")


HALF = Part("half", (FIRST, SECOND), half)


def test_a_part_that_fails_keeps_what_it_had_and_leaves_the_rest_unmet(capsys: pytest.CaptureFixture[str]) -> None:
    figures = list(measured(HALF, ""))

    assert [(one.figure, one.value, one.met) for one in figures] == [("first", 700, True), ("by the way", 1, None), ("second", None, False)]
    assert "the server hung up" in capsys.readouterr().err


def test_where_there_is_nothing_to_measure_on_no_target_is_met(capsys: pytest.CaptureFixture[str]) -> None:
    def nowhere() -> AbstractContextManager[str]:
        raise RuntimeError("no such server")

    assert [(one.figure, one.met) for one in measured_on([HALF], nowhere)] == [("first", False), ("second", False)]
    assert list(measured_on([], nowhere)) == []
    assert "no such server" in capsys.readouterr().err


def test_what_was_not_measured_is_told_as_such(tmp_path: Path) -> None:
    figures = [SECOND.unmeasured(), SECOND.figure(50), SECOND.figure(50.1)]
    write(figures, tmp_path / "bench.json")

    told = json.loads((tmp_path / "bench.json").read_text(encoding="utf-8"))
    assert [(one["value"], one["target"], one["met"]) for one in told] == [
        (None, "≤ 50", False),
        (50.0, "≤ 50", True),
        (50.1, "≤ 50", False),
    ]
    assert table(figures).splitlines()[0].startswith("✗ second")


def test_every_target_has_a_name_of_its_own() -> None:
    names = [target.name for part in ON_THEIR_OWN for target in part.targets]
    names += [target.name for part in ON_THE_DEMO for target in part.targets]

    assert len(names) == len(set(names)) == 65


def test_each_round_makes_another_paper() -> None:
    made: list[str] = []
    median_ms(made.append, distinct(["a", "b", "c"]))

    assert made == ["a", "b", "c"]
    with pytest.raises(RuntimeError, match="twice"):
        distinct([b"a", b"b", b"a"])


def test_the_long_commands_bring_what_they_need() -> None:
    rules = (Path(__file__).resolve().parents[2] / "Makefile").read_text(encoding="utf-8").splitlines()

    for command in ("bench", "faults"):
        assert next(line for line in rules if line.startswith(f"{command}:")).split("##")[0].split()[1:] == [
            ".venv/installed-dev",
            "system-test",
        ]


@pytest.mark.django_db
def test_the_program_takes_the_password_of_the_commune_that_is_measured() -> None:
    with ageless(memory):
        told = first_administrator.create(installations.ADMINISTRATOR, installations.PASSWORD)

    assert installations.ADMINISTRATOR["username"] in told
