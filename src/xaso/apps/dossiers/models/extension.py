"""Apologies for an answer that comes later than promised (form 04), and the day that was promised instead."""

from django.db import models

from xaso.kernel.identifiers import uuid7


class Extension(models.Model):
    """One apology: the due date that was on record, the new one, and why.

    `moves_due` tells that it came in time and moved the legal due date; a belated one only promises a day, and the dossier stays late.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="extensions")
    slip = models.ForeignKey("dossiers.Slip", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    old_due_at = models.DateTimeField()
    new_due_at = models.DateTimeField()
    moves_due = models.BooleanField()
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        ordering = ["at", "id"]
