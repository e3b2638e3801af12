"""A reference whose column another index begins with needs none of its own: each index is one page more that a new row writes."""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import AlterField
from django.db.migrations.state import ProjectState


class WithoutOwnIndex(AlterField):
    """A migration step that takes away a reference's own index by its name, where Django would have SQLite copy the whole table.

    A copy would also lose the triggers by which the table is append-only. `field` is the reference with `db_index=False`.
    """

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Drop the index."""
        model = from_state.apps.get_model(app_label, self.model_name)
        column = model._meta.get_field(self.name).column
        connection = schema_editor.connection
        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(cursor, model._meta.db_table)
        for name, facts in found.items():
            if facts["columns"] == [column] and facts["index"] and not facts["unique"] and not facts["primary_key"]:
                schema_editor.execute(f"DROP INDEX {schema_editor.quote_name(name)}")

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Make the index again."""
        model: Any = to_state.apps.get_model(app_label, self.model_name)
        schema_editor.execute(schema_editor._create_index_sql(model, fields=[model._meta.get_field(self.name)]))  # type: ignore[attr-defined]
