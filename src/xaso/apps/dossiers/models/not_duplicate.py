"""What officials said of two dossiers that looked alike."""

from django.db import models

from xaso.kernel.identifiers import uuid7


class NotDuplicate(models.Model):
    """Two dossiers that are no duplicates, as an official found; `first` is the one with the smaller id."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    first = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=500, default="")
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="one_word_a_pair")]
