"""What was paid for a dossier, and who took it."""

from django.db import models

from xaso.kernel.identifiers import uuid7


class Payment(models.Model):
    """Money taken, in whole đồng, with the number of the receipt that the payer got."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="payments")
    amount_vnd = models.PositiveIntegerField()
    method = models.CharField(max_length=10)
    receipt_number = models.CharField(max_length=40)
    taken_at = models.DateTimeField()
    taken_by = models.CharField(max_length=200)
    taken_by_id = models.UUIDField(null=True)
