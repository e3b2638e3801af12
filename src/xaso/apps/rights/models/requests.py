"""People's requests about their data, and each step of them."""

from django.db import models

from xaso.apps.rights.flow import OPEN
from xaso.kernel.identifiers import uuid7
from xaso.platform.sealed import SealedText


class DataRequest(models.Model):
    """One request of one person. Name, phone and e-mail stand here as they were when she asked; `words` is what she wants.

    `guardian` is who asked for her where she did not ask herself: then phone and e-mail are the guardian's.
    `taken_by` is the official who took it in at the desk, empty where she asked herself; `shown_paper` what she was known by.
    `due_at` is the last moment for the answer, `first_due_at` what it was before an extension, None while there was none.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    commune = models.ForeignKey("people.Commune", on_delete=models.PROTECT, related_name="+", db_index=False)
    code = models.CharField(max_length=24)
    citizen = models.ForeignKey("people.Citizen", on_delete=models.PROTECT, related_name="+", db_index=False)
    guardian = models.ForeignKey("people.Citizen", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=10)
    words = SealedText(max_length=2000)
    name = models.CharField(max_length=200)
    phone = SealedText(max_length=15)
    email = models.CharField(max_length=120, default="")
    language = models.CharField(max_length=5, default="vi")
    taken_by = models.CharField(max_length=200, default="")
    shown_paper = models.CharField(max_length=200, default="")
    state = models.CharField(max_length=12)
    by_processor = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    receipt_due_at = models.DateTimeField()
    due_at = models.DateTimeField()
    first_due_at = models.DateTimeField(null=True)
    responsible = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    extended_why = SealedText(max_length=1000)
    answer = SealedText(max_length=4000)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commune", "code"], name="one_data_request_a_code"),
            models.UniqueConstraint(fields=["citizen", "kind"], condition=models.Q(state__in=OPEN), name="one_open_request_a_kind"),
        ]
        indexes = [
            models.Index(fields=["commune", "due_at"], condition=models.Q(state__in=OPEN), name="data_request_open"),
            models.Index(fields=["citizen", "-asked_at"], name="data_request_citizen"),
            models.Index(fields=["guardian", "-asked_at"], condition=models.Q(guardian__isnull=False), name="data_request_guardian"),
            models.Index(fields=["commune", "-asked_at"], name="data_request_list"),
        ]


class RequestStep(models.Model):
    """One move of a request, never changed: the truth of what happened, in order."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    request = models.ForeignKey(DataRequest, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=12)
    from_state = models.CharField(max_length=12, default="")
    to_state = models.CharField(max_length=12)
    at = models.DateTimeField()
    actor_name = models.CharField(max_length=200)
    post_title = models.CharField(max_length=200, default="")
    note = SealedText(max_length=4000)

    class Meta:
        ordering = ["at", "id"]


class Consent(models.Model):
    """One word of a person about one purpose, never changed: given or withdrawn. The last one counts; without one there is no consent.

    `text` is what was agreed to, letter by letter, in `language`. `said_by` is who said it: the person, or her guardian `guardian`;
    `child_agrees` that the child was asked too. `helped_by` is the official at the desk, `evidence` the paper she keeps of it; both are
    empty where it was said on the person's own page.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    commune = models.ForeignKey("people.Commune", on_delete=models.PROTECT, related_name="+", db_index=False)
    citizen = models.ForeignKey("people.Citizen", on_delete=models.PROTECT, related_name="+", db_index=False)
    purpose = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    is_given = models.BooleanField()
    text = models.TextField()
    language = models.CharField(max_length=5)
    said_by = models.CharField(max_length=200)
    guardian = models.ForeignKey("people.Citizen", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    child_agrees = models.BooleanField(default=False)
    helped_by = models.CharField(max_length=200, default="")
    evidence = models.CharField(max_length=300, default="")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["citizen", "purpose", "-at"], name="consent_last")]


class RetentionStep(models.Model):
    """What was done about data whose time is over, never changed: a dry run (`report`), leave (`allow`), its end (`stop`), `erase`.

    `counts` says how many rows of which holding were found or erased. Nothing is erased before the last of `allow` and `stop` is `allow`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    commune = models.ForeignKey("people.Commune", on_delete=models.PROTECT, related_name="+", db_index=False)
    verb = models.CharField(max_length=10)
    counts = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["commune", "-at"], name="retention_last")]
