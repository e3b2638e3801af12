"""Fees of a dossier: charged, asked for, taken, waived."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from xaso.apps.dossiers import access
from xaso.apps.dossiers.actions import clock
from xaso.apps.dossiers.actions.moves import move
from xaso.apps.dossiers.flow import MONEY
from xaso.apps.dossiers.models import Dossier, Payment
from xaso.kernel.errors import Refusal
from xaso.kernel.money import format_vnd
from xaso.platform.actor import Actor


@transaction.atomic
def charge(actor: Actor, dossier_id: UUID, amount_vnd: int, basis: str, *, now: datetime) -> Dossier:
    """Set a fee that the rules could not compute, with its basis. Raises Refusal `dossiers.amount_missing`, `dossiers.reason_missing`."""
    if amount_vnd <= 0:
        raise Refusal("dossiers.amount_missing")
    if not basis.strip():
        raise Refusal("dossiers.reason_missing")
    dossier = access.locked(actor, dossier_id)
    move(actor, dossier, MONEY, "charge", now=now, note=basis, data={"amount_vnd": amount_vnd})
    dossier.fee_vnd = amount_vnd
    dossier.save()
    return dossier


@transaction.atomic
def request_payment(actor: Actor, dossier_id: UUID, *, now: datetime) -> Dossier:
    """Ask the applicant to pay before the case goes on; the clock stands until paid or waived."""
    dossier = access.locked(actor, dossier_id)
    move(actor, dossier, MONEY, "request_payment", now=now)
    clock.refresh(dossier, "payment", now=now)
    dossier.save()
    return dossier


@transaction.atomic
def take_payment(actor: Actor, dossier_id: UUID, amount_vnd: int, receipt_number: str, *, method: str, now: datetime) -> Dossier:
    """Record that the whole fee was paid against a receipt. Raises Refusal `dossiers.amount_wrong` or `dossiers.receipt_missing`."""
    if not receipt_number.strip():
        raise Refusal("dossiers.receipt_missing")
    dossier = access.locked(actor, dossier_id)
    if amount_vnd != dossier.fee_vnd:
        raise Refusal("dossiers.amount_wrong", due=format_vnd(dossier.fee_vnd or 0))
    move(actor, dossier, MONEY, "take_payment", now=now, data={"amount_vnd": amount_vnd, "receipt_number": receipt_number})
    Payment.objects.create(
        dossier=dossier,
        amount_vnd=amount_vnd,
        method=method,
        receipt_number=receipt_number.strip(),
        taken_at=now,
        taken_by=actor.name,
        taken_by_id=actor.account_id,
    )
    clock.refresh(dossier, "", now=now)
    dossier.save()
    return dossier


@transaction.atomic
def waive(actor: Actor, dossier_id: UUID, reason: str, *, now: datetime) -> Dossier:
    """Free the applicant from the fee, with the ground (poor household, disability …). Raises Refusal `dossiers.reason_missing`."""
    if not reason.strip():
        raise Refusal("dossiers.reason_missing")
    dossier = access.locked(actor, dossier_id)
    move(actor, dossier, MONEY, "waive", now=now, note=reason)
    clock.refresh(dossier, "", now=now)
    dossier.save()
    return dossier
