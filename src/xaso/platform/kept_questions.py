"""Questions of nearly every page, put into SQL once and kept: the ORM does so anew each time, at several times the cost (decision 0130)."""

import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Generic, TypeVar
from uuid import UUID, uuid4

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet
from django.db.models.query import ModelIterable, ValuesListIterable
from django.db.models.sql.compiler import SQLCompiler

from xaso.platform.actor import Actor
from xaso.platform.rows import uuid_for

Row = TypeVar("Row")
Put = Callable[..., "QuerySet[Any, Row]"]
LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)
DAYS_TO_CHOOSE_FROM = 20_000

SAMPLES: dict[type, Callable[[], Any]] = {
    UUID: uuid4,
    str: lambda: secrets.token_hex(16),
    date: lambda: LONG_AGO.date() + timedelta(days=secrets.randbelow(DAYS_TO_CHOOSE_FROM)),
    datetime: lambda: LONG_AGO + timedelta(days=secrets.randbelow(DAYS_TO_CHOOSE_FROM), microseconds=secrets.randbelow(10**10)),
}
"""Values that stand in no table, by which the places of a question's own values are found in its SQL."""


@dataclass(frozen=True)
class Statement:
    """SQL for one kind of database, its values, and at which places among them the values of each name go."""

    sql: str
    values: tuple[Any, ...]
    places: tuple[tuple[int, str], ...]

    def run(self, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Run it with the values given, and return the rows as the database gives them. One query."""
        connection = connections[DEFAULT_DB_ALIAS]
        taken = {name: as_taken(connection, value) for name, value in given.items()}
        values = list(self.values)
        for place, name in self.places:
            values[place] = taken[name]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, values)
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def as_taken(connection: BaseDatabaseWrapper, value: Any) -> Any:
    """Return a value of a question as the database takes it."""
    if isinstance(value, UUID):
        return uuid_for(connection, value)
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def statement(sql: str, values: tuple[Any, ...], samples: Mapping[str, Any], *, may_lack: Collection[str] = ()) -> Statement:
    """Return the SQL with the places where the samples stand among its values. Raises ValueError when one stands nowhere that must."""
    connection = connections[DEFAULT_DB_ALIAS]
    taken = {name: as_taken(connection, sample) for name, sample in samples.items()}
    places = tuple((place, name) for place, value in enumerate(values) for name, sample in taken.items() if value == sample)
    if missing := samples.keys() - {name for _place, name in places} - set(may_lack):
        raise ValueError(f"not asked with {sorted(missing)}: {sql}")
    return Statement(sql, values, places)


class _Reading(Generic[Row]):
    """How the rows of a question become what the ORM makes of them: instances of the table's own columns, or tuples of values."""

    def __init__(self, rows: "QuerySet[Any, Row]", compiler: SQLCompiler) -> None:
        self._compiler = compiler
        self._converters = compiler.get_converters([column for column, _sql, _alias in compiler.select[: compiler.col_count]])
        self._makes_instances = rows._iterable_class is ModelIterable
        if not self._makes_instances and rows._iterable_class is not ValuesListIterable:
            raise TypeError("only instances and values_list() are kept")
        if self._makes_instances and (rows.query.select_related or rows.query.annotations or rows._prefetch_related_lookups):  # type: ignore[attr-defined]
            raise TypeError("of instances only the table's own columns are kept: ask for values_list()")
        self._from_db = rows.model.from_db
        self._names = [column.target.attname for column, _sql, _alias in compiler.select] if self._makes_instances else []

    def read(self, found: list[tuple[Any, ...]]) -> list[Row]:
        """Return the rows in Python's values."""
        rows: Any = self._compiler.apply_converters(found, self._converters) if self._converters else found
        if self._makes_instances:
            return [self._from_db(DEFAULT_DB_ALIAS, self._names, row) for row in rows]
        return [tuple(row) for row in rows]  # type: ignore[misc]


class KeptQuestion(Generic[Row]):
    """A question whose words stay the same and whose values change.

    `put` is given one value for each name and returns the rows, not yet read: instances, or `values_list()`. Every value must get into the
    SQL as it is, but for those that it `may_lack`. `kinds` are the types of the values: UUID, str, date or datetime.
    """

    def __init__(self, put: "Put[Row]", *, may_lack: Collection[str] = (), **kinds: type) -> None:
        self._put = put
        self._may_lack = may_lack
        self._kinds = kinds
        self._rows: dict[str, tuple[Statement, _Reading[Row]] | None] = {}
        self._numbers: dict[str, Statement | None] = {}

    def ask(self, **values: Any) -> list[Row]:
        """Return the rows. One query; none where the question has no answer at all."""
        vendor = connections[DEFAULT_DB_ALIAS].vendor
        if vendor not in self._rows:
            self._rows[vendor] = self._put_for_rows()
        kept = self._rows[vendor]
        return kept[1].read(kept[0].run(values)) if kept else []

    def count(self, **values: Any) -> int:
        """Return how many rows there are. One query; none where the question has no answer at all."""
        vendor = connections[DEFAULT_DB_ALIAS].vendor
        if vendor not in self._numbers:
            self._numbers[vendor] = self._put_for_number()
        kept = self._numbers[vendor]
        return int(kept.run(values)[0][0]) if kept else 0

    def _put_for_rows(self) -> tuple[Statement, _Reading[Row]] | None:
        samples = self._samples()
        rows = self._put(**samples)
        compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        try:
            sql, values = compiler.as_sql()
        except EmptyResultSet:
            return None
        return statement(sql, tuple(values), samples, may_lack=self._may_lack), _Reading(rows, compiler)

    def _put_for_number(self) -> Statement | None:
        samples = self._samples()
        rows = self._put(**samples).order_by().values("pk")
        try:
            sql, values = rows.query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
        except EmptyResultSet:
            return None
        counted = f"SELECT COUNT(*) FROM ({sql}) AS found"  # noqa: S608 - made by the ORM
        return statement(counted, tuple(values), samples, may_lack=self._may_lack)

    def _samples(self) -> dict[str, Any]:
        return {name: SAMPLES[kind]() for name, kind in self._kinds.items()}


class OfficialsQuestion(Generic[Row]):
    """A question that officials ask, kept once for each set of roles: which rows are theirs to see is in it, as `access` says it.

    `put` is given an actor and one value for each name. For whoever is no official it is put anew each time.
    """

    def __init__(self, put: Callable[..., "QuerySet[Any, Row]"], **kinds: type) -> None:
        self._put = put
        self._kinds = kinds
        self._by_roles: dict[frozenset[str], KeptQuestion[Row]] = {}

    def ask(self, actor: Actor, **values: Any) -> list[Row]:
        """Return the rows. One query."""
        kept = self._kept_for(actor)
        return kept.ask(**_own_of(actor), **values) if kept else list(self._put(actor, **values))

    def count(self, actor: Actor, **values: Any) -> int:
        """Return how many rows there are. One query."""
        kept = self._kept_for(actor)
        return kept.count(**_own_of(actor), **values) if kept else self._put(actor, **values).order_by().count()

    def _kept_for(self, actor: Actor) -> KeptQuestion[Row] | None:
        if not _is_known_by_roles(actor):
            return None
        kept = self._by_roles.get(actor.roles)
        if kept is None:
            kept = self._by_roles[actor.roles] = self._for_roles(actor.roles)
        return kept

    def _for_roles(self, roles: frozenset[str]) -> KeptQuestion[Row]:
        def put(commune_id: UUID, account_id: UUID, **values: Any) -> "QuerySet[Any, Row]":
            return self._put(Actor(kind="staff", commune_id=commune_id, account_id=account_id, roles=roles), **values)

        return KeptQuestion(put, may_lack=("account_id",), **self._kinds, commune_id=UUID, account_id=UUID)


def _own_of(actor: Actor) -> dict[str, Any]:
    return {"commune_id": actor.commune_id, "account_id": actor.account_id}


def _is_known_by_roles(actor: Actor) -> bool:
    """Tell whether what the actor may see follows from commune, account and roles, and from nothing else."""
    beside = actor.citizen_id or actor.granted
    return actor.kind == "staff" and actor.commune_id is not None and actor.account_id is not None and not beside
