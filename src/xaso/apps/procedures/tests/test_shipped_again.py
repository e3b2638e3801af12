"""What the builder of all rooms' tests puts into the tables: each time what loading the files puts there."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction

from xaso.apps.procedures import testing
from xaso.apps.procedures.actions.load import load_catalogue
from xaso.apps.procedures.models import Procedure, ProcedureVersion

pytestmark = pytest.mark.django_db
TABLES = (Procedure._meta.db_table, ProcedureVersion._meta.db_table)
KIND = "pg_typeof" if connection.vendor == "postgresql" else "typeof"


def stored(table: str) -> list[Any]:
    """Return the rows as text beside the kind that the database gives each value, without what each loading makes anew."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} LIMIT 0")
        columns = [column[0] for column in cursor.description if column[0] not in {"id", "procedure_id"}]
        shown = ", ".join(f"CAST({column} AS text), CAST({KIND}({column}) AS text)" for column in columns)
        cursor.execute(f"SELECT {shown} FROM {table} ORDER BY {', '.join(str(2 * number + 1) for number in range(len(columns)))}")
        return list(cursor.fetchall())


def test_the_catalogue_put_back_is_what_its_files_load_as() -> None:
    with transaction.atomic():
        load_catalogue(Path(settings.CATALOGUE_DIR), now=testing.LOADED_AT)
        loaded = [stored(table) for table in TABLES]
        transaction.set_rollback(True)
    for _ in range(2):
        with transaction.atomic():
            testing.catalogue()
            again = [stored(table) for table in TABLES]
            transaction.set_rollback(True)
        assert again == loaded
    assert len(loaded[0]) > 40
    assert len(loaded[1]) >= len(loaded[0])
