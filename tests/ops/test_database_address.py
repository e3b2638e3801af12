"""What `DATABASE_URL` says of encryption counts for the program and for the programs that back it up."""

from pathlib import Path

import pytest

from xaso.apps.backups.databases.postgresql import PostgresqlDatabase
from xaso.site.settings.database import database_from_environment

HERE = Path()


@pytest.mark.parametrize(
    ("address", "encryption"),
    [
        pytest.param("postgresql://xaso:x@db.example.vn/xaso", {"sslmode": "require"}, id="another machine"),
        pytest.param("postgresql://xaso@db/xaso?sslmode=disable", {"sslmode": "disable"}, id="an own network, said so"),
        pytest.param(
            "postgresql://xaso@db/xaso?sslmode=verify-full&sslrootcert=/etc/xaso/db.crt&options=x",
            {"sslmode": "verify-full", "sslrootcert": "/etc/xaso/db.crt"},
            id="proven too",
        ),
        pytest.param(
            "postgresql://xaso@db/xaso?sslrootcert=/a.crt", {"sslmode": "require", "sslrootcert": "/a.crt"}, id="an authority alone"
        ),
        pytest.param("postgresql://xaso@127.0.0.1:5432/xaso", {}, id="this machine"),
        pytest.param("postgresql://xaso@%2Frun%2Fpostgresql/xaso", {}, id="a socket"),
        pytest.param("postgresql:///xaso", {}, id="no host"),
    ],
)
def test_to_another_machine_the_connection_is_encrypted_unless_the_address_says_otherwise(address: str, encryption: dict[str, str]) -> None:
    assert database_from_environment(address, HERE)["OPTIONS"] == encryption


def test_backups_and_the_databases_beside_are_reached_in_the_same_way() -> None:
    settings = database_from_environment("postgresql://xaso@db/xaso?sslmode=verify-full&sslrootcert=/etc/xaso/db.crt", HERE)
    beside = PostgresqlDatabase(settings).address("drill")

    assert database_from_environment(beside, HERE) == {**settings, "NAME": "drill"}
    assert PostgresqlDatabase.at(beside).address("drill") == beside
