"""At the desk: taking a dossier in, refusing it, entering the code that the national portal gave it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from xaso.apps.dossiers import access
from xaso.apps.dossiers.actions import clock
from xaso.apps.dossiers.actions.moves import move
from xaso.apps.dossiers.actions.parts import open_parts
from xaso.apps.dossiers.actions.slips import issue_slip
from xaso.apps.dossiers.flow import SYNC, WORK
from xaso.apps.dossiers.models import Dossier
from xaso.kernel.errors import Refusal
from xaso.kernel.identifiers import is_national_dossier_code
from xaso.platform.actor import Actor


@transaction.atomic
def accept(actor: Actor, dossier_id: UUID, *, now: datetime) -> Dossier:
    """Take a submitted dossier in; from here the legal clock runs. Writes dossier, step, slip 01 and `dossiers.accept`: all or none."""
    dossier = access.locked(actor, dossier_id)
    move(actor, dossier, WORK, "accept", now=now)
    dossier.accepted_at = now
    clock.refresh(dossier, "", now=now)
    dossier.save()
    open_parts(dossier, now=now)
    issue_slip(actor, dossier, "01", {}, now=now)
    return dossier


@transaction.atomic
def refuse(actor: Actor, dossier_id: UUID, reason: str, legal_ground: str, *, now: datetime) -> Dossier:
    """Refuse a dossier at intake with reason and legal ground; issues form 03.

    Raises Refusal `dossiers.reason_missing`, `dossiers.ground_missing`. Source: Circular 03/2025/TT-VPCP, form 03.
    """
    if not reason.strip():
        raise Refusal("dossiers.reason_missing")
    if not legal_ground.strip():
        raise Refusal("dossiers.ground_missing")
    dossier = access.locked(actor, dossier_id)
    move(actor, dossier, WORK, "refuse", now=now, note=reason)
    dossier.ended_at = now
    dossier.save()
    issue_slip(actor, dossier, "03", {"reason": reason, "legal_ground": legal_ground}, now=now)
    return dossier


@transaction.atomic
def register(actor: Actor, dossier_id: UUID, national_code: str, *, now: datetime) -> Dossier:
    """Enter the official code of a dossier that was held ready; it is submitted from now on.

    Raises Refusal `dossiers.national_code_invalid` or `dossiers.national_code_taken`.
    """
    code = national_code.strip().upper()
    if not is_national_dossier_code(code):
        raise Refusal("dossiers.national_code_invalid", typed=national_code)
    dossier = access.locked(actor, dossier_id)
    if Dossier.objects.filter(national_code=code).exclude(pk=dossier.pk).exists():
        raise Refusal("dossiers.national_code_taken", typed=code)
    move(actor, dossier, SYNC, "register", now=now, data={"national_code": code})
    move(actor, dossier, WORK, "register", now=now, data={"national_code": code})
    dossier.national_code = code
    dossier.save()
    return dossier


def register_many(actor: Actor, codes: Mapping[UUID, str], *, now: datetime) -> dict[UUID, Refusal]:
    """Enter many official codes, each by itself; returns the refusals of those that could not be entered."""
    refused: dict[UUID, Refusal] = {}
    for dossier_id, code in codes.items():
        try:
            register(actor, dossier_id, code, now=now)
        except Refusal as refusal:
            refused[dossier_id] = refusal
    return refused
