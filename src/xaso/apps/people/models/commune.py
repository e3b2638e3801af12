"""The commune, the old units it was made of, and its villages."""

from django.conf import settings
from django.db import models

from xaso.kernel.identifiers import uuid7


class Commune(models.Model):
    """One commune. Codes are text: they keep their leading zeros."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=60)
    province = models.CharField(max_length=60)
    province_code = models.CharField(max_length=2, default="")
    gso_code = models.CharField(max_length=5, default="")
    agency_code = models.CharField(max_length=30, null=True)
    address = models.CharField(max_length=300, default="")
    phone = models.CharField(max_length=15, default="")
    email = models.EmailField(default="")
    website = models.URLField(default="")
    hostname = models.CharField(max_length=120, unique=True, null=True)
    office_hours = models.JSONField(default=list)
    bank_name = models.CharField(max_length=120, default="")
    bank_bin = models.CharField(max_length=6, default="")
    bank_account_number = models.CharField(max_length=30, default="")
    bank_account_holder = models.CharField(max_length=120, default="")
    is_demo = models.BooleanField(default=False)
    set_up_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class BankAccountChange(models.Model):
    """A proposal to change where fees are paid to. It takes effect when a second administrator approves it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    commune = models.ForeignKey(Commune, on_delete=models.CASCADE, related_name="bank_account_changes")
    bank_name = models.CharField(max_length=120)
    bank_bin = models.CharField(max_length=6)
    account_number = models.CharField(max_length=30)
    account_holder = models.CharField(max_length=120)
    state = models.CharField(max_length=10, default="proposed")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)


class FormerUnit(models.Model):
    """A commune that ceased to be when this one was formed. Old papers still name it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    commune = models.ForeignKey(Commune, on_delete=models.CASCADE, related_name="former_units")
    code = models.CharField(max_length=5, default="")
    name = models.CharField(max_length=120)
    old_district = models.CharField(max_length=120, default="")
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["commune", "name"], name="one_former_unit")]


class Village(models.Model):
    """A village (thôn, bản). Its name may occur in several old communes, so the old commune is part of what names it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    commune = models.ForeignKey(Commune, on_delete=models.CASCADE, related_name="villages")
    former_unit = models.ForeignKey(FormerUnit, null=True, on_delete=models.PROTECT, related_name="villages")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    households = models.PositiveIntegerField(null=True)
    unverified = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commune", "code"], name="one_village_code"),
            models.UniqueConstraint(fields=["commune", "former_unit", "name"], name="one_village_name"),
        ]
