"""Makes and writes new rows: one statement each, made once per table and kept. The ORM makes its own anew, at several times the cost."""

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
    """The INSERT of one table, and the columns it takes in order."""

    sql: str
    columns: tuple[_Column, ...]

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
    """Rows made ready outside a transaction, so that others wait for the writing alone. Keys are known; fields hold plain values."""

    def __init__(self, *rows: Model) -> None:
        into = _Into(connections[DEFAULT_DB_ALIAS])
        self._rows = rows
        self._statements = [(made.sql, made.values(row, into)) for row in rows for made in (_statement(type(row)),)]

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
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608 - names of our own models
    return _Statement(sql, tuple(_column(field) for field in fields))


def _column(field: "Field[Any, Any]") -> _Column:
    return _Column(field.attname, field, isinstance(field, Sealed | BlindIndex), SHORT_WAYS.get(_kind(field), {}))


def _kind(field: "Field[Any, Any]") -> str:
    """Return what the field holds, for a reference what it refers to. Raises TypeError for a field that sets itself on saving."""
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        raise TypeError(f"{field} sets itself: use the ORM")
    held = field.target_field if isinstance(field, ForeignKey) else field
    return held.get_internal_type()
