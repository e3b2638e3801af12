"""Rows kept as the database itself holds them, so that a process's tests put the same many rows back without making them anew."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection, models


def keep_rows(kinds: Iterable[type[models.Model]]) -> Callable[[], None]:
    """Keep all rows of the models, in the order in which they point at each other; what is returned puts them into the empty tables."""
    keep = _kept_as_a_copy if connection.vendor == "postgresql" else _kept_as_values
    kept = [keep(connection.ops.quote_name(kind._meta.db_table), kind) for kind in kinds]

    def put_back() -> None:
        for one in kept:
            one()

    return put_back


def _kept_as_a_copy(table: str, _kind: type[models.Model]) -> Callable[[], None]:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} TO STDOUT") as taken:
        rows = b"".join(bytes(piece) for piece in taken)

    def put_back() -> None:
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as given:
            given.write(rows)

    return put_back


def _kept_as_values(table: str, kind: type[models.Model]) -> Callable[[], None]:
    """A plus before a column: its value comes as it is stored, not as its kind of column is read."""
    columns = [connection.ops.quote_name(str(field.column)) for field in kind._meta.concrete_fields]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(f'+{column}' for column in columns)} FROM {table}")
        rows: list[Any] = cursor.fetchall()
    wanted = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(['%s'] * len(columns))})"

    def put_back() -> None:
        with connection.cursor() as cursor:
            cursor.executemany(wanted, rows)

    return put_back
