"""An empty database on a PostgreSQL server for a drill, which is emptied or removed again."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connection
from psycopg import sql

from xaso.apps.backups.databases.postgresql import PostgresqlDatabase
from xaso.apps.backups.options import DRILL_DATABASE
from xaso.kernel.errors import Refusal

ENDING = "_drill"


@contextmanager
def empty_database() -> Iterator[str]:
    """Yield the address of the one that the operator gave, else of one made beside the own.

    Raises Refusal `backups.not_empty`, `backups.may_not_create_database`.
    """
    yield from _given_database(DRILL_DATABASE.value()) if DRILL_DATABASE.value() else _made_database()


def _given_database(url: str) -> Iterator[str]:
    """Use a database that is there; it is emptied again only if it was empty at first."""
    there = PostgresqlDatabase.at(url).what_is_there()
    if there:
        raise Refusal("backups.not_empty", what=there)
    try:
        yield url
    finally:
        with psycopg.connect(url, autocommit=True) as server:
            server.execute("DROP SCHEMA public CASCADE")
            server.execute("CREATE SCHEMA public")


def _made_database() -> Iterator[str]:
    """Make a database beside the own one; what a killed drill left under its name goes first."""
    own = PostgresqlDatabase(connection.settings_dict)
    name = f"{own.name[:50]}{ENDING}"
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    try:
        own.execute(drop)
        own.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name)))
    except psycopg.Error as error:
        raise Refusal("backups.may_not_create_database", problem=str(error).strip()) from error
    try:
        yield own.address(name)
    finally:
        own.execute(drop)
