"""SMS that people sent to the commune, and the pieces of long ones that have not all come."""

from django.db import models

from xaso.kernel.identifiers import uuid7
from xaso.platform.sealed import BlindIndex, SealedRow, SealedText


class Incoming(SealedRow):
    """One SMS to the commune. `phone` is a number of ours from 0 on, or as the provider wrote it (a short code, a name).

    `fate` is empty until a room has answered; `subject` is what it was about where that was found (`"dossier:<uuid>"`). `key` makes one
    of what the provider hands over twice; `repeats` counts how often it did.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    commune_id = models.UUIDField()
    phone = SealedText(max_length=40)
    phone_blind = BlindIndex(of="phone")
    body = models.TextField()
    received_at = models.DateTimeField()
    last_at = models.DateTimeField()
    repeats = models.PositiveIntegerField(default=0)
    key = models.CharField(max_length=64)
    fate = models.CharField(max_length=12, default="")
    fate_at = models.DateTimeField(null=True)
    subject = models.CharField(max_length=120, default="")
    answer = models.TextField(default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["commune_id", "key"], name="one_incoming_a_key")]
        indexes = [
            models.Index(fields=["commune_id", "received_at"], name="incoming_list"),
            models.Index(fields=["commune_id", "phone_blind", "received_at"], name="incoming_phone"),
            models.Index(fields=["commune_id", "fate", "received_at"], name="incoming_fate"),
        ]


class IncomingPart(models.Model):
    """One piece of a long SMS: `octets` as they came, because a character may be cut between two pieces."""

    phone = models.CharField(max_length=40)
    reference = models.PositiveIntegerField()
    total = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    coding = models.CharField(max_length=6)
    octets = models.BinaryField()
    arrived_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["phone", "reference", "total", "number"], name="one_piece_a_number"),
        ]
