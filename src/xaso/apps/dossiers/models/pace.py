"""How long the steps of a procedure usually take in a commune, reckoned once a day from finished dossiers."""

from django.db import models

from xaso.kernel.identifiers import uuid7


class StepPace(models.Model):
    """The usual office time of one step of one procedure, with the number of finished dossiers it was taken from."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    commune = models.ForeignKey("people.Commune", on_delete=models.CASCADE)
    procedure_code = models.CharField(max_length=30)
    stage = models.CharField(max_length=30)
    usual_seconds = models.PositiveIntegerField()
    dossiers = models.PositiveIntegerField()
    reckoned_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["commune", "procedure_code", "stage"], name="one_pace_a_step")]
