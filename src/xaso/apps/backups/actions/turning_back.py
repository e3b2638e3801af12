"""The database as it was before an upgrade: kept on this machine, put back when the new release fails.

Not a backup: it is not sealed, holds no files (an upgrade adds contents, it changes none) and leaves this machine only inside one.
The service is stopped while either runs.
"""

import shutil
from pathlib import Path

from django.db import connection

from xaso.apps.backups import place
from xaso.apps.backups.databases import database_here
from xaso.apps.backups.pace import refusal_of
from xaso.kernel.errors import Refusal
from xaso.platform.files.store import flush_folder

COPY = "database"


def keep_database(folder: Path) -> int:
    """Copy the database into a new folder; returns the copy's bytes. Raises Refusal; then the folder is gone again."""
    try:
        database_here().require_own()
        folder.mkdir(parents=True, mode=0o700)
        snapshot = database_here().snapshot(folder)
        flush_folder(folder)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise refusal_of(error, place.data_dir()) from error
    except Refusal:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return snapshot.path.stat().st_size


def put_back_database(folder: Path) -> None:
    """Replace the database by the copy. The copy stays until the caller removes it, so that a cut in between is made good by repeating.

    Raises Refusal `backups.file_missing`, `backups.database_failed`, `backups.disk_full`.
    """
    copy = folder / COPY
    if not copy.is_file():
        raise Refusal("backups.file_missing", file=str(copy))
    used_up = folder / "putting-back"
    try:
        shutil.copyfile(copy, used_up)
        database = database_here()
        connection.close()
        database.clear()
        database.restore(used_up)
    except OSError as error:
        raise refusal_of(error, place.data_dir()) from error
