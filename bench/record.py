"""What the audit record costs a submission, and how fast it is verified, on either database.

The cost is what one more entry adds to a transaction that writes something anyway (together with it, as every act does), its place in the
sealer's queue and its sealing included, as a share of a whole submission through the API in the same process (no network, so that the
share is rather too high).
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench import installations
from bench.figures import Figure, Target, beside
from bench.submissions import APPLICATION
from tests import postgres
from tests.live import Live

FEW, MANY = 50_000, 200_000
SHARE_PERCENT = 10
ROWS_PER_SECOND = 50_000
GROWTH = 1.25


@dataclass(frozen=True)
class OnOneDatabase:
    """The targets on one kind of database."""

    database: str

    @property
    def targets(self) -> tuple[Target, ...]:
        """Return the targets: the cost, the speed with many rows, and how much longer a row takes with many than with few."""
        return (
            Target(f"{self.database}: cost of audit on a submission", "%", SHARE_PERCENT, at_most=True),
            Target(f"{self.database}: audit verify, {MANY:,} rows", "rows/s", ROWS_PER_SECOND),
            Target(f"{self.database}: audit verify, a row of {MANY:,} against {FEW:,}", "×", GROWTH, at_most=True),
        )


SQLITE, POSTGRESQL = OnOneDatabase("SQLite"), OnOneDatabase("PostgreSQL")


def on_sqlite(folder: Path) -> Iterator[Figure]:
    """Yield the figures on SQLite."""
    yield from _on_one_database(SQLITE, folder / "record-sqlite", "")


def on_postgresql(folder: Path) -> Iterator[Figure]:
    """Yield the figures on PostgreSQL. Raises RuntimeError when it is not installed."""
    with postgres.cluster(durable=True) as url:
        yield from _on_one_database(POSTGRESQL, folder / "record-postgresql", postgres.create_database(url, "record"))


def _on_one_database(wanted: OnOneDatabase, folder: Path, database_url: str) -> Iterator[Figure]:
    with installations.bare_web_server(folder, database_url) as live:
        token = live.xaso("token", "create", "--name", "bench", *(f"--scope={scope}" for scope in installations.SCOPES))
        found = _child(live, token)
    cost, speed, growth = wanted.targets
    name = wanted.database
    yield cost.figure(100 * (found["entry_ms"] + found["sealing_ms"]) / found["submission_ms"])
    yield beside(f"{name}: one more audit entry in a transaction", found["entry_ms"], "ms")
    yield beside(f"{name}: sealing one entry", found["sealing_ms"], "ms")
    yield beside(f"{name}: submission without network", found["submission_ms"], "ms")
    yield speed.figure(MANY / found["many_s"])
    yield growth.figure((found["many_s"] / MANY) / (found["few_s"] / FEW))


def _child(live: Live, token: str) -> dict[str, float]:
    """Measure in a process of the installation."""
    code = f"from bench import record_inside; record_inside.measure({FEW}, {MANY}, {token!r}, {APPLICATION!r})"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=live.all_variables, cwd=installations.ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-4000:])
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found
