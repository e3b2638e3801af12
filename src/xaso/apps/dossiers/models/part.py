"""What other offices decide on the same filing."""

from django.db import models

from xaso.kernel.identifiers import uuid7


class DossierPart(models.Model):
    """A part of an interlinked dossier, tracked by hand: its own state, the code and the result that its office gave.

    Name and office stand in the version that the dossier pins; each move is a step of the dossier.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="parts")
    part_id = models.CharField(max_length=40)
    place = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10)
    official_code = models.CharField(max_length=60, default="")
    note = models.CharField(max_length=500, default="")
    changed_on = models.DateField()

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["dossier", "part_id"], name="one_part_a_dossier")]
        indexes = [models.Index(fields=["state"], condition=models.Q(state__in=("waiting", "sent", "accepted")), name="part_open")]
