"""The append-only record of every change: who, what, when, from where; and the chain that seals it.

The database refuses to update or delete entries and links.
"""

from django.db import models

from xaso.kernel.identifiers import uuid7


class AuditEntry(models.Model):
    """One act. Plain values only, so that the entry still reads when what it names is gone."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    commune_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200)
    post_title = models.CharField(max_length=200, default="")
    verb = models.CharField(max_length=80)
    subject = models.CharField(max_length=120)
    detail = models.JSONField(default=dict)
    address = models.CharField(max_length=64, default="")
    channel = models.CharField(max_length=10)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "at"], name="audit_subject"),
            models.Index(fields=["commune_id", "at"], name="audit_commune"),
        ]


class UnsealedEntry(models.Model):
    """An entry that waits to be sealed. The database itself writes the row with the entry; the sealer takes it away with the link.

    `chain` is the commune's id, or the nil UUID for what belongs to no commune.
    """

    entry_id = models.UUIDField(primary_key=True)
    chain = models.UUIDField()


class AuditChain(models.Model):
    """The head of a chain: how many links it has and the digest of the last one. Who seals holds this row."""

    chain = models.UUIDField(primary_key=True)
    links = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64)


class AuditLink(models.Model):
    """A place in a chain, see `chain.py`. It points at its entry without a foreign key: it still tells of an entry that is gone."""

    entry_id = models.UUIDField(primary_key=True)
    chain = models.UUIDField()
    number = models.PositiveBigIntegerField()
    sealed_at = models.DateTimeField()
    content = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="one_link_a_place")]


class LookQuestion(models.Model):
    """A person's question about one entry of the record that concerns her, and the commune's answer; `due_on` is its last day."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    commune_id = models.UUIDField()
    entry = models.ForeignKey(AuditEntry, on_delete=models.PROTECT, related_name="questions", db_constraint=False)
    """Without a constraint in the database: entries are never removed, and the record's table answers to its own triggers alone."""
    citizen_id = models.UUIDField()
    asked_at = models.DateTimeField()
    question = models.CharField(max_length=1000)
    due_on = models.DateField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=200, default="")
    answered_post = models.CharField(max_length=200, default="")
    answer = models.CharField(max_length=2000, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "citizen_id"], name="one_question_an_entry")]
        indexes = [models.Index(fields=["commune_id", "due_on"], condition=models.Q(answered_at=None), name="look_question_open")]
