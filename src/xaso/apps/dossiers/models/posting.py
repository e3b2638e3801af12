"""A result on its way by public post."""

from django.db import models

from xaso.kernel.identifiers import uuid7


class Posting(models.Model):
    """One time a result was handed to the post: to whom, by whom, and what became of it (`outcome` empty, `delivered` or `returned`)."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="postings")
    tracking_number = models.CharField(max_length=40)
    recipient_name = models.CharField(max_length=200)
    address = models.CharField(max_length=300)
    area = models.CharField(max_length=200)
    posted_on = models.DateField()
    posted_by = models.CharField(max_length=200)
    outcome = models.CharField(max_length=10, default="")
    outcome_on = models.DateField(null=True)
    outcome_by = models.CharField(max_length=200, default="")
    note = models.CharField(max_length=300, default="")

    class Meta:
        ordering = ["posted_on", "id"]
