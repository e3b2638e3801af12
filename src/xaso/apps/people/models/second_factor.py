"""What an official signs in with beside the password, and how somebody who lost it comes in again."""

from django.conf import settings
from django.db import models

from xaso.apps.people.models.commune import Commune
from xaso.kernel.identifiers import uuid7


class TotpKey(models.Model):
    """The secret that an official's phone shares with us, sealed. `last_step` is that of the code used last: no code counts twice.

    `is_shown` marks keys of the demo: several people play one official, so the sign-in page shows the code and it may come again.
    """

    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="totp_key")
    sealed_secret = models.CharField(max_length=300)
    confirmed_at = models.DateTimeField()
    last_step = models.BigIntegerField(default=0)
    is_shown = models.BooleanField(default=False)


class RecoveryCode(models.Model):
    """A code on paper for a day without the phone; only its digest is kept, and it counts once."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "digest"], name="recovery_code_once")]


class RecoveryRequest(models.Model):
    """A wish that an official starts anew without her second factor: asked by one, confirmed by another."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    commune = models.ForeignKey(Commune, on_delete=models.CASCADE, related_name="recovery_requests")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="recovery_requests")
    reason = models.CharField(max_length=300)
    state = models.CharField(max_length=12, default="asked")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="recoveries_asked")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="recoveries_decided")
    decided_at = models.DateTimeField(null=True)
