"""When a program's token was used last."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("platform", "0005_keys_without_own_index")]

    operations = [
        migrations.AddField("apitoken", "last_used_at", models.DateTimeField(null=True)),
    ]
