"""Citizens as the commune knows them, and who may act for whom."""

from django.conf import settings
from django.db import models

from xaso.apps.people.models.commune import Commune, Village
from xaso.kernel.identifiers import uuid7
from xaso.platform.sealed import BlindIndex, SealedRow, SealedText


class Citizen(SealedRow):
    """A person with business at the commune, with or without an account.

    `birth` is a partial date (`1952`, `1952-11`, `1952-11-05`), `sex` is `male`, `female` or empty. A personal number is not unique:
    a mistyped one must not lock its real owner out, so people are matched by number and name together. Number, telephone and ethnicity
    are sealed; the columns beside them find whole numbers, and the four last digits.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    commune = models.ForeignKey(Commune, on_delete=models.CASCADE, related_name="citizens")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="citizens")
    full_name = models.CharField(max_length=200)
    name_folded = models.CharField(max_length=200)
    personal_number = SealedText(max_length=12)
    personal_number_blind = BlindIndex(of="personal_number")
    personal_number_last4 = BlindIndex(of="personal_number", kind="last4")
    birth = models.CharField(max_length=10, default="")
    sex = models.CharField(max_length=6, default="")
    ethnicity = SealedText(max_length=40)
    village = models.ForeignKey(Village, null=True, on_delete=models.PROTECT, related_name="citizens")
    address = models.CharField(max_length=300, default="")
    address_as_written = models.CharField(max_length=300, default="")
    phone = SealedText(max_length=15)
    phone_blind = BlindIndex(of="phone", kind="phone")
    email = models.EmailField(default="")
    identity_level = models.PositiveSmallIntegerField(default=0)
    identified_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commune", "account"], condition=models.Q(account__isnull=False), name="one_citizen_of_account")
        ]
        indexes = [
            models.Index(fields=["commune", "personal_number_blind"], name="citizen_number"),
            models.Index(fields=["commune", "name_folded"], name="citizen_name"),
            models.Index(fields=["commune", "personal_number_last4"], name="citizen_last4"),
            models.Index(fields=["commune", "phone_blind"], name="citizen_phone"),
        ]


class Mandate(models.Model):
    """Leave for one citizen to act for another (a parent, a guardian, a person with a power of attorney). Both days are included."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    commune = models.ForeignKey(Commune, on_delete=models.CASCADE, related_name="mandates")
    principal = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="mandates_given")
    representative = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="mandates_held")
    relation = models.CharField(max_length=60)
    scope = models.CharField(max_length=120, default="")
    evidence = models.CharField(max_length=300, default="")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["representative", "principal"], name="mandate_pair")]
