"""Slips given to people: forms 01 to 05."""

from django.db import models

from xaso.kernel.identifiers import uuid7
from xaso.platform.sealed import SealedJSON


class Slip(models.Model):
    """A numbered form as it was issued: `data` is all that it printed, so that it prints the same in ten years."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="slips")
    form = models.CharField(max_length=2)
    number = models.PositiveIntegerField()
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=200)
    token = models.CharField(max_length=32, unique=True)
    data = SealedJSON()

    class Meta:
        ordering = ["issued_at"]
