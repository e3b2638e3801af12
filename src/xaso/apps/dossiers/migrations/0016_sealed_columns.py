"""Number and telephone of who applies, what she answered, and what papers say become sealed columns; what must be found gets an index."""

from django.db import migrations, models

from xaso.platform.sealed.fields import BlindIndex, SealedJSON, SealedText
from xaso.platform.sealed.migrating import SealColumn


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0015_signing_rounds")]

    operations = [
        migrations.RemoveIndex("dossier", "dossier_phone"),
        migrations.RemoveIndex("dossier", "dossier_number"),
        SealColumn("dossier", "applicant_personal_number", SealedText(max_length=12)),
        SealColumn("dossier", "applicant_phone", SealedText(max_length=15)),
        SealColumn("dossier", "representative", SealedJSON(default=dict)),
        SealColumn("dossier", "answers", SealedJSON(default=dict)),
        SealColumn("dossier", "fee", SealedJSON(default=dict)),
        SealColumn("result", "fields", SealedJSON(default=dict)),
        SealColumn("slip", "data", SealedJSON()),
        SealColumn("reading", "pages", SealedJSON(default=list)),
        SealColumn("draft", "applicant", SealedJSON(default=dict)),
        SealColumn("draft", "answers", SealedJSON(default=dict)),
        migrations.AddField("dossier", "applicant_personal_number_blind", BlindIndex(of="applicant_personal_number", kind="full")),
        migrations.AddField("dossier", "applicant_phone_blind", BlindIndex(of="applicant_phone", kind="phone")),
        migrations.AddField("draft", "applicant_number_blind", BlindIndex(of="applicant", kind="full", part="personal_number")),
        migrations.AddIndex("dossier", models.Index(fields=["commune", "applicant_phone_blind"], name="dossier_phone")),
        migrations.AddIndex("dossier", models.Index(fields=["commune", "applicant_personal_number_blind"], name="dossier_number")),
    ]
