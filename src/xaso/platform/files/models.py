"""The row that names a kept file. Several rows may stand for the same content."""

from django.db import models

from xaso.kernel.identifiers import uuid7

UNASKED, CLEAN, WAITING, INFECTED = "", "clean", "waiting", "infected"
"""What a virus scanner said of a file: not asked (made here, or none was named), nothing found, not yet seen, found something."""


class StoredFile(models.Model):
    """A kept file; its content lies under `sha256` in the data folder and never changes. `virus_check`: see above."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    commune_id = models.UUIDField()
    sha256 = models.CharField(max_length=64, db_index=True)
    size_bytes = models.PositiveIntegerField()
    media_type = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    virus_check = models.CharField(max_length=10, default=UNASKED, db_default=UNASKED)

    class Meta:
        app_label = "platform"
        indexes = [models.Index(fields=["size_bytes"], condition=models.Q(virus_check=WAITING), name="file_waiting_for_check")]

    def __str__(self) -> str:
        return self.name
