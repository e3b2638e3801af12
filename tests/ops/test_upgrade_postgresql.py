"""A whole installation on PostgreSQL with two accounts: to the next release, and back from a bad one with all that was in the database."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
import pytest

from tests import postgres
from tests.cutting import wait_for
from tests.live import free_port
from tests.ops.releases import ADMINISTRATOR, HOSTS, PASSWORD, Machine, Repository
from tests.ops.test_installing import ADDS_A_TABLE, DROPS_IT, FAILS, PROGRAMS, serves, service_user

DATABASE, OWNER, SERVICE = "xaso_upgraded", "xaso_tables", "xaso_runs"
pytestmark = [
    pytest.mark.once,
    pytest.mark.faults,
    pytest.mark.skipif(os.geteuid() != 0, reason="an installation is root's work"),
    pytest.mark.skipif(not postgres.is_installed(), reason="PostgreSQL is not installed"),
]


@pytest.fixture
def machine(worker_number: int) -> Iterator[Machine]:
    folder = Path("/tmp") / f"xaso-machine-pg-{os.getpid()}"
    folder.mkdir(mode=0o755)
    with postgres.cluster() as server:
        address = postgres.sibling(server, DATABASE)
        Path(unquote(urlsplit(address).netloc.rpartition("@")[2])).chmod(0o711)
        with psycopg.connect(server, autocommit=True) as connection:
            for role in (OWNER, SERVICE):
                connection.execute(f"CREATE ROLE {role} LOGIN")
            connection.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER} TEMPLATE template0")
        by_service, by_owner = (address.replace(f"{postgres.USER}@", f"{role}@") for role in (SERVICE, OWNER))
        made = Machine(folder / "root", Repository(folder / "checkout"), service_user(), free_port(worker_number), by_service)
        made.prepare()
        owner = made.root / "etc/xaso/owner-environment"
        owner.parent.mkdir(parents=True)
        owner.write_text(f"DATABASE_URL={by_owner}\n")
        owner.chmod(0o600)
        _code, said = made.run("install", "--host", HOSTS, "--tls", "private", *ADMINISTRATOR, text=f"{PASSWORD}\n")
        assert "xã Tân Tiến; đăng nhập bằng may.ly" in said, said
        assert made.systemctl("start", *PROGRAMS) == 0, made.log("xaso-web.service")
        wait_for(lambda: serves(made), 60)
        yield made
        made.systemctl("stop", *PROGRAMS)
    shutil.rmtree(folder)


def asked(machine: Machine, question: str) -> object:
    """Return the one value that the service's account is answered."""
    with psycopg.connect(machine.database_url) as connection:
        row = connection.execute(question).fetchone()
    assert row is not None
    return row[0]


def test_the_next_release_comes_and_a_bad_one_is_taken_back_with_the_database(machine: Machine) -> None:
    assert not machine.database.exists(), "nothing is kept in SQLite"
    machine.repository.migration("0002_second", "0001_initial", ADDS_A_TABLE)
    machine.repository.release("v2")
    first = machine.running_release

    code, said = machine.run("upgrade")

    assert code == 0, said + machine.log("xaso-web.service")
    assert machine.running_release != first
    assert serves(machine), said + machine.log("xaso-web.service")
    assert asked(machine, "SELECT count(*) FROM second_release") == 0
    entries, second = asked(machine, "SELECT count(*) FROM audit_auditentry"), machine.running_release

    machine.repository.migration("0003_third", "0002_second", DROPS_IT)
    machine.repository.migration("0004_fourth", "0003_third", FAILS)
    machine.repository.release("v3")

    code, said = machine.run("upgrade")

    assert code == 1
    assert "nothing_there" in said
    assert "Bản cũ đang chạy trên dữ liệu như trước khi nâng cấp" in said
    assert (machine.running_release, serves(machine)) == (second, True)
    assert asked(machine, "SELECT count(*) FROM second_release") == 0
    assert asked(machine, "SELECT count(*) FROM audit_auditentry") >= entries  # type: ignore[operator]
    with psycopg.connect(machine.database_url) as connection, pytest.raises(psycopg.Error, match="permission denied"):
        connection.execute("DELETE FROM audit_auditentry")
    assert not (machine.root / "etc/xaso/upgrading.json").exists()
