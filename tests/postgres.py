"""A throwaway PostgreSQL server on a Unix socket, for tests and measurements. It refuses root, so root starts it as `postgres`."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg

USER = "xaso"
NOT_DURABLE = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "default_toast_compression=lz4")


def is_installed() -> bool:
    """Tell whether the server's programs are on this machine."""
    return _programs() is not None


def _programs() -> Path | None:
    """Return the folder of the newest server."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    initdb = shutil.which("initdb")
    return Path(initdb).parent if initdb else None


@contextmanager
def cluster(*, durable: bool = False, below: str = "/tmp") -> Iterator[str]:
    """Run a server and yield the address of its empty database `postgres`. Not durable, it is fast and survives no loss of power.

    All it writes lies in a folder of its own `below` another, which `postgres` must reach.
    """
    programs = _programs()
    if programs is None:
        raise RuntimeError("PostgreSQL is not installed: make system")
    folder = Path(tempfile.mkdtemp(prefix="xaso-pg-", dir=below))
    as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] if os.geteuid() == 0 else []
    if as_user:
        shutil.chown(folder, "postgres", "postgres")
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c max_connections=120"
    options += "" if durable else "".join(f" -c {setting}" for setting in NOT_DURABLE)
    data = str(folder / "data")
    initdb = [str(programs / "initdb"), "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    control = [*as_user, str(programs / "pg_ctl"), "-D", data, "-w", "-l", str(folder / "log")]
    try:
        subprocess.run([*as_user, *initdb], check=True, stdout=subprocess.DEVNULL, cwd="/")
        subprocess.run([*control, "-o", options, "start"], check=True, stdout=subprocess.DEVNULL, cwd="/")
        yield address(folder, "postgres")
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=False, stdout=subprocess.DEVNULL, cwd="/")
        shutil.rmtree(folder, ignore_errors=True)


def address(folder: Path, database: str) -> str:
    """Return the address of a database of the server whose socket lies in the folder."""
    return f"postgresql://{USER}@{quote(str(folder), safe='')}/{database}"


def sibling(url: str, database: str) -> str:
    """Return the address of another database on the same server."""
    return f"{url.rpartition('/')[0]}/{database}"


def create_database(url: str, name: str, *, template: str = "template1") -> str:
    """Make a database, as a copy of another if wanted, and return its address."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
    return sibling(url, name)


def drop_database(url: str, name: str) -> None:
    """Remove a database and whoever is still connected to it."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
