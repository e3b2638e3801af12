"""A hundred thousand dossiers with a file each are backed up while people file, brought back elsewhere, and proven.

Submissions come through the API from two clients at a time for as long as the backup runs; the longest wait of any of them counts.
"""

import json
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from bench import installations, load, many_dossiers
from bench.figures import Figure, Target, beside
from bench.many_dossiers import MANY
from bench.submissions import APPLICATION
from tests import postgres
from tests.live import COMMAND, Live

FILE_BYTES = 16 * 1024
ROUND_SECONDS = 2.0
CLIENTS = 2
LONGEST_SECONDS = 1.0
MB = 1024 * 1024


@dataclass(frozen=True)
class OnOneDatabase:
    """The targets on one kind of database."""

    database: str

    @property
    def wait(self) -> Target:
        """Return the target of the longest submission."""
        return Target(f"{self.database}: longest submission during a backup of {MANY:,} dossiers", "s", LONGEST_SECONDS, at_most=True)

    @property
    def proven(self) -> Target:
        """Return the target of the restore: 100 only when every row, link and file was proven."""
        return Target(f"{self.database}: restore of {MANY:,} dossiers with files, proven", "%", 100)

    @property
    def targets(self) -> tuple[Target, ...]:
        """Return both."""
        return self.wait, self.proven


SQLITE, POSTGRESQL = OnOneDatabase("SQLite"), OnOneDatabase("PostgreSQL")


def on_sqlite(folder: Path) -> Iterator[Figure]:
    """Yield the figures on SQLite."""
    yield from _on_one_database(SQLITE, folder / "backup-sqlite", "", "")


def on_postgresql(folder: Path) -> Iterator[Figure]:
    """Yield the figures on PostgreSQL. Raises RuntimeError when it is not installed."""
    with postgres.cluster(durable=True) as url:
        empty = postgres.create_database(url, "elsewhere", template="template0")
        yield from _on_one_database(POSTGRESQL, folder / "backup-postgresql", postgres.create_database(url, "backup"), empty)


def _on_one_database(wanted: OnOneDatabase, folder: Path, database_url: str, empty_url: str) -> Iterator[Figure]:
    backups = folder / "backups"
    backups.mkdir(parents=True)
    with installations.everything(folder / "commune", database_url) as live:
        many_dossiers.child(live, f"fill({MANY})")
        many_dossiers.child(live, f"add_files({MANY}, {FILE_BYTES})")
        token = live.xaso("token", "create", "--name", "bench", *(f"--scope={scope}" for scope in installations.SCOPES))
        recipient = live.xaso("backup", "key", str(folder / "key.txt")).splitlines()[0].partition("=")[2]
        idle = _submissions(live, token, ROUND_SECONDS * 5)
        begun = time.perf_counter()
        process = subprocess.Popen(
            [*COMMAND, "backup", "--to", str(backups)],
            env=live.all_variables | {"XASO_BACKUP_RECIPIENTS": recipient},
            stdout=subprocess.DEVNULL,
        )
        rounds = []
        while process.poll() is None:
            rounds.append(_submissions(live, token, ROUND_SECONDS))
        seconds = time.perf_counter() - begun
    (path,) = backups.glob("*.tar.age")
    yield wanted.wait.figure(max(one.max_ms for one in rounds) / 1000)
    yield beside(f"{wanted.database}: longest submission without a backup", idle.max_ms / 1000, "s")
    yield beside(f"{wanted.database}: submissions during the backup", sum(one.answers for one in rounds), "")
    yield beside(f"{wanted.database}: backup of {MANY:,} dossiers", seconds, "s")
    yield beside(f"{wanted.database}: backup of {MANY:,} dossiers, size", path.stat().st_size / MB, "MB")
    yield from _restored(wanted, folder, path, live, empty_url)


def _restored(wanted: OnOneDatabase, folder: Path, path: Path, live: Live, empty_url: str) -> Iterator[Figure]:
    elsewhere = Live(folder / "elsewhere", live.port, empty_url)
    elsewhere.data_dir.mkdir()
    (elsewhere.data_dir / "secret-key").write_text((live.data_dir / "secret-key").read_text())
    command = [*COMMAND, "restore", str(path), "--key", str(folder / "key.txt")]
    begun = time.perf_counter()
    done = subprocess.run(command, env=elsewhere.all_variables, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stdout, done.stderr)
    yield wanted.proven.figure(100 if done.returncode == 0 and "100 %" in done.stdout else 0)
    yield beside(f"{wanted.database}: restore of {MANY:,} dossiers with proof", time.perf_counter() - begun, "s")


def _submissions(live: Live, token: str, seconds: float) -> load.Load:
    run = uuid4().hex
    body = json.dumps(APPLICATION, ensure_ascii=False).encode()

    def headers(number: int) -> str:
        return f"Authorization: Bearer {token}\r\nIdempotency-Key: {run}-{number}\r\n"

    request = load.post("/api/v1/dossiers", body, port=live.port, media_type="application/json", headers=headers)
    return load.run(live.port, [request], status=201, seconds=seconds, warm_seconds=0, clients=CLIENTS).checked()
