"""Phones of appointments become a sealed column, found by an index."""

from django.db import migrations

from xaso.platform.sealed.fields import BlindIndex, SealedText
from xaso.platform.sealed.migrating import SealColumn


class Migration(migrations.Migration):
    dependencies = [("queue", "0001_initial")]

    operations = [
        SealColumn("appointment", "phone", SealedText(max_length=20)),
        migrations.AddField("appointment", "phone_blind", BlindIndex(of="phone", kind="phone")),
    ]
