"""PostgreSQL: copied by `pg_dump` in the same snapshot in which its rows are counted, put back by `pg_restore` in one transaction."""

import errno
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import tuple_row
from psycopg.sql import Composed

from xaso.apps.backups.databases.port import CONTENTS, Snapshot, write_contents
from xaso.apps.backups.facts import Ask, named_contents, read_facts
from xaso.apps.backups.pace import PacedFile, need_room
from xaso.kernel.errors import Refusal

WHERE_DEBIAN_PUTS_THEM = Path("/usr/lib/postgresql")
ROWS_AT_A_TIME = 5000
BLOCK_BYTES = 1024 * 1024
RELATIONS = """SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_toast' AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
    ORDER BY c.relname LIMIT 1"""
OTHERS_TABLES = """SELECT tablename, tableowner FROM pg_tables
    WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND tableowner <> current_user ORDER BY tablename LIMIT 1"""
DROPS_ALL = """DO $$
DECLARE it record;
BEGIN
    FOR it IN SELECT format('%I.%I', n.nspname, c.relname) AS name, c.relkind AS kind
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_' AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
        ORDER BY c.relkind DESC LOOP
        EXECUTE format('DROP %s IF EXISTS %s CASCADE',
            CASE it.kind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, it.name);
    END LOOP;
    FOR it IN SELECT p.oid::regprocedure AS name FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_'
        AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') LOOP
        EXECUTE format('DROP ROUTINE %s CASCADE', it.name);
    END LOOP;
END $$"""
"""Takes away tables, views, sequences and functions in one transaction; extensions and their functions stay."""
NAMES = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password", "NAME": "dbname"}
TLS_VARIABLES = {"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT"}
VARIABLES = {**TLS_VARIABLES, "host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}


class PostgresqlDatabase:
    """A database on a server."""

    vendor = "postgresql"

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._place = {name: str(settings[key]) for key, name in NAMES.items() if settings.get(key)}
        self._tls = {name: str(value) for name, value in settings.get("OPTIONS", {}).items() if name in TLS_VARIABLES}

    @classmethod
    def at(cls, url: str) -> "PostgresqlDatabase":
        """Return the database at an address as libpq reads it."""
        given = conninfo_to_dict(url)
        place = {key: given[name] for key, name in NAMES.items() if given.get(name)}
        return cls({**place, "OPTIONS": {name: given[name] for name in TLS_VARIABLES if given.get(name)}})

    @property
    def name(self) -> str:
        """Return what the database is called."""
        return self._place.get("dbname", "")

    def address(self, database: str) -> str:
        """Return the address of another database of this server, as DATABASE_URL takes it."""
        user, password = (quote(self._place.get(name, ""), safe="") for name in ("user", "password"))
        port = f":{self._place['port']}" if "port" in self._place else ""
        who = f"{user}{f':{password}' if password else ''}@" if user else ""
        tls = f"?{urlencode(self._tls)}" if self._tls else ""
        return f"postgresql://{who}{quote(self._place.get('host', ''), safe='')}{port}/{quote(database, safe='')}{tls}"

    def execute(self, statement: Composed) -> None:
        """Run one statement outside of any transaction. Raises psycopg.Error."""
        with self._connected() as connection:
            connection.execute(statement)

    def server(self) -> str:
        with self._connected() as connection:
            return _dotted(connection.info.server_version)

    def size_bytes(self) -> int:
        with self._connected() as connection:
            return int(connection.execute("SELECT pg_database_size(current_database())").fetchall()[0][0])

    def snapshot(self, folder: Path) -> Snapshot:
        copy = folder / "database"
        try:
            with self._connected() as connection:
                program = _program("pg_dump", connection.info.server_version)
                connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                (shared,) = connection.execute("SELECT pg_export_snapshot()").fetchall()[0]
                self._dump([program, "--format=custom", "--compress=1", "--no-owner", "--no-acl", f"--snapshot={shared}"], copy)
                facts = read_facts(_asking(connection), self.vendor)
                files, files_bytes = write_contents(folder / CONTENTS, named_contents(_streaming(connection)))
        except psycopg.Error as error:
            raise Refusal("backups.database_failed", problem=str(error).strip()) from error
        return Snapshot(copy, facts, folder / CONTENTS, files, files_bytes)

    def what_is_there(self) -> str:
        try:
            with self._connected() as connection:
                found = connection.execute(RELATIONS).fetchall()
        except psycopg.Error as error:
            raise Refusal("backups.database_failed", problem=str(error).strip()) from error
        return f"{self.name}: {found[0][0]}" if found else ""

    def require_own(self) -> None:
        with self._connected() as connection:
            others = connection.execute(OTHERS_TABLES).fetchall()
        if others:
            raise Refusal("backups.not_owner", table=others[0][0], owner=others[0][1])

    def clear(self) -> None:
        self.require_own()
        try:
            with self._connected() as connection:
                connection.execute(DROPS_ALL)
        except psycopg.Error as error:
            raise Refusal("backups.database_failed", problem=str(error).strip()) from error

    def restore(self, copy: Path) -> None:
        with self._connected() as connection:
            program = _program("pg_restore", connection.info.server_version)
        options = ("--exit-on-error", "--single-transaction", "--no-owner", "--no-acl", f"--dbname={self._place['dbname']}")
        done = subprocess.run(
            [program, *options, str(copy)], env=self._variables(), stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
        )
        _refuse_failure(done.returncode, done.stderr)
        copy.unlink()

    def fault(self) -> str:
        return ""

    def _dump(self, command: Sequence[str], copy: Path) -> None:
        need_room(copy.parent, 0)
        with tempfile.TemporaryFile() as said, os.fdopen(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            target = PacedFile(file, copy.parent)
            with subprocess.Popen(command, env=self._variables(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=said) as dumping:
                assert dumping.stdout is not None
                try:
                    shutil.copyfileobj(dumping.stdout, target, BLOCK_BYTES)
                except BaseException:
                    dumping.kill()
                    raise
            said.seek(0)
            _refuse_failure(dumping.returncode, said.read())

    def _variables(self) -> dict[str, str]:
        """Return the environment of the server's programs: where and as whom stands there, which other users can't read."""
        return {**os.environ, **{VARIABLES[name]: value for name, value in {**self._place, **self._tls}.items()}, "LC_ALL": "C"}

    @contextmanager
    def _connected(self) -> Iterator["psycopg.Connection[tuple[Any, ...]]"]:
        with psycopg.connect(**self._place, **self._tls, autocommit=True, row_factory=tuple_row) as connection:  # type: ignore[arg-type]
            yield connection


def _refuse_failure(code: int, said: bytes) -> None:
    """Raise what a program of PostgreSQL failed with: OSError for a full disk, else Refusal `backups.database_failed`."""
    if not code:
        return
    text = said.decode(errors="replace").strip()
    if "No space left" in text:
        raise OSError(errno.ENOSPC, "No space left on device")
    raise Refusal("backups.database_failed", problem=(text.splitlines() or [f"code {code}"])[0][:300])


def _asking(connection: "psycopg.Connection[tuple[Any, ...]]") -> Ask:
    return lambda statement: connection.execute(statement.encode()).fetchall()


def _streaming(connection: "psycopg.Connection[tuple[Any, ...]]") -> Ask:
    """Return a way to ask that holds only some rows at a time."""

    def ask(statement: str) -> Iterator[tuple[Any, ...]]:
        with connection.cursor("contents") as cursor:
            cursor.itersize = ROWS_AT_A_TIME
            yield from cursor.execute(statement.encode())

    return ask


def _program(name: str, server: int) -> str:
    """Return a program of PostgreSQL that is not older than the server. Raises Refusal naming what to install."""
    found = [path for path in _places(name) if path]
    if not found:
        raise Refusal("backups.program_missing", program=name, version=_dotted(server))
    versions = {_version_of(path): path for path in reversed(found)}
    newest = max(versions)
    if newest < server // 10_000:
        raise Refusal("backups.program_too_old", program=name, found=newest, version=_dotted(server))
    return next(path for path in found if _version_of(path) >= server // 10_000)


def _places(name: str) -> list[str]:
    others = sorted(WHERE_DEBIAN_PUTS_THEM.glob(f"*/bin/{name}"), key=lambda path: path.parts[-3].zfill(4), reverse=True)
    return [place for place in (shutil.which(name), *map(str, others)) if place]


def _version_of(path: str) -> int:
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
    number = re.search(r"\) (\d+)", said)
    return int(number[1]) if number else 0


def _dotted(server: int) -> str:
    return f"{server // 10_000}.{server % 10_000}"
