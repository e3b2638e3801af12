"""Calls to people who are to be told by voice, and each try to reach them."""

from django.db import models

from xaso.apps.notices.flow import CALLS
from xaso.kernel.identifiers import uuid7
from xaso.platform.sealed import BlindIndex, SealedRow, SealedText


class Call(SealedRow):
    """One text to be said to one person over the telephone. `subject` is opaque (`"dossier:<uuid>"`): while a call waits, what is newer
    about the same takes its place.

    `by` is machine or person: who dials next. `due_at` is when; while a machine is calling, the end of its lease.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    commune_id = models.UUIDField()
    name = models.CharField(max_length=200)
    phone = SealedText(max_length=15)
    phone_blind = BlindIndex(of="phone", kind="phone")
    language = models.CharField(max_length=8)
    text = models.TextField()
    subject = models.CharField(max_length=120)
    idempotency_key = models.CharField(max_length=120)
    state = models.CharField(max_length=12, default=CALLS.initial)
    by = models.CharField(max_length=8, default="person")
    misses = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["commune_id", "idempotency_key"], name="one_call_a_key")]
        indexes = [
            models.Index(fields=["commune_id", "state", "due_at"], name="call_list"),
            models.Index(fields=["by", "due_at"], condition=models.Q(state="waiting"), name="call_waiting"),
            models.Index(fields=["subject", "created_at"], name="call_subject"),
        ]


class CallTry(models.Model):
    """One try to reach somebody, never changed. `outcome` is reached, no_answer, wrong_number, later, cut_short or failed."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="tries")
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    outcome = models.CharField(max_length=12)
    detail = models.CharField(max_length=120, default="")

    class Meta:
        ordering = ["at", "id"]
