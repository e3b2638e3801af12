"""What a machine read off a paper, and what a person confirmed of it."""

from django.db import models

from xaso.kernel.identifiers import uuid7
from xaso.platform.sealed import SealedJSON


class Reading(models.Model):
    """The reading of one attachment, page by page. `pages` holds the lines of each page that was read.

    Nothing of it counts until a person has looked: `Finding` keeps each string with digits, which that person confirms or leaves out.
    `reusable` is that person's word that the paper serves later filings too, to the end of `valid_until` where one stands on it;
    `result_code` is the national code of the result that the paper is, empty while unknown.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    attachment = models.OneToOneField("dossiers.Attachment", on_delete=models.PROTECT, related_name="reading")
    state = models.CharField(max_length=10, default="waiting")
    pages_count = models.PositiveSmallIntegerField(default=0)
    pages = SealedJSON(default=list)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=200)
    leased_until = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=200, default="")
    reusable = models.BooleanField(default=False)
    valid_until = models.DateField(null=True)
    result_code = models.CharField(max_length=20, default="")
    signed_copy = models.ForeignKey("platform.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["asked_at"], condition=models.Q(state__in=("waiting", "reading")), name="reading_waiting")]


class Finding(models.Model):
    """A string that stands on the paper: with digits as the machine read it beside its picture, or a name that a person typed.

    `value` is what the person confirmed, empty until then and for what was left out; `folded` is how it is found.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="findings")
    commune = models.ForeignKey("people.Commune", on_delete=models.PROTECT, db_index=False)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="+")
    page = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    read = models.CharField(max_length=200)
    picture = models.BinaryField(default=bytes)
    value = models.CharField(max_length=200, default="")
    folded = models.CharField(max_length=200, default="")

    class Meta:
        ordering = ["page", "number"]
        indexes = [
            models.Index(fields=["commune", "folded"], opclasses=["uuid_ops", "varchar_pattern_ops"], name="finding_begins"),
        ]
