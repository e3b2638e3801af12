"""The question that each result brings, and what was answered, counted without names."""

from django.db import models

from xaso.kernel.identifiers import uuid7


class Question(models.Model):
    """One person's question after one result. `subject` is opaque, `token` the secret of its link.

    `face` and `remark` stand here for the day in which they may be changed; then they are counted and wiped, and only `counted_at` stays.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    commune_id = models.UUIDField()
    subject = models.CharField(max_length=120, unique=True)
    token = models.CharField(max_length=32, unique=True)
    procedure_code = models.CharField(max_length=30)
    procedure_name = models.CharField(max_length=300)
    asked_at = models.DateTimeField()
    face = models.PositiveSmallIntegerField(null=True)
    remark = models.TextField(default="")
    answered_at = models.DateTimeField(null=True)
    counted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["answered_at"], condition=models.Q(counted_at=None, answered_at__isnull=False), name="question_to_count")
        ]


class Tally(models.Model):
    """How many people of a month chose a face after a procedure: all that stays of single answers."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    commune_id = models.UUIDField()
    month = models.DateField()
    procedure_code = models.CharField(max_length=30)
    procedure_name = models.CharField(max_length=300)
    face = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["commune_id", "month", "procedure_code", "face"], name="one_tally_a_face")]


class Remark(models.Model):
    """What somebody wrote, with procedure and month and nothing else. Its id tells no time, so that rows sort by chance."""

    id = models.CharField(primary_key=True, max_length=32)
    commune_id = models.UUIDField()
    month = models.DateField()
    procedure_code = models.CharField(max_length=30)
    text = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["commune_id", "month", "procedure_code"], name="remark_of_month")]


class AskingScreen(models.Model):
    """A tablet that faces people at the desk: whose desk it stands at, and the question it shows for some minutes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    commune_id = models.UUIDField()
    account_id = models.UUIDField()
    opened_at = models.DateTimeField()
    question = models.ForeignKey(Question, null=True, on_delete=models.SET_NULL, related_name="+")
    shown_until = models.DateTimeField(null=True)
