"""What was in clear is sealed, some hundred rows a transaction. Killed in the middle, it goes on where it was."""

from django.db import migrations

from xaso.platform.sealed.migrating import seal_rows


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("rights", "0007_sealed_texts")]

    operations = [migrations.RunPython(seal_rows("rights", "DataRequest", "RequestStep", "Breach", "BreachStep"))]
