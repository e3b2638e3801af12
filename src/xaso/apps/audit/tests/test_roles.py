"""deploy/postgresql-roles.sql: the application's role adds to the record and seals it, and can't change it, not even its locks."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from xaso.apps.audit.actions.sealing import seal_waiting
from xaso.apps.audit.testing import COMMUNE, write_entries
from xaso.apps.audit.verification import verify

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
GRANTS = Path(__file__).resolve().parents[5] / "deploy" / "postgresql-roles.sql"
pytestmark = [pytest.mark.django_db, pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no roles")]


@pytest.fixture
def as_application() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE xaso_app")
        cursor.execute(GRANTS.read_text(encoding="utf-8").replace(':"app"', "xaso_app"))
        cursor.execute("SET ROLE xaso_app")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


@pytest.mark.usefixtures("as_application")
def test_the_application_writes_and_seals(tmp_path: Path) -> None:
    write_entries(3, now=NOW)

    assert seal_waiting(NOW) == 3
    assert verify(COMMUNE, tmp_path).is_sound


@pytest.mark.usefixtures("as_application")
@pytest.mark.parametrize("table", ["audit_auditentry", "audit_auditlink"])
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE {} SET sealed_at = now()",
        "DELETE FROM {}",
        "TRUNCATE {}",
        "ALTER TABLE {} DISABLE TRIGGER USER",
        "DROP TABLE {}",
        "SET session_replication_role = replica",
    ],
)
def test_the_application_can_not_change_the_record_nor_take_its_locks_off(sql: str, table: str, tmp_path: Path) -> None:
    write_entries(1, now=NOW)
    seal_waiting(NOW)

    with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(table).replace("sealed_at = now()", "verb = ''" if table == "audit_auditentry" else "digest = ''"))

    assert verify(COMMUNE, tmp_path).is_sound
