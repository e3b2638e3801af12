"""Procedures, their versions, and what a commune decided for itself."""

from django.conf import settings
from django.db import models

from xaso.kernel.identifiers import uuid7


class Procedure(models.Model):
    """A public procedure by its national code."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=20, unique=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.code


class ProcedureVersion(models.Model):
    """What a file of the catalogue said when it was loaded, whole and for ever. A changed file is a new row; dossiers pin theirs.

    Of rows with the same `valid_from` the last loaded one counts for new dossiers, unless it is retired: its file is gone from the folder
    (`origin`) that it came from.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="versions")
    digest = models.CharField(max_length=64)
    document = models.JSONField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    loaded_at = models.DateTimeField()
    origin = models.CharField(max_length=500)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["procedure", "valid_from"], name="version_by_day")]


class CommuneOverride(models.Model):
    """What a commune set for itself, from a day on: a channel's filing place, the issuer, or the province's amount of a fee.

    Rows are never changed: a later one takes the place of an earlier one. `value` is a place or an issuer, empty to return to the law's;
    `fee_id` and `amount_vnd` belong to a fee.
    """

    KINDS = ("filing_place", "issuer", "provincial_fee")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    commune = models.ForeignKey("people.Commune", on_delete=models.CASCADE, related_name="+")
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="overrides")
    kind = models.CharField(max_length=20)
    channel = models.CharField(max_length=10, default="")
    fee_id = models.CharField(max_length=40, default="")
    value = models.CharField(max_length=20, default="")
    amount_vnd = models.PositiveIntegerField(null=True)
    valid_from = models.DateField()
    decision = models.CharField(max_length=200, default="")
    source = models.CharField(max_length=300, default="")
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["commune", "procedure", "kind"], name="override_by_kind")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="provincial_fee", amount_vnd__isnull=False)
                | models.Q(kind__in=["filing_place", "issuer"], amount_vnd=None),
                name="override_amount_for_fees_only",
            )
        ]


class CatalogueStamp(models.Model):
    """One row that changes whenever versions or overrides do, so that each process can tell cheaply whether it knows the latest."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    value = models.UUIDField(default=uuid7)
