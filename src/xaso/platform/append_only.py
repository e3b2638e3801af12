"""Makes a table append-only in the database itself: triggers that refuse UPDATE and DELETE, for SQLite and PostgreSQL."""

from collections.abc import Callable
from typing import Any

from django.db.migrations import RunPython

_SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;
"""

_POSTGRESQL = """
CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$;
CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_append_only();
"""

_UNDO_POSTGRESQL = "DROP TRIGGER {table}_no_change ON {table}; DROP FUNCTION {table}_append_only();"


def append_only(table: str) -> RunPython:
    """Return a migration step that lets rows of the table be inserted and never changed."""
    return RunPython(_protect(table), _unprotect(table))


def _protect(table: str) -> Callable[[Any, Any], None]:
    def run(_apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "sqlite":
            for verb in ("UPDATE", "DELETE"):
                schema_editor.execute(_SQLITE.format(table=table, verb=verb))
        else:
            schema_editor.execute(_POSTGRESQL.format(table=table))

    return run


def _unprotect(table: str) -> Callable[[Any, Any], None]:
    def run(_apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "sqlite":
            for verb in ("UPDATE", "DELETE"):
                schema_editor.execute(f"DROP TRIGGER {table}_no_{verb}")
        else:
            schema_editor.execute(_UNDO_POSTGRESQL.format(table=table))

    return run
