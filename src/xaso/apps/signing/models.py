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
