"""Messages to people and what became of each attempt to deliver them."""

from django.db import models

from xaso.apps.notices.flow import FLOW, WAITING
from xaso.kernel.identifiers import uuid7
from xaso.platform.sealed import BlindIndex, SealedRow, SealedText


class Message(SealedRow):
    """One text to one address over one channel. `subject` is opaque (`"dossier:<uuid>"`); `address` is a phone number or an e-mail address.

    `segments` is 0 for e-mail. While a worker is delivering, `next_attempt_at` is the end of its lease. `done_at` is when it was sent or
    given up, `arrived_at` when the provider told that it is on the phone.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    commune_id = models.UUIDField()
    channel = models.CharField(max_length=5)
    template = models.CharField(max_length=80)
    language = models.CharField(max_length=8)
    recipient_name = models.CharField(max_length=200)
    address = SealedText(max_length=254)
    address_blind = BlindIndex(of="address", kind="folded")
    title = models.CharField(max_length=300, default="")
    body = models.TextField()
    segments = models.PositiveSmallIntegerField(default=0)
    subject = models.CharField(max_length=120)
    idempotency_key = models.CharField(max_length=120)
    state = models.CharField(max_length=12, default=FLOW.initial)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)
    provider_reference = models.CharField(max_length=200, default="")
    last_error = models.CharField(max_length=300, default="")
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["commune_id", "idempotency_key", "channel"], name="one_message_a_key")]
        indexes = [
            models.Index(fields=["channel", "next_attempt_at", "id"], condition=models.Q(state__in=WAITING), name="message_waiting"),
            models.Index(fields=["commune_id", "state", "created_at"], name="message_list"),
            models.Index(fields=["subject", "created_at"], name="message_subject"),
            models.Index(fields=["address_blind", "created_at"], name="message_address"),
        ]


class Attempt(models.Model):
    """One try to deliver a message; never changed. `outcome` is the state it led to."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="tries")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    outcome = models.CharField(max_length=12)
    detail = models.CharField(max_length=300, default="")

    class Meta:
        ordering = ["at", "id"]


class Part(models.Model):
    """A piece of an SMS that the provider took over under a reference of its own. `fate` is empty until it tells what became of it."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="parts")
    reference = models.CharField(max_length=80)
    fate = models.CharField(max_length=12, default="")
    detail = models.CharField(max_length=80, default="")
    taken_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["reference"], name="part_reference")]
