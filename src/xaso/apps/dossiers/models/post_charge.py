"""What public post takes for bringing a result, as an administrator found it out."""

from django.db import models

from xaso.kernel.identifiers import uuid7


class PostCharge(models.Model):
    """A charge with its source, append-only: the last one counts. `amount_vnd` None says that nobody knows it.

    `confirmed` tells that the post itself has said so; until then people are told to have it confirmed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    commune = models.ForeignKey("people.Commune", on_delete=models.PROTECT, db_index=False)
    amount_vnd = models.PositiveIntegerField(null=True)
    source = models.CharField(max_length=300)
    checked_on = models.DateField()
    confirmed = models.BooleanField()
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["-set_at", "-id"]
        indexes = [models.Index(fields=["commune", "-set_at"], name="post_charge_last")]
