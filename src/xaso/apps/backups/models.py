"""Each backup and each drill, done or failed: what the alarm looks at."""

from django.db import models

from xaso.kernel.identifiers import uuid7


class BackupRun(models.Model):
    """One try of a backup or a drill of the whole installation. `planned_for` is the day whose turn it was; empty when a person asked.

    `outcome` is `running`, `done` or `failed`; `problem` the code of the refusal, with the values that its words show.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=10)
    planned_for = models.DateField(null=True)
    attempt = models.PositiveSmallIntegerField(default=1)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, default="running")
    file_name = models.CharField(max_length=120, default="")
    size_bytes = models.BigIntegerField(default=0)
    row_count = models.BigIntegerField(default=0)
    file_count = models.BigIntegerField(default=0)
    damaged_count = models.BigIntegerField(default=0)
    problem = models.CharField(max_length=60, default="")
    problem_values = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "planned_for", "attempt"], name="one_backup_run_an_attempt")]
        indexes = [models.Index(fields=["kind", "outcome", "ended_at"], name="backup_run_last")]
