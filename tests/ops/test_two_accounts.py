"""PostgreSQL with two accounts: the owner changes tables in an upgrade, the service reads and writes rows and can't touch the record."""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from tests import postgres
from tests.live import COMMAND, Live
from xaso.site.installing.places import Places
from xaso.site.installing.running import Problem, as_owner

ROOT = Path(__file__).resolve().parents[2]
DATABASE, OWNER, SERVICE = "xaso_two", "xaso_owner", "xaso_app"
pytestmark = pytest.mark.skipif(not postgres.is_installed(), reason="PostgreSQL is not installed")


@dataclass(frozen=True)
class Accounts:
    """The installation as its service reaches the database, and as the owner does while the service's address stands beside."""

    service: Live
    owner: Live


@pytest.fixture(scope="module")
def accounts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Accounts]:
    with postgres.cluster() as server:
        with psycopg.connect(server, autocommit=True) as connection:
            for role in (OWNER, SERVICE):
                connection.execute(f"CREATE ROLE {role} LOGIN")
            connection.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER} TEMPLATE template0")
        folder = tmp_path_factory.mktemp("two")
        address = postgres.sibling(server, DATABASE)
        as_service, as_owner = (address.replace(f"{postgres.USER}@", f"{role}@") for role in (SERVICE, OWNER))
        owner = Live(folder, 8990, as_owner, {"XASO_SERVICE_DATABASE_URL": as_service})
        owner.xaso("migrate")
        owner.xaso("upgrade-step", "grant", str(folder))
        yield Accounts(Live(folder, 8990, as_service), owner)


def refused(live: Live, *arguments: str) -> str:
    """Run a command that must fail, and return what it says."""
    done = subprocess.run([*COMMAND, *arguments], env=live.all_variables, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    return done.stderr


def test_the_service_works_and_can_not_upgrade(accounts: Accounts, tmp_path: Path) -> None:
    assert accounts.service.xaso("audit", "verify")

    assert OWNER in refused(accounts.service, "upgrade-step", "keep", str(tmp_path / "copy"))
    with psycopg.connect(accounts.service.database_url) as connection, pytest.raises(psycopg.Error, match="permission denied"):
        connection.execute("DELETE FROM audit_auditentry")


def test_what_the_owner_puts_back_the_service_reads_again(accounts: Accounts, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    accounts.owner.xaso("upgrade-step", "keep", str(copy))
    with psycopg.connect(accounts.owner.database_url) as connection:
        connection.execute("CREATE TABLE of_the_failed_release (id int)")

    accounts.owner.xaso("upgrade-step", "put-back", str(copy))

    assert accounts.service.xaso("audit", "verify")
    with psycopg.connect(accounts.service.database_url) as connection:
        assert connection.execute("SELECT to_regclass('of_the_failed_release')").fetchone() == (None,)
        with pytest.raises(psycopg.Error, match="permission denied"):
            connection.execute("UPDATE audit_auditentry SET verb = ''")


def test_only_for_a_step_of_the_owner_her_address_is_read(tmp_path: Path) -> None:
    (tmp_path / "deploy").mkdir()
    shutil.copy(ROOT / "deploy/as-service.sh", tmp_path / "deploy")
    python = tmp_path / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\necho "$DATABASE_URL ${XASO_SERVICE_DATABASE_URL:-none} $XASO_HOSTS"\n')
    python.chmod(0o755)
    (tmp_path / "environment").write_text('XASO_HOSTS=a.vn\nDATABASE_URL="postgresql://app@/x"\n')
    (tmp_path / "owner").write_text("# root's alone\nDATABASE_URL=postgresql://owner@/x\n")
    variables = {"PATH": "/usr/bin:/bin", "XASO_ENVIRONMENT": str(tmp_path / "environment"), "XASO_USER": "root"}

    def told(**more: str) -> str:
        script = tmp_path / "deploy/as-service.sh"
        return subprocess.run([script, "state"], env={**variables, **more}, capture_output=True, text=True, check=True).stdout.strip()

    assert told() == "postgresql://app@/x none a.vn"
    assert told(XASO_OWNER_ENVIRONMENT=str(tmp_path / "owner")) == "postgresql://owner@/x postgresql://app@/x a.vn"


def test_an_address_of_the_owner_that_others_may_read_is_refused(tmp_path: Path) -> None:
    places = Places(tmp_path)
    places.settings.mkdir(parents=True)
    places.owner_environment.write_text("DATABASE_URL=postgresql://owner@/x\n")
    places.owner_environment.chmod(0o640)

    with pytest.raises(Problem, match="chmod 600"):
        as_owner(places, "prepare")
