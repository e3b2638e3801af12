"""Days on which this commune's office works otherwise than the national calendar says."""

from django.db import models

from xaso.apps.people.models.commune import Commune
from xaso.kernel.identifiers import uuid7


class LocalDay(models.Model):
    """A day off of the commune's own (`off`), or a day worked in exchange (`worked`), with its ground. Removed ones stay as a record."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    commune = models.ForeignKey(Commune, on_delete=models.PROTECT, related_name="local_days")
    day = models.DateField()
    kind = models.CharField(max_length=6)
    ground = models.CharField(max_length=200)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=200)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["commune", "day"], condition=models.Q(removed_at=None), name="one_local_day")]
