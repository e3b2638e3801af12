"""A request may be asked for somebody that a citizen acts for: a child, a parent."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0011_sealed_rows"), ("rights", "0008_sealed_text_rows")]

    operations = [
        migrations.AddField(
            model_name="datarequest",
            name="guardian",
            field=models.ForeignKey(
                db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.citizen"
            ),
        ),
        migrations.AddIndex(
            model_name="datarequest",
            index=models.Index(
                condition=models.Q(("guardian__isnull", False)), fields=["guardian", "-asked_at"], name="data_request_guardian"
            ),
        ),
    ]
