"""What somebody has typed so far: kept on the server from the first answer on."""

from django.db import models

from xaso.kernel.identifiers import uuid7
from xaso.platform.sealed import BlindIndex, SealedJSON, SealedRow


class Draft(SealedRow):
    """An application in the making. Its id becomes the dossier's id, so that submitting twice makes one dossier.

    A citizen's draft belongs to `citizen`; one begun at the desk belongs to `author`, with the applicant's own words in `applicant`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    commune = models.ForeignKey("people.Commune", on_delete=models.PROTECT)
    version = models.ForeignKey("procedures.ProcedureVersion", on_delete=models.PROTECT)
    citizen = models.ForeignKey("people.Citizen", null=True, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10)
    applicant = SealedJSON(default=dict)
    applicant_number_blind = BlindIndex(of="applicant", part="personal_number")
    answers = SealedJSON(default=dict)
    papers = models.JSONField(default=dict)
    screen = models.CharField(max_length=60, default="")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["citizen", "-updated_at"], condition=models.Q(submitted_at=None), name="draft_of_citizen"),
            models.Index(fields=["author", "-updated_at"], condition=models.Q(submitted_at=None), name="draft_of_author"),
        ]
