"""The dossier, its steps, its pauses and its supplement requests."""

from django.db import models

from xaso.kernel.identifiers import uuid7
from xaso.platform.sealed import BlindIndex, SealedJSON, SealedRow, SealedText

PHONE_GIVEN = models.Q(applicant_phone_blind__isnull=False)
NUMBER_GIVEN = models.Q(applicant_personal_number_blind__isnull=False)


class Dossier(SealedRow):
    """An application in the commune's hands. Four states side by side; who the applicant is stands here as it was at filing.

    `first_due_at` is the due date that stood when it was moved by an apology in time, None while it never was.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    commune = models.ForeignKey("people.Commune", on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=24, unique=True)
    national_code = models.CharField(max_length=40, unique=True, null=True)
    version = models.ForeignKey("procedures.ProcedureVersion", on_delete=models.PROTECT, db_index=False)
    procedure_code = models.CharField(max_length=30)
    procedure_name = models.CharField(max_length=300)
    channel = models.CharField(max_length=10)
    filing_place = models.CharField(max_length=20)
    issued_by = models.CharField(max_length=20)

    state = models.CharField(max_length=30)
    money_state = models.CharField(max_length=12)
    delivery_state = models.CharField(max_length=12)
    sync_state = models.CharField(max_length=12)

    citizen = models.ForeignKey("people.Citizen", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    applicant_name = models.CharField(max_length=200)
    applicant_folded = models.CharField(max_length=200)
    applicant_order = models.CharField(max_length=180, default="")
    applicant_personal_number = SealedText(max_length=12)
    applicant_personal_number_blind = BlindIndex(of="applicant_personal_number")
    applicant_phone = SealedText(max_length=15)
    applicant_phone_blind = BlindIndex(of="applicant_phone", kind="phone")
    applicant_email = models.CharField(max_length=120, default="")
    applicant_address = models.CharField(max_length=300, default="")
    village = models.ForeignKey("people.Village", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    representative = SealedJSON(default=dict)
    language = models.CharField(max_length=5, default="vi")
    tell_by = models.CharField(max_length=10, default="")
    return_by = models.CharField(max_length=10, default="")
    return_address = models.CharField(max_length=300, default="")
    return_area = models.CharField(max_length=200, default="")

    answers = SealedJSON(default=dict)
    papers = models.JSONField(default=dict)
    fee = SealedJSON(default=dict)
    fee_vnd = models.PositiveIntegerField(null=True)

    submitted_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    first_due_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    solved_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    assignee = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    steps_count = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["commune", "submitted_at"], name="dossier_register"),
            models.Index(fields=["commune", "state", "submitted_at"], name="dossier_state"),
            models.Index(fields=["commune", "money_state", "state"], name="dossier_money"),
            models.Index(fields=["commune", "delivery_state", "submitted_at"], name="dossier_given"),
            models.Index(fields=["commune", "solved_at"], condition=models.Q(solved_at__isnull=False), name="dossier_solved"),
            models.Index(fields=["commune", "procedure_code", "submitted_at"], name="dossier_procedure"),
            models.Index(fields=["village", "submitted_at"], name="dossier_village"),
            models.Index(
                fields=["commune", "applicant_folded", "submitted_at", "id"],
                opclasses=["uuid_ops", "varchar_pattern_ops", "timestamptz_ops", "uuid_ops"],
                name="dossier_begins",
            ),
            models.Index(fields=["commune", "applicant_order", "-submitted_at", "-id"], name="dossier_by_name"),
            models.Index(fields=["commune", "due_at", "submitted_at", "id"], name="dossier_by_due"),
            models.Index(fields=["commune", "applicant_phone_blind"], condition=PHONE_GIVEN, name="dossier_phone"),
            models.Index(fields=["commune", "applicant_personal_number_blind"], condition=NUMBER_GIVEN, name="dossier_number"),
            models.Index(fields=["citizen", "submitted_at"], condition=models.Q(citizen__isnull=False), name="dossier_citizen"),
            models.Index(fields=["assignee", "state"], condition=models.Q(assignee__isnull=False), name="dossier_assignee"),
        ]


class Step(models.Model):
    """One move of a dossier, append-only: the truth of what happened, in order."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="steps", db_index=False)
    number = models.PositiveSmallIntegerField()
    verb = models.CharField(max_length=30)
    flow = models.CharField(max_length=10)
    from_state = models.CharField(max_length=30)
    to_state = models.CharField(max_length=30)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200)
    post_title = models.CharField(max_length=200, default="")
    note = models.TextField(default="")
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["dossier", "number"], name="one_step_a_number")]


class Pause(models.Model):
    """A time in which the legal clock stood still, and why."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="pauses")
    reason = models.CharField(max_length=20)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["started_at"]


class SupplementRequest(models.Model):
    """All that is missing, asked at once. `items` are {paper, text}; `answer` is what the applicant wrote back.

    `by_form` tells that it was asked by form 02, which the law allows once; before a dossier is filed elsewhere, it is a mere message.
    `item` is the phone's id of the answer that came from its outbox, None for one given otherwise; `made_at` and `sent_at` are by the
    phone's clock, which may be wrong by years.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="supplement_requests")
    items = models.JSONField()
    by_form = models.BooleanField(default=True)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=200)
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(default="")
    item = models.UUIDField(null=True, unique=True)
    made_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at"]
