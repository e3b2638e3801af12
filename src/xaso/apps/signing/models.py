"""Certificates of people and of agencies' seals, and the append-only record of what was signed with them."""

from django.db import models

from xaso.kernel.identifiers import uuid7


class Certificate(models.Model):
    """A certificate and where its private key lives. `kind` is `person`, which has an account, or `seal`, which is the commune's.

    `authority_state` is what the issuer says of it: good, revoked, untold, or empty while nobody was asked.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    kind = models.CharField(max_length=10)
    commune_id = models.UUIDField(null=True)
    account_id = models.UUIDField(null=True)
    subject = models.CharField(max_length=250)
    issuer = models.CharField(max_length=250)
    serial = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64, unique=True)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField()
    pem = models.TextField()
    chain_pem = models.TextField(default="")
    key_location = models.CharField(max_length=250)
    is_test = models.BooleanField(default=False)
    revoked_at = models.DateTimeField(null=True)
    authority_state = models.CharField(max_length=10, default="")
    authority_told_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["account_id", "valid_to"], name="certificate_of_account"),
            models.Index(fields=["commune_id", "kind", "valid_to"], name="certificate_of_commune"),
        ]


class OfferedCertificate(models.Model):
    """A certificate of an official's own token that she wants to sign with; it signs nothing until an administrator takes it into use.

    What is taken into use is a `Certificate` and an offer no more. A declined offer stays, with its `reason`, until she makes another one.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    commune_id = models.UUIDField()
    account_id = models.UUIDField(unique=True)
    subject = models.CharField(max_length=250)
    serial = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64, unique=True)
    pem = models.TextField()
    chain_pem = models.TextField()
    offered_at = models.DateTimeField()
    declined_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, default="")


class SignatureRecord(models.Model):
    """One signature that was made. The database refuses to change or delete it; `document_digest` is the SHA-256 of what it covers."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    kind = models.CharField(max_length=10)
    commune_id = models.UUIDField(null=True)
    account_id = models.UUIDField(null=True)
    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="signatures")
    name = models.CharField(max_length=200)
    reason = models.CharField(max_length=300)
    signed_at = models.DateTimeField()
    document_digest = models.CharField(max_length=64)
    evidence = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["document_digest"], name="signature_digest"),
            models.Index(fields=["account_id", "signed_at"], name="signature_account"),
        ]


class PendingSignature(models.Model):
    """A paper laid out but for the signature that its signer's own token is to make; it lives a few minutes and is erased.

    `subject`, `reference` and `mark` are the caller's, opaque: whose paper it is, what it holds for it, and how its matter stood.
    `room_start` and `room_end` are where the container goes; `attributes` what is to be signed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    commune_id = models.UUIDField()
    account_id = models.UUIDField()
    certificate = models.ForeignKey(Certificate, on_delete=models.CASCADE, related_name="+")
    subject = models.CharField(max_length=100, unique=True)
    reference = models.CharField(max_length=100)
    mark = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    reason = models.CharField(max_length=300)
    content = models.BinaryField()
    room_start = models.PositiveIntegerField()
    room_end = models.PositiveIntegerField()
    attributes = models.BinaryField()
    prepared_at = models.DateTimeField()
    ends_at = models.DateTimeField()


class SignedPaper(models.Model):
    """A signed file that somebody keeps, and how far the proof of its signatures' time is. `subject` is opaque: whose it is.

    `file` is the newest form of it: each stamp or piece of evidence is added in a further revision, kept as a file of its own.
    `next_at` is when something is to be added next, None when nothing is; `trouble` says why it could not be, after `tries` attempts.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    commune_id = models.UUIDField()
    subject = models.CharField(max_length=100)
    file = models.ForeignKey("platform.StoredFile", on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=10)
    is_test = models.BooleanField(default=False)
    signed_at = models.DateTimeField()
    stamped_at = models.DateTimeField(null=True)
    renewed_at = models.DateTimeField(null=True)
    stamp_ends_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    trouble = models.CharField(max_length=30, default="")

    class Meta:
        indexes = [
            models.Index(fields=["next_at"], condition=models.Q(next_at__isnull=False), name="signed_paper_next"),
        ]
