"""Phones of who asks about her data become a sealed column."""

from django.db import migrations

from xaso.platform.sealed.fields import SealedText
from xaso.platform.sealed.migrating import SealColumn


class Migration(migrations.Migration):
    dependencies = [("rights", "0003_retention")]

    operations = [
        SealColumn("datarequest", "phone", SealedText(max_length=15)),
    ]
