"""Comparisons that the ORM lacks."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField
from django.db.models.lookups import StartsWith
from django.db.models.sql.compiler import SQLCompiler

LAST_CHARACTER = "\U0010ffff"


class Begins(StartsWith):
    """`field__begins`: the text begins so, letter for letter. Other than `startswith`, SQLite answers it from an index.

    There it is a range in the order of code points; PostgreSQL takes the pattern, which an index of `varchar_pattern_ops` serves.
    """

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """Compare with both ends of the range."""
        field, values = self.process_lhs(compiler, connection)
        return f"({field} >= %s AND {field} < %s)", (*values, self.rhs, *values, f"{self.rhs}{LAST_CHARACTER}")


CharField.register_lookup(Begins, "begins")
