"""What phones have sent of what was filed on them without a signal."""

from django.db import models


class Arrival(models.Model):
    """An item of a phone's outbox as it came in. Its id was made on the phone and is the draft's and the dossier's too.

    Until somebody vouches for the person (`confirmed_at`) nothing of it counts as filed, and its draft is nobody's. `made_at` and
    `sent_at` are by the phone's clock, which may be wrong by years; all other times are ours. `warned_at` is when who is named was
    told that it will be erased. `read_digest` tells what was read whole.
    """

    id = models.UUIDField(primary_key=True)
    commune = models.ForeignKey("people.Commune", on_delete=models.PROTECT, db_index=False)
    number = models.PositiveIntegerField()
    secret_digest = models.CharField(max_length=64)
    read_digest = models.CharField(max_length=64, default="")
    device = models.ForeignKey("people.Device", null=True, on_delete=models.SET_NULL, related_name="+")
    doubt = models.CharField(max_length=20, default="")
    language = models.CharField(max_length=5, default="vi")
    made_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField()
    faults = models.JSONField(default=list)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=10, default="")
    warned_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    erased_why = models.CharField(max_length=300, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["commune", "number"], name="one_arrival_number")]
        indexes = [
            models.Index(
                fields=["commune", "arrived_at"],
                condition=models.Q(confirmed_at=None, erased_at=None),
                name="arrival_unconfirmed",
            ),
        ]
