"""What proves the time of papers is added by a process of its own: it gives its memory back, and a file that ends it stops no other."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from xaso.apps.signing.proofs_apart import Lacking, Outcome, Turn, prove_apart
from xaso.apps.signing.shapes import Level
from xaso.platform import clock


@pytest.fixture
def turn(tmp_path: Path) -> Turn:
    """Two papers that are none, and a server that nobody needs for that."""
    papers = (Lacking(Level.BASIC, b"no paper"), Lacking(Level.STAMPED, b"%PDF-1.7 neither"))
    return Turn(papers, Level.RENEWED, str(tmp_path), (b"list",), "http://127.0.0.1:9/", 1, 700, clock.now())


def troubles(outcome: Outcome) -> list[str]:
    return [one.trouble for one in outcome.papers]


def test_a_file_that_is_no_paper_is_told_with_its_fault(turn: Turn) -> None:
    outcome = prove_apart(turn)

    assert (troubles(outcome), outcome.longest_bytes) == (["paper_unreadable"] * 2, 700)
    assert all(one.fault for one in outcome.papers)


def test_whatever_ends_the_process_is_tried_paper_by_paper_and_told(turn: Turn) -> None:
    outcome = prove_apart(replace(turn, now="not a time", keys=None))  # type: ignore[arg-type]

    assert troubles(outcome) == ["paper_unreadable"] * 2
    assert "TypeError" in outcome.papers[0].fault


def test_who_has_papers_proved_holds_nothing_of_pyhanko(turn: Turn) -> None:
    program = (
        "import sys\n"
        "from xaso.platform import clock\n"
        "from xaso.apps.signing.proofs_apart import Lacking, Turn, prove_apart\n"
        "found = prove_apart(Turn((Lacking('B-B', b'none'),), 'B-LTA', '.', (), 'http://127.0.0.1:9/', 1, 0, clock.now()))\n"
        "print(len(found.papers), sorted({name.partition('.')[0] for name in sys.modules} & {'pyhanko', 'pyhanko_certvalidator'}))\n"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert done.stdout.strip() == "1 []", done.stderr
