"""What all tests share: no socket but loopback, the language of the commune, and the order in which two processes take the files."""

import gc
import ipaddress
import os
import socket
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation

from tests import fresh

ROOT = Path(__file__).parent
IN_ONE_PROCESS = ("src", "tests/api", "tests/signer")
"""Where tests start no program that opens a database by itself."""
WITH_PROGRAMS = ("tests/journeys", "tests/ops", "tests/faults")
COMMUNE, MANY_TESTS, WHILE_THE_COMMUNE_LOADS = 0, 40, 300
DATABASES = frozenset({"db", "transactional_db"})
"""The fixtures through which a test may open the database."""
_connect = socket.socket.connect
gc.set_threshold(50_000, 10, 10)
"""Looking for circles among what was made takes an eighth of all time at Python's own steps; at these it takes little."""


def _is_here(address: Any) -> bool:
    """Tell whether the address is a Unix socket or on the loopback."""
    if not isinstance(address, tuple):
        return True
    host = address[0]
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _connect_here(self: socket.socket, address: Any) -> None:
    if not _is_here(address):
        raise RuntimeError(f"tests reach nothing beyond this machine; asked for {address!r}")
    _connect(self, address)


@pytest.fixture(autouse=True, scope="session")
def loopback_only() -> Iterator[None]:
    """Refuse sockets to other machines for the whole run."""
    socket.socket.connect = _connect_here  # type: ignore[assignment,method-assign]
    yield
    socket.socket.connect = _connect  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Let the database of this process begin as a copy of one that was migrated before; what is missing in it is migrated still."""
    tested = settings.DATABASES["default"]["TEST"]
    if _on_sqlite():
        fresh.copy_sqlite(Path(tested["NAME"]))
    else:
        tested["TEMPLATE"] = fresh.postgresql_template(os.environ["DATABASE_URL"])


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Tell Django to take the SQLite file that lies there. It goes with the data folder of the process."""
    return _on_sqlite()


def _on_sqlite() -> bool:
    return "sqlite3" in settings.DATABASES["default"]["ENGINE"]


@pytest.fixture(autouse=True)
def begins_in_vietnamese() -> None:
    """Forget the language that an earlier test's request chose."""
    translation.deactivate()


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark what opens no database as run once: where nothing asks for one, pytest-django refuses whoever opens it all the same."""
    if any(item.path.is_relative_to(ROOT / place) for place in IN_ONE_PROCESS) and not _opens_a_database(item):
        item.add_marker(pytest.mark.once)


def _opens_a_database(item: pytest.Item) -> bool:
    return item.get_closest_marker("django_db") is not None or not DATABASES.isdisjoint(getattr(item, "fixturenames", ()))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put first the files that start a whole commune, then those that start programs or a browser, then those of many tests.

    They take longest, and short ones fill the end of the run evenly. After the first file come some that need no commune: the other process
    works them off while the first loads the commune for all.
    """
    files = [list(of_file) for _, of_file in groupby(items, key=_file)]
    files.sort(key=_turn)
    meanwhile: list[list[pytest.Item]] = []
    for of_file in [one for one in files if _turn(one) == COMMUNE + 2]:
        if sum(map(len, meanwhile)) < WHILE_THE_COMMUNE_LOADS:
            files.remove(of_file)
            meanwhile.append(of_file)
    files[1:1] = meanwhile
    items[:] = [item for of_file in files for item in of_file]


def _turn(of_file: list[pytest.Item]) -> int:
    """Return when a file's turn comes; those of the same turn keep the order into which they were shuffled."""
    if any("commune_template" in getattr(item, "fixturenames", ()) for item in of_file):
        return COMMUNE
    if any(of_file[0].path.is_relative_to(ROOT / place) for place in WITH_PROGRAMS):
        return COMMUNE + 1
    return COMMUNE + 2 if len(of_file) >= MANY_TESTS else COMMUNE + 3


def pytest_collection_finish() -> None:
    """Let nobody look again for circles among all modules and tests that are loaded by now: they stay to the end."""
    gc.collect()
    gc.freeze()


def _file(item: pytest.Item) -> Path:
    return item.path
