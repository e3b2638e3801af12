"""Procedures, their versions, and what a commune decided for itself."""

from django.conf import settings
from django.db import models

from xaso.kernel.identifiers import uuid7

NATIONAL = "national"
"""The origin of versions that were imported from the national database; those of the catalogue name their folder."""


class Procedure(models.Model):
    """A public procedure by its national code."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=20, unique=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.code


class ProcedureVersion(models.Model):
    """What a file of the catalogue, or an approved edition of the national database, said; whole and for ever. Dossiers pin theirs.

    Of rows with the same `valid_from` the last loaded one counts for new dossiers, unless it is retired: its file is gone from the folder
    (`origin`) that it came from. While a procedure has a version of the catalogue that is not retired, its national ones don't count.
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


class NationalEdition(models.Model):
    """An edition of the national database that was read from a file and waits, or was approved or set aside by an administrator.

    `counts` says how many of its records are what (see `NationalRecord.change`) and how many hold something that could not be read.
    """

    STATES = ("waiting", "approved", "set_aside")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    digest = models.CharField(max_length=64)
    file_name = models.CharField(max_length=200)
    as_of = models.DateField(null=True)
    state = models.CharField(max_length=10, default="waiting")
    counts = models.JSONField(default=dict)
    imported_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["state"], condition=models.Q(state="waiting"), name="one_edition_waits")]


class SentEdition(models.Model):
    """A file that an administrator sent to be read as an edition. At most one is `reading` at a time, from its arrival to its outcome.

    `step`, `done` and `total` say how far the worker is (bytes, then records); while it works, `leased_until` is ahead. `refusal` holds
    why the file was refused: `code` and `params`.
    """

    STATES = ("reading", "read", "refused", "failed")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveIntegerField()
    as_of = models.DateField(null=True)
    state = models.CharField(max_length=10, default="reading")
    step = models.CharField(max_length=10, default="")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    refusal = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    edition = models.ForeignKey(NationalEdition, null=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["state"], condition=models.Q(state="reading"), name="one_sent_edition_is_read")]


class NationalRecord(models.Model):
    """A line of an edition against what counted when it was read; never changed. `document` is there for what may become a version.

    An unread line has its number, why it is unread in `name` and its beginning in `document`; a withdrawn procedure has no line.
    """

    CHANGES = ("new", "changed", "same", "curated", "withdrawn", "unread")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    edition = models.ForeignKey(NationalEdition, on_delete=models.CASCADE, related_name="records")
    line = models.PositiveIntegerField(null=True)
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=1000)
    change = models.CharField(max_length=10)
    digest = models.CharField(max_length=64, default="")
    document = models.JSONField(null=True)
    doubts = models.JSONField(default=list)
    differences = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["edition", "change", "code"], name="record_by_change")]


class CommuneOverride(models.Model):
    """What a commune set for itself, from a day on: a channel's filing place, the issuer, a level of identity, the province's fee,
    or the term of a channel for which the national database prints none that can be read.

    Rows are never changed: a later one takes the place of an earlier one. `value` is a place, an issuer, a level, or a term as
    "10 working_day", empty to return to the law's; `fee_id` and `amount_vnd` belong to a fee, `checked_on` to a term.
    """

    KINDS = ("filing_place", "issuer", "identity_level", "provincial_fee", "term")

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
    checked_on = models.DateField(null=True)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["commune", "procedure", "kind"], name="override_by_kind")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="provincial_fee", amount_vnd__isnull=False)
                | models.Q(kind__in=["filing_place", "issuer", "identity_level", "term"], amount_vnd=None),
                name="override_amount_for_fees_only",
            )
        ]


class CatalogueStamp(models.Model):
    """One row that changes whenever versions or overrides do, so that each process can tell cheaply whether it knows the latest."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    value = models.UUIDField(default=uuid7)
