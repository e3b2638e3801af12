"""Passkeys of officials."""

from django.conf import settings
from django.db import models

from xaso.kernel.identifiers import uuid7


class Passkey(models.Model):
    """A key that a phone, a computer or a stick keeps for an official at one site; we hold its public half.

    `site` is the host name it works at. `uses_counted` is the key's own counter at its last use: it never goes back, but in a copy.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="passkeys")
    label = models.CharField(max_length=60)
    site = models.CharField(max_length=253)
    credential = models.BinaryField()
    uses_counted = models.BigIntegerField(default=0)
    added_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
