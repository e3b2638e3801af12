"""What the dossier ends in: the result, its number, and how it reached the applicant."""

from django.db import models

from xaso.kernel.identifiers import uuid7
from xaso.platform.sealed import SealedJSON


class ResultNumber(models.Model):
    """A number of a series, reserved in the act of signing. `void` is a gap that is reported, never a number used again."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    commune = models.ForeignKey("people.Commune", on_delete=models.PROTECT)
    series = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="result_numbers")
    state = models.CharField(max_length=10)
    reserved_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["commune", "series", "year", "number"], name="one_result_number")]


class Result(models.Model):
    """The prepared and then signed result; or the one that another system issued, with its number and file."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    dossier = models.OneToOneField("dossiers.Dossier", on_delete=models.PROTECT, related_name="result")
    fields = SealedJSON(default=dict)
    prepared_at = models.DateTimeField()
    prepared_by = models.CharField(max_length=200)
    number = models.CharField(max_length=60, default="")
    file = models.ForeignKey("platform.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True)
    signed_by = models.CharField(max_length=200, default="")
    signer_title = models.CharField(max_length=200, default="")
    issued_elsewhere = models.BooleanField(default=False)
    token = models.CharField(max_length=32, unique=True)


class Handover(models.Model):
    """How the result was given: to whom, against which paper, and that they signed for it."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    dossier = models.OneToOneField("dossiers.Dossier", on_delete=models.PROTECT, related_name="handover")
    method = models.CharField(max_length=10)
    recipient_name = models.CharField(max_length=200)
    shown_paper = models.CharField(max_length=200, default="")
    signed_for = models.BooleanField(default=False)
    at = models.DateTimeField()
    given_by = models.CharField(max_length=200)
