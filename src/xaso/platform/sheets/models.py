"""A large sheet that somebody asked for."""

from django.db import models

from xaso.kernel.identifiers import uuid7


class SheetJob(models.Model):
    """A sheet that the worker makes, for one account. `roles` are those held when it was asked for: they say what may be in it.

    The file lies in the data folder under the id until `ends_at`. While a worker writes, `leased_until` is ahead.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    commune_id = models.UUIDField()
    account_id = models.UUIDField()
    asked_by = models.CharField(max_length=200)
    roles = models.JSONField(default=list)
    source = models.CharField(max_length=60)
    query = models.TextField(default="")
    language = models.CharField(max_length=8, default="vi")
    state = models.CharField(max_length=10, default="waiting")
    rows_count = models.PositiveIntegerField(default=0)
    rows_written = models.PositiveIntegerField(default=0)
    size_bytes = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField()

    class Meta:
        app_label = "platform"
        indexes = [
            models.Index(fields=["asked_at"], condition=models.Q(done_at=None), name="sheet_waiting"),
            models.Index(fields=["account_id", "-asked_at"], name="sheet_of_account"),
        ]
