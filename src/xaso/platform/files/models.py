"""The row that names a kept file. Several rows may stand for the same content."""

from django.db import models

from xaso.kernel.identifiers import uuid7


class StoredFile(models.Model):
    """A kept file; its content lies under `sha256` in the data folder and never changes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    commune_id = models.UUIDField()
    sha256 = models.CharField(max_length=64, db_index=True)
    size_bytes = models.PositiveIntegerField()
    media_type = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    created_at = models.DateTimeField()

    class Meta:
        app_label = "platform"

    def __str__(self) -> str:
        return self.name
