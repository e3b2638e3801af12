"""Counts that nearly every page shows: put into SQL once and kept, many of them in one question (decision 0130)."""

from typing import Any
from uuid import UUID, uuid4

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, Q

from xaso.platform.kept_questions import Statement, statement


class KeptCounts:
    """How many rows of a commune fulfil each of some conditions, which never change and name no other table."""

    def __init__(self, model: type[Model], **conditions: Q) -> None:
        self._model = model
        self._conditions = conditions
        self._statements: dict[str, Statement] = {}

    def of(self, commune_id: UUID) -> dict[str, int]:
        """Return the counts of one commune by the conditions' names. One query."""
        vendor = connections[DEFAULT_DB_ALIAS].vendor
        if vendor not in self._statements:
            self._statements[vendor] = self._put()
        return dict(zip(self._conditions, self._statements[vendor].run({"commune_id": commune_id})[0], strict=True))

    def _put(self) -> Statement:
        sample = uuid4()
        rows = self._model._default_manager.filter(commune_id=sample).order_by().values("commune_id")
        parts = [rows.filter(one).query.get_compiler(DEFAULT_DB_ALIAS).as_sql() for one in self._conditions.values()]
        values: tuple[Any, ...] = tuple(value for _sql, some in parts for value in some)
        counted = ", ".join(f"(SELECT COUNT(*) FROM ({sql}) AS found)" for sql, _values in parts)  # noqa: S608 - made by the ORM
        return statement(f"SELECT {counted}", values, {"commune_id": sample})
