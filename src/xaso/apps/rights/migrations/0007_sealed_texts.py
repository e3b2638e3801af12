"""What people ask, what they are answered, and what is told of a breach become sealed columns."""

from django.db import migrations

from xaso.platform.sealed.fields import SealedText
from xaso.platform.sealed.migrating import SealColumn


class Migration(migrations.Migration):
    dependencies = [("rights", "0006_breaches")]

    operations = [
        SealColumn("datarequest", "words", SealedText(max_length=2000)),
        SealColumn("datarequest", "extended_why", SealedText(max_length=1000)),
        SealColumn("datarequest", "answer", SealedText(max_length=4000)),
        SealColumn("requeststep", "note", SealedText(max_length=4000)),
        SealColumn("breach", "what", SealedText(max_length=4000)),
        SealColumn("breach", "data_kinds", SealedText(max_length=2000)),
        SealColumn("breach", "consequences", SealedText(max_length=4000)),
        SealColumn("breach", "measures", SealedText(max_length=4000)),
        SealColumn("breach", "words_to_people", SealedText(max_length=2000)),
        SealColumn("breach", "end_words", SealedText(max_length=4000)),
        SealColumn("breachstep", "note", SealedText(max_length=4000)),
    ]
