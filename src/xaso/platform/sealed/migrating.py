"""For migrations that seal columns: the columns first, then the rows in pieces, each migration whole by itself.

A migration with `seal_rows` says `atomic = False`: each piece is a transaction, so that nobody waits for the database's write lock longer
than one takes, and a killed migration goes on where it was when it is run again.
"""

from collections.abc import Callable
from typing import Any

from django.db.migrations import AlterField

from xaso.platform.sealed.fields import SealedJSON
from xaso.platform.sealed.rewriting import rewrite_all


class SealColumn(AlterField):
    """Makes a column of text or a document sealed.

    SQLite would copy the whole table to change the name of a column's type, which means nothing to it; documents stay documents.
    """

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Lift PostgreSQL's limit of the text's length."""
        if schema_editor.connection.vendor != "sqlite" and not isinstance(self.field, SealedJSON):
            super().database_forwards(app_label, schema_editor, from_state, to_state)


def seal_rows(app: str, *names: str) -> Callable[[Any, Any], None]:
    """Return what seals the rows of these tables and fills their indexes; for `RunPython`."""

    def seal(apps: Any, _schema_editor: Any) -> None:
        for name in names:
            rewrite_all(apps.get_model(app, name))

    return seal
