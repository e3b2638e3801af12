"""Addresses of messages, phones of calls and of SMS to the commune become sealed columns, found by indexes."""

from django.db import migrations, models

from xaso.platform.sealed.fields import BlindIndex, SealedText
from xaso.platform.sealed.migrating import SealColumn


class Migration(migrations.Migration):
    dependencies = [("notices", "0004_calls")]

    operations = [
        migrations.RemoveIndex("incoming", "incoming_phone"),
        SealColumn("message", "address", SealedText(max_length=254)),
        SealColumn("call", "phone", SealedText(max_length=15)),
        SealColumn("incoming", "phone", SealedText(max_length=40)),
        migrations.AddField("message", "address_blind", BlindIndex(of="address", kind="folded")),
        migrations.AddField("call", "phone_blind", BlindIndex(of="phone", kind="phone")),
        migrations.AddField("incoming", "phone_blind", BlindIndex(of="phone", kind="full")),
        migrations.AddIndex("message", models.Index(fields=["address_blind", "created_at"], name="message_address")),
        migrations.AddIndex("incoming", models.Index(fields=["commune_id", "phone_blind", "received_at"], name="incoming_phone")),
    ]
