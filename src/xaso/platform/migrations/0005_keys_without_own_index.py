"""The key that a client sends is found by token and key together: an index of the token alone answers no question."""

import django.db.models.deletion
from django.db import migrations, models

from xaso.platform.reference_indexes import WithoutOwnIndex


class Migration(migrations.Migration):
    dependencies = [("platform", "0004_file_checks")]

    operations = [
        WithoutOwnIndex(
            "idempotencykey",
            "token",
            models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to="platform.apitoken"),
        ),
    ]
