"""Writes down what a provider tells of a message after it took it over."""

from datetime import datetime

from django.db import transaction

from xaso.apps.notices.flow import FLOW, SYSTEM
from xaso.apps.notices.models import Message, Part
from xaso.apps.notices.ports import Receipt
from xaso.apps.notices.rules import international, names_of_reference

VERBS = {"delivered": "confirm", "undelivered": "bounce"}


@transaction.atomic
def note_receipt(receipt: Receipt, *, now: datetime) -> bool:
    """Note what became of a piece, and of its message once that is certain; tells whether the piece is known. Repeating it changes nothing.

    A message arrived when all its pieces have; it is lost as soon as one is.
    """
    part = _find_part(receipt)
    if part is None:
        return False
    message = Message.objects.select_for_update().get(pk=part.message_id)
    if receipt.fate == "passed_on":
        return True
    part.fate, part.detail, part.told_at = receipt.fate, receipt.detail[:80], now
    part.save(update_fields=["fate", "detail", "told_at"])
    fates = set(message.parts.values_list("fate", flat=True))
    fate = "undelivered" if "undelivered" in fates else "delivered" if fates == {"delivered"} else ""
    if fate and VERBS[fate] in FLOW.verbs(message.state, SYSTEM):
        message.state = FLOW.after(VERBS[fate], message.state, SYSTEM)
        message.arrived_at = now if fate == "delivered" else None
        message.last_error = receipt.detail[:300] if fate == "undelivered" else ""
        message.save(update_fields=["state", "arrived_at", "last_error"])
    return True


def _find_part(receipt: Receipt) -> Part | None:
    """Return the latest piece with the reference, in whichever way the provider writes it, that went to the receipt's number."""
    found = Part.objects.filter(reference__in=names_of_reference(receipt.reference)).select_related("message").order_by("-id")[:20]
    same_number = [part for part in found if not receipt.phone or international(part.message.address) == international(receipt.phone)]
    exact = [part for part in same_number if part.reference == receipt.reference]
    return next(iter([*exact, *same_number]), None)
