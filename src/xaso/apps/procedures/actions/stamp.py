"""The mark by which every process notices a change."""

from django.db import transaction

from xaso.apps.procedures import memory
from xaso.apps.procedures.models import CatalogueStamp
from xaso.kernel.identifiers import uuid7


def hold_catalogue() -> None:
    """Wait until nobody else is changing the catalogue, and keep others waiting to the end of the caller's transaction."""
    CatalogueStamp.objects.get_or_create(pk=1)
    CatalogueStamp.objects.select_for_update().get(pk=1)


def mark_change() -> None:
    """Change the catalogue's stamp within the caller's transaction."""
    CatalogueStamp.objects.update_or_create(pk=1, defaults={"value": uuid7()})
    memory.forget()
    transaction.on_commit(memory.forget)
