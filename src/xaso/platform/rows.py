"""Makes and writes new rows by statements that are made once per table and kept. The ORM makes its own anew, at several times the cost.

PostgreSQL is told all rows of a call in one statement: each statement more is a round trip, which costs more than the row itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.models import Field, ForeignKey, Model
from django.db.models.base import ModelState

from xaso.platform.sealed.fields import BlindIndex, Ready, Sealed

M = TypeVar("M", bound=Model)


def uuid_for(connection: BaseDatabaseWrapper, value: UUID) -> Any:
    """Return the value as the database takes it."""
    return value if connection.features.has_native_uuid_field else value.hex


@dataclass(frozen=True, slots=True)
class _Into:
    """The database that rows go into, and the instants that it was told already: those of one act are mostly the same."""

    connection: BaseDatabaseWrapper
    moments: dict[int, Any] = field(default_factory=dict)


Translate = Callable[[_Into, Any], Any]


def _key(into: _Into, value: UUID) -> Any:
    return uuid_for(into.connection, value)


def _moment(into: _Into, value: datetime) -> Any:
    known = into.moments.get(id(value))
    if known is None:
        known = into.moments[id(value)] = into.connection.ops.adapt_datetimefield_value(value)
    return known


def _document(into: _Into, value: Any) -> Any:
    return into.connection.ops.adapt_json_value(value, None)


def _plain(_into: _Into, value: Ready) -> str:
    return str(value)


def _as_it_is(_into: _Into, value: Any) -> Any:
    return value


_NUMBERS: dict[type, Translate] = {int: _as_it_is}
_SEALED: dict[type, Translate] = {Ready: _plain}
SHORT_WAYS: dict[str, dict[type, Translate]] = {
    "UUIDField": {UUID: _key},
    "DateTimeField": {datetime: _moment},
    "JSONField": {dict: _document, list: _document},
    "SealedText": _SEALED,
    "SealedJSON": _SEALED,
    **{kind: {str: _as_it_is} for kind in ("CharField", "TextField", "BlindIndex")},
    **dict.fromkeys(("IntegerField", "PositiveIntegerField", "PositiveSmallIntegerField", "BigIntegerField"), _NUMBERS),
}
"""What becomes of a value of exactly this type in a field of this kind; all other values go through the field itself."""


@dataclass(frozen=True, slots=True)
class _Column:
    """A column that a statement writes: where the row holds its value, and the short ways of values of some types."""

    name: str
    field: "Field[Any, Any]"
    makes_its_value: bool
    ways: Mapping[type, Translate]


@dataclass(frozen=True, slots=True)
class _Statement:
    """The INSERT of one table: into what, the places of its values, and the columns it takes in order."""

    into: str
    places: str
    columns: tuple[_Column, ...]

    @property
    def sql(self) -> str:
        """Return the INSERT of one row."""
        return f"{self.into} VALUES ({self.places})"

    def for_each_of(self, name: str) -> str:
        """Return the INSERT of the row once for each row of the named part of a statement."""
        return f"{self.into} SELECT {self.places} FROM {name}"  # noqa: S608 - names of our own models

    def values(self, row: Model, into: _Into) -> list[Any]:
        """Return the row's values as the database takes them."""
        held = row.__dict__
        values = []
        for column in self.columns:
            value = column.field.pre_save(row, add=True) if column.makes_its_value else held[column.name]
            if value is not None:
                way = column.ways.get(type(value))
                value = way(into, value) if way else column.field.get_db_prep_save(value, into.connection)
            values.append(value)
        return values


class Prepared:
    """Rows made ready outside a transaction, so that others wait for the writing alone. Keys are known; fields hold plain values.

    Rows of the same table are written in no promised order.
    """

    def __init__(self, *rows: Model) -> None:
        self._connection = connections[DEFAULT_DB_ALIAS]
        into = _Into(self._connection)
        self._rows = rows
        self._statements = [_statement(type(row)) for row in rows]
        self._values = [made.values(row, into) for made, row in zip(self._statements, rows, strict=True)]

    def insert(self) -> None:
        """Insert the rows in the caller's transaction."""
        with self._connection.cursor() as cursor:
            if self._connection.vendor == "postgresql":
                cursor.execute(_all_at_once([made.sql for made in self._statements]), self._all_values())
            else:
                self._insert_one_by_one(cursor, 0)
        self._note_written()

    def insert_unless_first_is_there(self) -> bool:
        """Insert the rows unless one with the first one's key or unique values is there; tells whether they were inserted.

        While another transaction is inserting the same first row, this waits for its end.
        """
        first, *others = self._statements
        unless_there = f"{first.sql} ON CONFLICT DO NOTHING"
        with self._connection.cursor() as cursor:
            if self._connection.vendor == "postgresql":
                rest = [made.for_each_of("part0") for made in others]
                cursor.execute(_all_at_once([f"{unless_there} RETURNING 1", *rest, "SELECT 1 FROM part0"]), self._all_values())
            else:
                cursor.execute(unless_there, self._values[0])
                if cursor.rowcount:
                    self._insert_one_by_one(cursor, 1)
            is_new: bool = cursor.rowcount > 0
        if is_new:
            self._note_written()
        return is_new

    def _all_values(self) -> list[Any]:
        return [value for values in self._values for value in values]

    def _insert_one_by_one(self, cursor: CursorWrapper, since: int) -> None:
        for made, values in zip(self._statements[since:], self._values[since:], strict=True):
            cursor.execute(made.sql, values)

    def _note_written(self) -> None:
        for row in self._rows:
            row._state.adding = False
            row._state.db = DEFAULT_DB_ALIAS


def _all_at_once(statements: list[str]) -> str:
    """Return one statement of all; the first is its `part0`, what the last one returns is what it returns."""
    *before, last = statements
    named = ", ".join(f"part{number} AS ({sql})" for number, sql in enumerate(before))
    return f"WITH {named} {last}" if named else last


def new(model: type[M], **values: Any) -> M:
    """Return a row that is not written yet, of values by column (`dossier_id`, not `dossier`); what is not given takes its default.

    The constructor does the same and more (positions, objects, signals), which costs several times as much. Raises TypeError for an
    unknown column.
    """
    fixed, made = _defaults(model)
    row = model.__new__(model)
    held = row.__dict__
    held.update(fixed, _state=ModelState())
    held.update(values)
    for name, make in made.items():
        if name not in values:
            held[name] = make()
    if len(held) > len(fixed) + len(made) + 1:
        raise TypeError(f"{model.__name__} has no column {', '.join(sorted({*values} - {*fixed, *made}))}")
    return row


def insert(*rows: Model) -> None:
    """Insert rows whose keys are known, in the caller's transaction."""
    Prepared(*rows).insert()


@cache
def _defaults(model: type[Model]) -> tuple[dict[str, Any], dict[str, Callable[[], Any]]]:
    """Return what columns hold unless something else is given: the same in each row, and made for each."""
    fields = model._meta.concrete_fields
    made = {field.attname: field.default for field in fields if callable(field.default) and field.has_default()}
    return {field.attname: field.get_default() for field in fields if field.attname not in made}, made


@cache
def _statement(model: type[Model]) -> _Statement:
    fields = tuple(field for field in model._meta.local_concrete_fields if not field.generated and not field.db_returning)
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    columns = ", ".join(quote(field.column or "") for field in fields)
    places = ", ".join(["%s"] * len(fields))
    into = f"INSERT INTO {quote(model._meta.db_table)} ({columns})"
    return _Statement(into, places, tuple(_column(field) for field in fields))


def _column(field: "Field[Any, Any]") -> _Column:
    return _Column(field.attname, field, isinstance(field, Sealed | BlindIndex), SHORT_WAYS.get(_kind(field), {}))


def _kind(field: "Field[Any, Any]") -> str:
    """Return what the field holds, for a reference what it refers to. Raises TypeError for a field that sets itself on saving."""
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        raise TypeError(f"{field} sets itself: use the ORM")
    held = field.target_field if isinstance(field, ForeignKey) else field
    return held.get_internal_type()
