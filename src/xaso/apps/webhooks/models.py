"""Programs that are told of facts, each delivery to them, and each try."""

from django.db import models

from xaso.apps.webhooks.flow import FLOW, WAITING
from xaso.kernel.identifiers import uuid7


class Webhook(models.Model):
    """A program outside with its address and the topics that it wants. Secrets are sealed; the old one signs beside the new for a while.

    `stopped` is empty, `by_hand` or `gone` (the receiver said so). One that was removed stays as the record of what it was told.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    commune_id = models.UUIDField()
    name = models.CharField(max_length=120)
    url = models.CharField(max_length=500)
    topics = models.JSONField(default=list)
    sealed_secret = models.CharField(max_length=300)
    sealed_old_secret = models.CharField(max_length=300, default="")
    old_secret_until = models.DateTimeField(null=True)
    stopped = models.CharField(max_length=10, default="")
    created_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commune_id", "url"], condition=models.Q(removed_at=None), name="one_webhook_an_address")
        ]


class WebhookDelivery(models.Model):
    """One fact for one program. `body` is what is sent, letter by letter; while it is on its way `next_attempt_at` ends the lease.

    `event_id` is the fact's: it sorts by time, and the receiver knows a repetition by it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    event_id = models.UUIDField()
    topic = models.CharField(max_length=80)
    subject = models.CharField(max_length=120)
    body = models.TextField()
    occurred_at = models.DateTimeField()
    state = models.CharField(max_length=10, default=FLOW.initial)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)
    last_status = models.PositiveSmallIntegerField(null=True)
    last_problem = models.CharField(max_length=20, default="")
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["webhook", "event_id"], name="one_delivery_a_fact")]
        indexes = [
            models.Index(fields=["next_attempt_at", "event_id"], condition=models.Q(state__in=WAITING), name="webhook_waiting"),
            models.Index(fields=["webhook", "subject", "event_id"], condition=models.Q(state__in=WAITING), name="webhook_in_order"),
            models.Index(fields=["webhook", "state", "event_id"], name="webhook_list"),
            models.Index(fields=["done_at"], name="webhook_done"),
        ]


class WebhookAttempt(models.Model):
    """One try of a delivery; never changed. `outcome` is the state it led to, `status` the receiver's answer if there was one."""

    delivery = models.ForeignKey(WebhookDelivery, on_delete=models.CASCADE, related_name="tries")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10)
    status = models.PositiveSmallIntegerField(null=True)
    problem = models.CharField(max_length=20, default="")
    milliseconds = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["id"]
