"""docs/security/asvs.md names every requirement of levels 1 and 2 once, sums them up truly, and claims only what exists."""

import re
from collections import Counter

import pytest

from tests.architecture.reading import ROOT

PAGE = (ROOT / "docs" / "security" / "asvs.md").read_text(encoding="utf-8")
NUMBERS = dict(line.split() for line in (ROOT / "tests" / "architecture" / "asvs_numbers.txt").read_text().splitlines())
ANSWERS = ("met", "in part", "not met", "not applicable")
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| (\d) \| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
SUM = re.compile(r"^\| (V\d+|all)\b.*? \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", re.MULTILINE)
PATH = re.compile(r"`([\w.\-/]+/[\w.\-]*)(?:::(\w+))?`")
ROWS = [match.groups() for match in ROW.finditer(PAGE)]


def test_every_number_of_the_two_levels_stands_there_once_with_its_level() -> None:
    assert [(number, level) for number, level, *_rest in ROWS] == list(NUMBERS.items())
    assert len(NUMBERS) == 253


def test_each_has_an_answer_and_says_why_or_how() -> None:
    assert [row[0] for row in ROWS if row[3] not in ANSWERS] == []
    assert [row[0] for row in ROWS if len(row[4]) < 4] == []


def test_the_sums_are_those_of_the_rows() -> None:
    counted = Counter((f"V{row[0].partition('.')[0]}", row[3]) for row in ROWS)
    counted.update(("all", row[3]) for row in ROWS)
    told = {match[1]: [int(figure) for figure in match.groups()[1:]] for match in SUM.finditer(PAGE)}
    assert len(told) == 18
    assert told == {chapter: [counted[chapter, answer] for answer in ANSWERS] for chapter in told}


@pytest.mark.parametrize(("path", "test"), sorted(set(PATH.findall(PAGE))))
def test_what_is_named_exists(path: str, test: str) -> None:
    if path.startswith("/"):
        return
    found = next((place / path for place in (ROOT, ROOT / "src" / "xaso") if (place / path).exists()), None)
    assert found is not None
    if test:
        assert re.search(rf"^(async )?def {test}\(", found.read_text(encoding="utf-8"), re.MULTILINE)
