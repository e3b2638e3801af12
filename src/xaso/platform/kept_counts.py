"""Counts that nearly every page shows: put into SQL once and kept. The ORM puts them anew each time, at several times the cost."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, Q

from xaso.platform.rows import uuid_for


@dataclass(frozen=True)
class _Statement:
    """The SQL for one kind of database, its values, and the places among them where the commune goes."""

    sql: str
    values: tuple[Any, ...]
    places: frozenset[int]


class KeptCounts:
    """How many rows of a commune fulfil each of some conditions, which never change and name no other table."""

    def __init__(self, model: type[Model], **conditions: Q) -> None:
        self._model = model
        self._conditions = conditions
        self._statements: dict[str, _Statement] = {}

    def of(self, commune_id: UUID) -> dict[str, int]:
        """Return the counts of one commune by the conditions' names. One query."""
        connection = connections[DEFAULT_DB_ALIAS]
        statement = self._statements.get(connection.vendor) or self._put(connection)
        commune = uuid_for(connection, commune_id)
        values = [commune if place in statement.places else value for place, value in enumerate(statement.values)]
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, values)
            return dict(zip(self._conditions, cursor.fetchone(), strict=True))

    def _put(self, connection: BaseDatabaseWrapper) -> _Statement:
        sample = uuid4()
        rows = self._model._default_manager.filter(commune_id=sample).order_by().values("commune_id")
        parts = [rows.filter(one).query.get_compiler(connection=connection).as_sql() for one in self._conditions.values()]
        values = tuple(value for _sql, some in parts for value in some)
        places = frozenset(place for place, value in enumerate(values) if value == uuid_for(connection, sample))
        counted = ", ".join(f"(SELECT COUNT(*) FROM ({sql}) AS found)" for sql, _values in parts)  # noqa: S608 - made by the ORM
        statement = self._statements[connection.vendor] = _Statement(f"SELECT {counted}", values, places)
        return statement
