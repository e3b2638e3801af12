"""The platform's tables: outbox, reactions, counters, access tokens, idempotency keys, rate windows, files, sheets, files on their way."""

from django.db import models

from xaso.kernel.identifiers import uuid7
from xaso.platform.files.models import StoredFile
from xaso.platform.sheets.models import SheetJob
from xaso.platform.uploads.models import Upload

__all__ = ["ApiToken", "Counter", "IdempotencyKey", "OutboxMessage", "RateWindow", "Reaction", "SheetJob", "StoredFile", "Upload"]


class OutboxMessage(models.Model):
    """A fact that happened, written in the same transaction as the change, told to its listeners by the relay."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    topic = models.CharField(max_length=80)
    subject = models.CharField(max_length=120)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    last_error = models.TextField(default="")

    class Meta:
        indexes = [
            models.Index(fields=["next_attempt_at", "id"], condition=models.Q(done_at=None), name="outbox_waiting"),
        ]


class Reaction(models.Model):
    """The mark that one listener has had its effect for one message: written with that effect, so it happens once."""

    message = models.ForeignKey(OutboxMessage, on_delete=models.CASCADE, related_name="reactions")
    listener = models.CharField(max_length=160)
    done_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "listener"], name="one_reaction")]


class Counter(models.Model):
    """The last number given out in a series within a period (a day or a year)."""

    commune_id = models.UUIDField()
    series = models.CharField(max_length=60)
    period = models.CharField(max_length=10)
    value = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["commune_id", "series", "period"], name="one_counter")]


class ApiToken(models.Model):
    """A bearer token of a machine: only its digest is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    commune_id = models.UUIDField()
    name = models.CharField(max_length=120)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)


class IdempotencyKey(models.Model):
    """What a client's key was used for: the digest of the body and the subject that came of it."""

    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, db_index=False)
    key = models.CharField(max_length=120)
    body_digest = models.CharField(max_length=64)
    subject = models.CharField(max_length=120)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="one_key_a_token")]


class RateWindow(models.Model):
    """How often something was tried within a window that began at `started_at`."""

    key = models.CharField(max_length=160, primary_key=True)
    started_at = models.DateTimeField()
    hits = models.PositiveIntegerField()
