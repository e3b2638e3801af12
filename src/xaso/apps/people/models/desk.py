"""Computers at which several officials work by turns, the PINs by which each opens her own session, and what she was typing."""

from django.conf import settings
from django.db import models

from xaso.kernel.identifiers import uuid7


class Computer(models.Model):
    """A browser that officials have signed in with; it carries a long random text of which we keep the digest."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    first_seen_at = models.DateTimeField()


class DeskPin(models.Model):
    """An official's PIN, as a slow digest. It opens only sessions that she began in full on the computer that is locked."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="desk_pin")
    digest = models.CharField(max_length=200)
    set_at = models.DateTimeField()


class TypedPage(models.Model):
    """What an official had typed on one page and not sent when the computer was locked, sealed; given back to her there, once."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="typed_pages")
    computer = models.ForeignKey(Computer, on_delete=models.CASCADE, related_name="typed_pages")
    address = models.CharField(max_length=500)
    sealed_text = models.TextField()
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "computer", "address"], name="typed_page_once")]
