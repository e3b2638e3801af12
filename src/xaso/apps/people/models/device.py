"""Phones and computers that deliver what was filed on them without a signal."""

from django.db import models

from xaso.apps.people.models.citizen import Citizen
from xaso.apps.people.models.commune import Commune


class Device(models.Model):
    """A phone that its owner enrolled while she was signed in: what its key signed comes from her. Its id was made on the phone.

    `identity_level` is that of her last sign-in on it. The last five fields are what the phone last told of its outbox;
    `oldest_made_at` is by the phone's clock, `waiting_since` by ours, and `beat_number` rises with each telling, so that one which comes
    again, late or from who listened, changes nothing.
    """

    id = models.UUIDField(primary_key=True)
    commune = models.ForeignKey(Commune, on_delete=models.CASCADE, related_name="devices")
    citizen = models.ForeignKey(Citizen, on_delete=models.CASCADE, related_name="devices")
    public_key = models.JSONField()
    label = models.CharField(max_length=80)
    enrolled_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    identity_level = models.PositiveSmallIntegerField(default=0)
    revoked_at = models.DateTimeField(null=True)
    waiting = models.PositiveSmallIntegerField(default=0)
    oldest_made_at = models.DateTimeField(null=True)
    waiting_since = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True)
    beat_number = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-enrolled_at"]
        indexes = [
            models.Index(fields=["commune", "waiting_since"], condition=models.Q(waiting_since__isnull=False), name="device_waiting"),
        ]
