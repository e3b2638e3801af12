"""The register is put in order by name as Vietnamese do, and by due date, from indexes: no order looks at all rows."""

from typing import Any

from django.db import migrations, models

from xaso.kernel.text import name_order

BATCH = 2_000


def _write_orders(apps: Any, schema_editor: Any) -> None:
    """Write the order of each name there is: once a name, in statements of many rows."""
    table = schema_editor.quote_name(apps.get_model("dossiers", "Dossier")._meta.db_table)
    orders: dict[str, str] = {}
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(f"SELECT id, applicant_name FROM {table}")
        rows = cursor.fetchall()
        for begin in range(0, len(rows), BATCH):
            values: list[Any] = []
            for row_id, name in rows[begin : begin + BATCH]:
                if name not in orders:
                    orders[name] = name_order(name)
                values += [row_id, orders[name]]
            places = ", ".join(["(%s, %s)"] * (len(values) // 2))
            cursor.execute(
                f"UPDATE {table} SET applicant_order = written.column2 FROM (VALUES {places}) AS written WHERE {table}.id = written.column1",
                values,
            )


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0012_post_charge")]

    operations = [
        migrations.AddField("dossier", "applicant_order", models.CharField(default="", max_length=180)),
        migrations.RunPython(_write_orders, migrations.RunPython.noop),
        migrations.AddIndex(
            "dossier", models.Index(fields=["commune", "applicant_order", "-submitted_at", "-id"], name="dossier_by_name")
        ),
        migrations.AddIndex("dossier", models.Index(fields=["commune", "due_at", "submitted_at", "id"], name="dossier_by_due")),
    ]
