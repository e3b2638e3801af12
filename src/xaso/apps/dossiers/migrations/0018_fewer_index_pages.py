"""A new dossier writes only the indexes by which it can be found: none for what it does not have, and one of its steps instead of two.

Times rise in an index, so that what is new stands at the end of its group. At the beginning SQLite has to share out a full page among its
neighbours nearly every time. Both databases read an index backwards as fast as forwards.
"""

import django.db.models.deletion
from django.db import migrations, models

from xaso.platform.reference_indexes import WithoutOwnIndex


def _anew(index: models.Index) -> list[migrations.RemoveIndex | migrations.AddIndex]:
    return [migrations.RemoveIndex("dossier", index.name), migrations.AddIndex("dossier", index)]


def _where_given(name: str, fields: list[str], column: str) -> list[migrations.RemoveIndex | migrations.AddIndex]:
    return _anew(models.Index(fields=fields, condition=models.Q(**{f"{column}__isnull": False}), name=name))


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0017_sealed_rows")]

    operations = [
        *_where_given("dossier_phone", ["commune", "applicant_phone_blind"], "applicant_phone_blind"),
        *_where_given("dossier_number", ["commune", "applicant_personal_number_blind"], "applicant_personal_number_blind"),
        *_where_given("dossier_citizen", ["citizen", "submitted_at"], "citizen"),
        *_where_given("dossier_assignee", ["assignee", "state"], "assignee"),
        *_anew(models.Index(fields=["commune", "submitted_at"], name="dossier_register")),
        *_anew(models.Index(fields=["commune", "state", "submitted_at"], name="dossier_state")),
        *_anew(models.Index(fields=["commune", "delivery_state", "submitted_at"], name="dossier_given")),
        *_anew(models.Index(fields=["commune", "procedure_code", "submitted_at"], name="dossier_procedure")),
        *_anew(models.Index(fields=["village", "submitted_at"], name="dossier_village")),
        *_anew(
            models.Index(
                fields=["commune", "applicant_folded", "submitted_at", "id"],
                opclasses=["uuid_ops", "varchar_pattern_ops", "timestamptz_ops", "uuid_ops"],
                name="dossier_begins",
            )
        ),
        WithoutOwnIndex(
            "step",
            "dossier",
            models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="dossiers.dossier"
            ),
        ),
    ]
