"""Numbers, telephones and ethnicity of citizens, telephones of accounts become sealed columns, with indexes by which they are found."""

from django.db import migrations, models

from xaso.platform.sealed.fields import BlindIndex, SealedText
from xaso.platform.sealed.migrating import SealColumn


class Migration(migrations.Migration):
    dependencies = [("people", "0009_desk_lock")]

    operations = [
        migrations.RemoveIndex("citizen", "citizen_number"),
        migrations.RemoveIndex("citizen", "citizen_phone"),
        SealColumn("citizen", "personal_number", SealedText(max_length=12)),
        SealColumn("citizen", "phone", SealedText(max_length=15)),
        SealColumn("citizen", "ethnicity", SealedText(max_length=40)),
        SealColumn("account", "phone", SealedText(blank=True, max_length=15)),
        migrations.AddField("citizen", "personal_number_blind", BlindIndex(of="personal_number", kind="full")),
        migrations.AddField("citizen", "personal_number_last4", BlindIndex(of="personal_number", kind="last4")),
        migrations.AddField("citizen", "phone_blind", BlindIndex(of="phone", kind="phone")),
        migrations.AddIndex("citizen", models.Index(fields=["commune", "personal_number_blind"], name="citizen_number")),
        migrations.AddIndex("citizen", models.Index(fields=["commune", "personal_number_last4"], name="citizen_last4")),
        migrations.AddIndex("citizen", models.Index(fields=["commune", "phone_blind"], name="citizen_phone")),
    ]
