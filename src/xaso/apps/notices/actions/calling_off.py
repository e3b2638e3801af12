"""Takes back messages that did not leave yet, and erases those that nobody needs to remember."""

from datetime import datetime

from django.db import transaction

from xaso.apps.notices.flow import WAITING
from xaso.apps.notices.models import Message


@transaction.atomic
def call_off(idempotency_key: str) -> int:
    """Delete the messages of a key that still wait, so that they never leave; returns how many. One that is on its way may arrive."""
    return Message.objects.filter(idempotency_key=idempotency_key, state__in=WAITING).delete()[1].get("notices.Message", 0)


@transaction.atomic
def erase(prefix: str, *, before: datetime) -> int:
    """Delete the messages of all keys that begin so and were made before; returns how many."""
    old = Message.objects.filter(idempotency_key__startswith=prefix, created_at__lt=before)
    return old.delete()[1].get("notices.Message", 0)
