"""The row of a file that is being sent. Its bytes lie in the data folder under the row's id."""

import secrets

from django.db import models


def new_id() -> str:
    """Return an id that cannot be guessed (160 bit): who knows it may send, ask and take back, and nobody else."""
    return secrets.token_hex(20)


class Upload(models.Model):
    """A file on its way. `offset_bytes` were received and flushed to the disk; what the disk holds beyond them counts for nothing.

    `turn` is raised by each request that begins to append: the one before it may not write any more. `fingerprint` tells the same file
    of the same phone announced again; it is None where the phone gave no key, and once the file has ended. `metadata` is the header as
    it came.
    """

    id = models.CharField(max_length=40, primary_key=True, default=new_id)
    size_bytes = models.PositiveIntegerField()
    offset_bytes = models.PositiveIntegerField(default=0)
    turn = models.PositiveIntegerField(default=0)
    name = models.CharField(max_length=200, default="")
    sha256 = models.CharField(max_length=64, default="")
    fingerprint = models.CharField(max_length=64, null=True, unique=True)
    metadata = models.TextField(default="")
    address = models.CharField(max_length=45, default="")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "platform"
        indexes = [models.Index(fields=["address"], condition=models.Q(ended_at=None), name="upload_of_address")]

    @property
    def is_complete(self) -> bool:
        """Tell whether all bytes are here and, where the phone gave their sum, are the right ones."""
        return self.offset_bytes == self.size_bytes
