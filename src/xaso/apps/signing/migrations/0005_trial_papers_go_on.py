"""Papers of a trial stopped at their time stamp; they get their evidence like others now."""

from datetime import timedelta

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F


def go_on(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the stamped papers that wait for nothing due a day after their stamp."""
    rows = apps.get_model("signing", "SignedPaper").objects.filter(level="B-T", next_at=None, stamped_at__isnull=False)
    rows.update(next_at=F("stamped_at") + timedelta(days=1))


class Migration(migrations.Migration):
    dependencies = [("signing", "0004_own_token")]

    operations = [migrations.RunPython(go_on, migrations.RunPython.noop)]
