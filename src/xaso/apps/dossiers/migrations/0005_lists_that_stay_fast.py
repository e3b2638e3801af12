"""Indexes for what officials open most, so that it stays fast as the years go by; those that no question uses go.

The columns that refer to other tables each had an index of their own beside the one that begins with them. Dropping it by name leaves the
table as it is: SQLite would copy all of it to change a column.
"""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

OWN_INDEX = ("commune_id", "version_id", "citizen_id", "village_id", "assignee_id")


def _drop_own_indexes(apps: Any, schema_editor: Any) -> None:
    table = apps.get_model("dossiers", "Dossier")._meta.db_table
    with schema_editor.connection.cursor() as cursor:
        found = schema_editor.connection.introspection.get_constraints(cursor, table)
    for name, facts in found.items():
        if facts["index"] and not facts["unique"] and not facts["primary_key"] and tuple(facts["columns"]) in {(one,) for one in OWN_INDEX}:
            schema_editor.execute(f"DROP INDEX {schema_editor.quote_name(name)}")


def _make_own_indexes(apps: Any, schema_editor: Any) -> None:
    model = apps.get_model("dossiers", "Dossier")
    for column in OWN_INDEX:
        field = next(one for one in model._meta.local_fields if one.column == column)
        schema_editor.execute(schema_editor._create_index_sql(model, fields=[field]))


def _refers_to(model: str, **options: Any) -> Any:
    return models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=model, **options)


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0004_not_duplicate"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(_drop_own_indexes, _make_own_indexes)],
            state_operations=[
                migrations.AlterField("dossier", "commune", _refers_to("people.commune")),
                migrations.AlterField("dossier", "version", _refers_to("procedures.procedureversion")),
                migrations.AlterField("dossier", "citizen", _refers_to("people.citizen", null=True, related_name="+")),
                migrations.AlterField("dossier", "village", _refers_to("people.village", null=True, related_name="+")),
                migrations.AlterField("dossier", "assignee", _refers_to(settings.AUTH_USER_MODEL, null=True, related_name="+")),
            ],
        ),
        migrations.RemoveIndex("dossier", "dossier_work"),
        migrations.RemoveIndex("dossier", "dossier_name"),
        migrations.RemoveIndex("dossier", "dossier_delivery"),
        migrations.AddIndex("dossier", models.Index(fields=["commune", "state", "-submitted_at"], name="dossier_state")),
        migrations.AddIndex("dossier", models.Index(fields=["commune", "money_state", "state"], name="dossier_money")),
        migrations.AddIndex("dossier", models.Index(fields=["commune", "delivery_state", "-submitted_at"], name="dossier_given")),
        migrations.AddIndex(
            "dossier", models.Index(fields=["commune", "solved_at"], condition=models.Q(solved_at__isnull=False), name="dossier_solved")
        ),
        migrations.AddIndex("dossier", models.Index(fields=["village", "-submitted_at"], name="dossier_village")),
        migrations.AddIndex(
            "dossier",
            models.Index(
                fields=["commune", "applicant_folded", "-submitted_at", "id"],
                opclasses=["uuid_ops", "varchar_pattern_ops", "timestamptz_ops", "uuid_ops"],
                name="dossier_begins",
            ),
        ),
        migrations.AddIndex("dossier", models.Index(fields=["commune", "applicant_phone"], name="dossier_phone")),
        migrations.AddIndex("dossier", models.Index(fields=["commune", "applicant_personal_number"], name="dossier_number")),
    ]
