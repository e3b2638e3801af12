"""The two kinds of database: how a consistent copy of each is taken while others write, and how it is put back."""

from django.db import connection

from xaso.apps.backups.databases.port import Database, Snapshot
from xaso.apps.backups.databases.sqlite import SqliteDatabase

__all__ = ["Database", "Snapshot", "database_here"]


def database_here() -> Database:
    """Return this installation's database. The driver of PostgreSQL, 6 MB in each program, is loaded only where it is used."""
    if connection.vendor == "sqlite":
        return SqliteDatabase(connection.settings_dict)
    from xaso.apps.backups.databases.postgresql import PostgresqlDatabase

    return PostgresqlDatabase(connection.settings_dict)
