"""Rows kept as the database itself holds them, so that a process's tests put the same many rows back without making them anew."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.apps import apps
from django.db import connection, models

T = TypeVar("T")
Kind = type[models.Model]
Swap = tuple[UUID, UUID]
"""An id that stands in kept rows, and the one that is written in its place."""
RECORD = "audit"
PutBack = Callable[[Swap | None], None]


@dataclass(frozen=True)
class MadeOnce(Generic[T]):
    """What was made in empty tables, and how its rows are put back into them."""

    made: T
    kinds: list[Kind]
    put_back: PutBack

    def finds_empty_tables(self) -> bool:
        """Tell whether nothing lies where the rows go. One query."""
        filled = " OR ".join(f"EXISTS (SELECT 1 FROM {_table(kind)})" for kind in self.kinds)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {filled}")
            return not cursor.fetchone()[0]


def made_once(make: Callable[[], T]) -> tuple[T, MadeOnce[T] | None]:
    """Make it, and keep the rows that were written for it; None in their place when some went where others lay already.

    What the record tells of it is not kept: a database that writes a part of the record by itself would write that part twice.
    """
    kinds = [kind for kind in apps.get_models(include_auto_created=True) if kind._meta.app_label != RECORD]
    before = {kind: kind._base_manager.count() for kind in kinds}
    made = make()
    grown = [kind for kind in kinds if kind._base_manager.count() != before[kind]]
    if any(before[kind] for kind in grown):
        return made, None
    return made, MadeOnce(made, grown, keep_rows(grown))


def keep_rows(kinds: Iterable[Kind]) -> PutBack:
    """Keep all rows of the models; what is returned puts them into the empty tables, in one transaction in any order."""
    keep = _kept_as_a_copy if connection.vendor == "postgresql" else _kept_as_values
    kept = [keep(kind) for kind in kinds]

    def put_back(swap: Swap | None = None) -> None:
        for one in kept:
            one(swap)

    return put_back


def _table(kind: Kind) -> str:
    return connection.ops.quote_name(kind._meta.db_table)


def _kept_as_a_copy(kind: Kind) -> PutBack:
    with connection.cursor() as cursor, cursor.copy(f"COPY {_table(kind)} TO STDOUT") as taken:
        rows = b"".join(bytes(piece) for piece in taken)

    def put_back(swap: Swap | None) -> None:
        with connection.cursor() as cursor, cursor.copy(f"COPY {_table(kind)} FROM STDIN") as given:
            given.write(rows.replace(str(swap[0]).encode(), str(swap[1]).encode()) if swap else rows)

    return put_back


def _kept_as_values(kind: Kind) -> PutBack:
    """A plus before a column: its value comes as it is stored, not as its kind of column is read."""
    columns = [connection.ops.quote_name(str(field.column)) for field in kind._meta.concrete_fields]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(f'+{column}' for column in columns)} FROM {_table(kind)}")
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    wanted = f"INSERT INTO {_table(kind)} ({', '.join(columns)}) VALUES ({', '.join(['%s'] * len(columns))})"

    def put_back(swap: Swap | None) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(wanted, _swapped(rows, swap) if swap else rows)

    return put_back


def _swapped(rows: list[tuple[Any, ...]], swap: Swap) -> list[tuple[Any, ...]]:
    old, new = (one.hex for one in swap)
    return [tuple(new if value == old else value for value in row) for row in rows]
