"""Writes new rows: one statement each, made once per table and kept. The ORM makes its own anew each time, at several times the cost."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.models import Field, ForeignKey, Model

from xaso.platform.sealed.fields import BlindIndex, Sealed

Translate = Callable[[BaseDatabaseWrapper, Any], Any]


def uuid_for(connection: BaseDatabaseWrapper, value: UUID) -> Any:
    """Return the value as the database takes it."""
    return value if connection.features.has_native_uuid_field else value.hex


def _moment(connection: BaseDatabaseWrapper, value: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(value)


def _document(connection: BaseDatabaseWrapper, value: Any) -> Any:
    return connection.ops.adapt_json_value(value, None)


def _as_it_is(_connection: BaseDatabaseWrapper, value: Any) -> Any:
    return value


SHORT_WAYS: dict[tuple[str, type], Translate] = {
    ("UUIDField", UUID): uuid_for,
    ("DateTimeField", datetime): _moment,
    ("JSONField", dict): _document,
    ("JSONField", list): _document,
    **{(kind, str): _as_it_is for kind in ("CharField", "TextField")},
    **{(kind, int): _as_it_is for kind in ("IntegerField", "PositiveIntegerField", "PositiveSmallIntegerField", "BigIntegerField")},
}
"""What becomes of a value of exactly this type in a field of this kind; all other values go through the field itself."""


@dataclass(frozen=True)
class _Statement:
    """The INSERT of one table, and the fields it takes in order, with the kind of each."""

    sql: str
    fields: tuple[tuple[str, str, "Field[Any, Any]"], ...]

    def values(self, row: Model, connection: BaseDatabaseWrapper) -> list[Any]:
        """Return the row's values as the database takes them."""
        held = row.__dict__
        values = []
        for name, kind, field in self.fields:
            value = field.pre_save(row, add=True) if isinstance(field, Sealed | BlindIndex) else held[name]
            if value is not None:
                short_way = SHORT_WAYS.get((kind, type(value)))
                value = short_way(connection, value) if short_way else field.get_db_prep_save(value, connection)
            values.append(value)
        return values


class Prepared:
    """Rows made ready outside a transaction, so that others wait for the writing alone. Keys are known; fields hold plain values."""

    def __init__(self, *rows: Model) -> None:
        connection = connections[DEFAULT_DB_ALIAS]
        self._rows = rows
        self._statements = [(_statement(type(row)).sql, _statement(type(row)).values(row, connection)) for row in rows]

    def insert(self) -> None:
        """Insert the rows in the caller's transaction."""
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            self._run(cursor, self._statements)

    def insert_unless_first_is_there(self) -> bool:
        """Insert the rows unless one with the first one's key or unique values is there; tells whether they were inserted.

        While another transaction is inserting the same first row, this waits for its end.
        """
        (first, values), *rest = self._statements
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(f"{first} ON CONFLICT DO NOTHING", values)
            if cursor.rowcount == 0:
                return False
            self._run(cursor, rest)
        return True

    def _run(self, cursor: CursorWrapper, statements: list[tuple[str, list[Any]]]) -> None:
        for sql, values in statements:
            cursor.execute(sql, values)
        for row in self._rows:
            row._state.adding = False
            row._state.db = DEFAULT_DB_ALIAS


def insert(*rows: Model) -> None:
    """Insert rows whose keys are known, in the caller's transaction."""
    Prepared(*rows).insert()


@cache
def _statement(model: type[Model]) -> _Statement:
    fields = tuple(field for field in model._meta.local_concrete_fields if not field.generated and not field.db_returning)
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    columns = ", ".join(quote(field.column or "") for field in fields)
    places = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608 - names of our own models
    return _Statement(sql, tuple((field.attname, _kind(field), field) for field in fields))


def _kind(field: "Field[Any, Any]") -> str:
    """Return what the field holds, for a reference what it refers to. Raises TypeError for a field that sets itself on saving."""
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        raise TypeError(f"{field} sets itself: use the ORM")
    held = field.target_field if isinstance(field, ForeignKey) else field
    return held.get_internal_type()
