"""The database with which each process of a test run begins holds its tables already."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests import fresh


def test_the_file_that_is_copied_has_all_migrations_in_it(tmp_path: Path) -> None:
    place = tmp_path / "copy.sqlite3"
    fresh.copy_sqlite(place)

    with closing(sqlite3.connect(place)) as database:
        applied = {app for (app,) in database.execute("SELECT app FROM django_migrations")}
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert {"dossiers", "people", "platform", "sessions"} <= applied
    assert {"dossiers_dossier", "people_citizen", "platform_storedfile"} <= tables
