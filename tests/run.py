"""Runs the whole suite on SQLite and on PostgreSQL: `python tests/run.py [--faults] [further options for pytest]`."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from tests import postgres  # noqa: E402  the path comes first

REPORTS = ROOT / "build" / "tests"
WITHOUT_DATABASE = (
    "src/xaso/apps/notices/tests/test_rules.py",
    "src/xaso/apps/notices/tests/test_sip.py",
    "src/xaso/apps/speech/tests/test_sound.py",
    "src/xaso/kernel",
    "tests/architecture",
    "tests/catalogue",
    "tests/phone",
)
"""Folders whose tests ask nothing that one database answers otherwise than another: run once, as are tests marked so."""
OF_OPERATORS = "tests/ops"
ON_EITHER_DATABASE = {"test_backup.py", "test_old_database.py", "test_turning_back.py"}
"""Of the operators' tests, which choose a database themselves or need none, these keep, move and put back the one that they are given."""
PROCESSES = "2"
NO_TESTS_COLLECTED = 5


@dataclass(frozen=True)
class Outcome:
    """What a run of the suite came to; `figures` are what its tests measured and told by `record_property("figure", …)`."""

    database: str
    exit_code: int
    seconds: float
    passed: int
    failed: int
    skipped: int
    figures: tuple[str, ...] = ()

    def __str__(self) -> str:
        line = f"{self.database}: {self.passed} passed, {self.failed} failed, {self.skipped} skipped ({self.seconds:.0f} s)"
        return "\n".join([line, *(f"    {figure}" for figure in self.figures)])


def main(arguments: list[str]) -> int:
    """Run both; returns 1 if anything failed."""
    marks = "faults" if "--faults" in arguments else "not faults"
    options = [argument for argument in arguments if argument != "--faults"]
    outcomes = [run("SQLite", ["-m", marks, *options], {"DATABASE_URL": ""})]
    with postgres.cluster() as url:
        ignored = [f"--ignore={place}" for place in (*WITHOUT_DATABASE, *_of_operators_once())]
        outcomes.append(run("PostgreSQL", ["-m", f"{marks} and not once", *ignored, *options], {"DATABASE_URL": url}))
    print()
    for outcome in outcomes:
        print(outcome)
    return 1 if any(outcome.exit_code for outcome in outcomes) else 0


def _of_operators_once() -> list[str]:
    return [str(path) for path in sorted((ROOT / OF_OPERATORS).glob("test_*.py")) if path.name not in ON_EITHER_DATABASE]


def run(database: str, options: list[str], environment: dict[str, str]) -> Outcome:
    """Run pytest once and read its report. Programs keep what they compile, whatever this machine's habit: hundreds start in a run."""
    print(f"\n── {database} ──", flush=True)
    report = REPORTS / f"{database.lower()}.xml"
    report.unlink(missing_ok=True)
    shared = ["-n", PROCESSES, "--dist", "loadfile", "--no-loadscope-reorder"]
    command = [sys.executable, "-m", "pytest", "-q", *shared, f"--junitxml={report}", *options]
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    begun = time.monotonic()
    code = subprocess.run(command, cwd=ROOT, env={**variables, **environment}, check=False, stdin=subprocess.DEVNULL).returncode
    seconds = time.monotonic() - begun
    if not report.exists():
        return Outcome(database, code or 1, seconds, 0, 0, 0)
    suite = ElementTree.parse(report).getroot().find("testsuite")
    assert suite is not None
    total, failed, skipped = (int(suite.get(name, "0")) for name in ("tests", "failures", "skipped"))
    failed += int(suite.get("errors", "0"))
    figures = tuple(one.get("value", "") for one in suite.iter("property") if one.get("name") == "figure")
    return Outcome(database, 0 if code == NO_TESTS_COLLECTED else code, seconds, total - failed - skipped, failed, skipped, figures)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
