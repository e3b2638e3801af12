"""Makes a table append-only in the database itself: triggers that refuse to change, replace or remove a row, for SQLite and PostgreSQL."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection
from django.db.migrations import RunPython

_SQLITE_CHANGE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;
"""

# INSERT OR REPLACE removes the row it replaces without asking the triggers of DELETE.
_SQLITE_REPLACE = """
CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}
WHEN EXISTS (SELECT 1 FROM {table} WHERE rowid = NEW.rowid) {same_keys}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;
"""
_SQLITE_SAME_KEY = "OR EXISTS (SELECT 1 FROM {table} WHERE {same})"
_SQLITE_TRIGGERS = ("no_UPDATE", "no_DELETE", "no_replace")
_SQLITE_FOUND = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"

# An empty table may be truncated: nothing is lost by it.
_POSTGRESQL = """
CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
IF TG_OP <> 'TRUNCATE' OR EXISTS (SELECT 1 FROM {table}) THEN RAISE EXCEPTION '{table} is append-only'; END IF;
RETURN NULL;
END $$;
CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_append_only();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only();
"""

_POSTGRESQL_TRIGGERS = ("no_change", "no_truncate")
_POSTGRESQL_FOUND = "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled IN ('O', 'A')"

_UNDO_POSTGRESQL = """
DROP TRIGGER {table}_no_truncate ON {table}; DROP TRIGGER {table}_no_change ON {table}; DROP FUNCTION {table}_append_only();
"""


def append_only(table: str, *keys: Sequence[str], primary: str = "id") -> RunPython:
    """Return a migration step that lets rows of the table be inserted and never changed.

    `keys` are the columns that make a row unique, beside the `primary` one.
    """
    return RunPython(_protect(table, [(primary,), *keys]), _unprotect(table))


def is_append_only(table: str) -> bool:
    """Tell whether the database still refuses to change and remove rows: nobody took the table's triggers away or switched them off."""
    wanted = _SQLITE_TRIGGERS if connection.vendor == "sqlite" else _POSTGRESQL_TRIGGERS
    found = _SQLITE_FOUND if connection.vendor == "sqlite" else _POSTGRESQL_FOUND
    with connection.cursor() as cursor:
        cursor.execute(found, [table])
        return {f"{table}_{trigger}" for trigger in wanted} <= {row[0] for row in cursor.fetchall()}


def _protect(table: str, keys: Sequence[Sequence[str]]) -> Callable[[Any, Any], None]:
    def run(_apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "sqlite":
            for verb in ("UPDATE", "DELETE"):
                schema_editor.execute(_SQLITE_CHANGE.format(table=table, verb=verb))
            schema_editor.execute(_SQLITE_REPLACE.format(table=table, same_keys=" ".join(_same_key(table, key) for key in keys)))
        else:
            schema_editor.execute(_POSTGRESQL.format(table=table))

    return run


def _same_key(table: str, columns: Sequence[str]) -> str:
    return _SQLITE_SAME_KEY.format(table=table, same=" AND ".join(f"{column} = NEW.{column}" for column in columns))


def _unprotect(table: str) -> Callable[[Any, Any], None]:
    def run(_apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "sqlite":
            for trigger in _SQLITE_TRIGGERS:
                schema_editor.execute(f"DROP TRIGGER {table}_{trigger}")
        else:
            schema_editor.execute(_UNDO_POSTGRESQL.format(table=table))

    return run
