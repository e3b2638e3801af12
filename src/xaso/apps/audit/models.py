"""The append-only record of every change: who, what, when, from where. The database refuses to update or delete its rows."""

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
