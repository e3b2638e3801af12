"""Where officials are signed in now, and which browsers are known by it."""

from django.conf import settings
from django.db import models

from xaso.apps.people.models.desk import Computer
from xaso.kernel.identifiers import uuid7


class SignIn(models.Model):
    """One browser in which an official is signed in; the row ends with the session. `device` is the browser and system in words.

    `began_at` is when she signed in with all that her roles need. While `locked_at` stands, no browser holds the session's key.
    `pin_misses` counts wrong PINs on this computer since then.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    device = models.CharField(max_length=60, blank=True, default="")
    address = models.CharField(max_length=45, blank=True, default="")
    began_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    computer = models.ForeignKey(Computer, null=True, on_delete=models.SET_NULL, related_name="sign_ins")
    locked_at = models.DateTimeField(null=True)
    pin_misses = models.PositiveSmallIntegerField(default=0)


class KnownBrowser(models.Model):
    """A browser in which an official has signed in with all that her roles need; of what it carries we keep the digest.

    `sign_in` is the session begun then, while it stands: who ends that session elsewhere trusts the browser no more.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="known_browsers")
    sign_in = models.ForeignKey(SignIn, null=True, on_delete=models.SET_NULL, related_name="known_browsers")
    digest = models.CharField(max_length=64, unique=True)
    known_at = models.DateTimeField()
