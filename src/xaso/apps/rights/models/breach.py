"""Data breaches of a commune, each step of them, and the people whose data they are about. What is told freely is sealed."""

from django.db import models

from xaso.kernel.identifiers import uuid7
from xaso.platform.sealed import SealedText


class Breach(models.Model):
    """One incident with personal data. `known_at` is when the commune learned of it: from then 72 hours run until `due_at`.

    `happened_at` is None while nobody knows it, `people_count` likewise. `data_kinds` says what data, `is_sensitive` that some is so by
    law. `reported_by` is the official who noticed it. `told_on_paper` is the number of the notice to the authority, `late_why` why it
    went after its term. `words_to_people` is what the people concerned are told, `people_told_at` when they were.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    commune = models.ForeignKey("people.Commune", on_delete=models.PROTECT, related_name="+", db_index=False)
    code = models.CharField(max_length=24)
    state = models.CharField(max_length=16)
    what = SealedText(max_length=4000)
    happened_at = models.DateTimeField(null=True)
    known_at = models.DateTimeField()
    due_at = models.DateTimeField()
    data_kinds = SealedText(max_length=2000)
    is_sensitive = models.BooleanField(default=False)
    people_count = models.PositiveIntegerField(null=True)
    consequences = SealedText(max_length=4000)
    measures = SealedText(max_length=4000)
    reported_by = models.CharField(max_length=200)
    reporter_post = models.CharField(max_length=200, default="")
    noted_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    told_on_paper = models.CharField(max_length=200, default="")
    late_why = models.CharField(max_length=1000, default="")
    words_to_people = SealedText(max_length=2000)
    people_told_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_words = SealedText(max_length=4000)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["commune", "code"], name="one_breach_a_code")]
        indexes = [models.Index(fields=["commune", "-known_at"], name="breach_list")]


class BreachStep(models.Model):
    """One act on a breach, never changed: together they are its minutes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=16)
    from_state = models.CharField(max_length=16, default="")
    to_state = models.CharField(max_length=16)
    at = models.DateTimeField()
    actor_name = models.CharField(max_length=200)
    post_title = models.CharField(max_length=200, default="")
    note = SealedText(max_length=4000)

    class Meta:
        ordering = ["at", "id"]


class BreachPerson(models.Model):
    """Somebody whose data a breach is about; `told_at` is when a notice to her was queued, None while she has not been told."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="people")
    citizen = models.ForeignKey("people.Citizen", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["breach", "citizen"], name="one_line_a_person_of_a_breach")]
