"""A database with all tables and nothing in it, migrated once and copied for each process of a test run.

On SQLite it stays in `build/` for later runs; on PostgreSQL it lives as long as the server. Either is made anew when a migration, or
what one imports, or a package, or this file changes. That an empty database can be migrated by the operator's commands is shown by
`tests/ops`.
"""

import fcntl
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from tests import postgres

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src"
KEPT = ROOT / "build" / "fresh"
PREFIX = "xaso_fresh_"
IMPORTED = re.compile(r"^\s*(?:from|import) (xaso[\w.]*)", re.MULTILINE)


def copy_sqlite(place: Path) -> None:
    """Write the migrated file to the place."""
    with _alone():
        kept = KEPT / f"{_fingerprint()}.sqlite3"
        if not kept.exists():
            for older in KEPT.glob("*.sqlite3"):
                older.unlink()
            with TemporaryDirectory(dir=KEPT) as folder:
                _migrate(Path(folder), "")
                _whole(Path(folder) / "xaso.sqlite3").rename(kept)
        shutil.copyfile(kept, place)


def postgresql_template(url: str) -> str:
    """Return the name of the migrated database on the server at this address."""
    name = PREFIX + _fingerprint()
    with _alone(), TemporaryDirectory() as folder:
        with psycopg.connect(url, autocommit=True) as connection:
            found = connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
            there = {datname for (datname,) in found}
        if name not in there:
            for older in there:
                postgres.drop_database(url, older)
            _migrate(Path(folder), postgres.create_database(url, f"{name}_made"))
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute(f'ALTER DATABASE "{name}_made" RENAME TO "{name}"')
    return name


def _whole(database: Path) -> Path:
    """Let the file hold all that was written: a process that ends leaves up to 16 MB of it in the log beside."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return database


@contextmanager
def _alone() -> Iterator[None]:
    """Let one process at a time look and make."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _migrate(folder: Path, database_url: str) -> None:
    kept = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    variables = {**kept, "XASO_DATA": str(folder), "DATABASE_URL": database_url, "XASO_MODE": "demo"}
    subprocess.run([sys.executable, "-m", "xaso.site.cli", "migrate"], env=variables, check=True, stdout=subprocess.DEVNULL)


@cache
def _fingerprint() -> str:
    """Return a short digest of all that decides what the tables are."""
    migrations = sorted(SOURCE.glob("xaso/**/migrations/*.py"))
    imported = {name for path in migrations for name in IMPORTED.findall(path.read_text(encoding="utf-8"))}
    modules = sorted({path for name in imported for path in _files_of(name)} - set(migrations))
    packages = sorted(f"{one.name} {one.version}" for one in distributions())
    digest = sha256("\n".join(packages).encode() + Path(__file__).read_bytes())
    for path in [*migrations, *modules]:
        digest.update(f"\n{path.relative_to(SOURCE)}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _files_of(module: str) -> list[Path]:
    """Return the file of a module, and those of the package in which it lies."""
    path = SOURCE / module.replace(".", "/")
    return [path.with_suffix(".py"), *path.parent.glob("*.py")] if path.with_suffix(".py").exists() else sorted(path.glob("*.py"))
