"""The papers of a dossier as files."""

from django.db import models

from xaso.kernel.identifiers import uuid7


class Attachment(models.Model):
    """A file given for one of the papers of the procedure; belongs to a draft until that is submitted.

    `taken_from` is the paper of an earlier dossier that was used again, None for what came with this one.
    `upload` names the file on its way that it was taken from, so that a form sent twice takes it once.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    draft = models.ForeignKey("dossiers.Draft", null=True, on_delete=models.SET_NULL, related_name="attachments")
    dossier = models.ForeignKey("dossiers.Dossier", null=True, on_delete=models.PROTECT, related_name="attachments")
    paper_id = models.CharField(max_length=60)
    file = models.ForeignKey("platform.StoredFile", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    source = models.CharField(max_length=12)
    taken_from = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=200)
    removed_at = models.DateTimeField(null=True)
    upload = models.CharField(max_length=40, default="", db_default="")

    warnings: tuple[str, ...] = ()
    """Codes of what to look at again; known only while the file is being taken, never stored."""

    class Meta:
        ordering = ["added_at", "id"]
        indexes = [models.Index(fields=["taken_from"], condition=models.Q(taken_from__isnull=False), name="attachment_taken_from")]
        constraints = [
            models.UniqueConstraint(fields=["draft", "paper_id", "upload"], condition=~models.Q(upload=""), name="one_taking_of_an_upload"),
            models.UniqueConstraint(
                fields=["dossier", "paper_id", "upload"],
                condition=~models.Q(upload="") & models.Q(dossier__isnull=False),
                name="one_adding_of_an_upload",
            ),
        ]
