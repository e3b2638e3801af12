"""The result by public post: handed to the post, delivered, or brought back to wait at the desk."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from xaso.apps.dossiers import access
from xaso.apps.dossiers.actions.delivery import ask_how_it_was, check_fee_is_settled
from xaso.apps.dossiers.actions.moves import move
from xaso.apps.dossiers.contact import BY_POST
from xaso.apps.dossiers.flow import DELIVERY
from xaso.apps.dossiers.models import Dossier, Handover, Posting
from xaso.apps.dossiers.shapes import PostedTo
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN
from xaso.platform.actor import Actor


@transaction.atomic
def send_by_post(actor: Actor, dossier_id: UUID, tracking_number: str, to: PostedTo, posted_on: date, *, now: datetime) -> Dossier:
    """Note that the result was handed to the post. An address given here takes the place of the one given at filing.

    Raises Refusal `dossiers.tracking_missing`, `return_address_missing`, `day_wrong` (in the future, or before the result was there), and
    while the fee is open `payment_open` or `fee_unknown`.
    """
    dossier = access.locked(actor, dossier_id)
    check_fee_is_settled(dossier)
    number = "".join(tracking_number.split()).upper()[:40]
    if not number:
        raise Refusal("dossiers.tracking_missing")
    if not to.name.strip() or not to.address.strip() or not to.area.strip():
        raise Refusal("dossiers.return_address_missing")
    _check_day(posted_on, dossier.solved_at, now)
    move(actor, dossier, DELIVERY, "send_by_post", now=now, data={"tracking_number": number, "posted_on": posted_on.isoformat()})
    dossier.return_by, dossier.return_address, dossier.return_area = BY_POST, to.address.strip()[:300], to.area.strip()[:200]
    dossier.save()
    Posting.objects.create(
        dossier=dossier,
        tracking_number=number,
        recipient_name=to.name.strip()[:200],
        address=dossier.return_address,
        area=dossier.return_area,
        posted_on=posted_on,
        posted_by=actor.name,
    )
    return dossier


@transaction.atomic
def note_delivered(actor: Actor, dossier_id: UUID, on: date, *, now: datetime) -> Dossier:
    """Note that the post delivered the result: it is given from then on. Raises Refusal `dossiers.day_wrong`."""
    dossier = access.locked(actor, dossier_id)
    posting = _close(actor, dossier, "note_delivered", "delivered", on, now=now)
    given = {"method": BY_POST, "recipient_name": posting.recipient_name, "shown_paper": "", "signed_for": False, "at": now}
    Handover.objects.update_or_create(dossier=dossier, defaults={**given, "given_by": actor.name})
    ask_how_it_was(dossier, now)
    return dossier


@transaction.atomic
def note_returned(actor: Actor, dossier_id: UUID, on: date, reason: str, *, now: datetime) -> Dossier:
    """Note that the post brought the result back; it waits at the desk, or is sent anew. Raises `dossiers.reason_missing`, `day_wrong`."""
    if not reason.strip():
        raise Refusal("dossiers.reason_missing")
    dossier = access.locked(actor, dossier_id)
    _close(actor, dossier, "note_returned", "returned", on, note=reason.strip(), now=now)
    return dossier


def _close(actor: Actor, dossier: Dossier, verb: str, outcome: str, on: date, *, now: datetime, note: str = "") -> Posting:
    move(actor, dossier, DELIVERY, verb, now=now, note=note, data={"on": on.isoformat()})
    posting = Posting.objects.select_for_update().get(dossier=dossier, outcome="")
    if not posting.posted_on <= on <= now.astimezone(VN).date():
        raise Refusal("dossiers.day_wrong")
    dossier.save()
    posting.outcome, posting.outcome_on, posting.outcome_by, posting.note = outcome, on, actor.name, note[:300]
    posting.save()
    return posting


def _check_day(day: date, solved_at: datetime | None, now: datetime) -> None:
    earliest = solved_at.astimezone(VN).date() if solved_at else day
    if not earliest <= day <= now.astimezone(VN).date():
        raise Refusal("dossiers.day_wrong")
