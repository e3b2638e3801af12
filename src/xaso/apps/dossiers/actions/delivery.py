"""Giving the result: over the counter against a paper and a signature, or as a download."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from xaso.apps.dossiers import access, rules
from xaso.apps.dossiers.actions.moves import move
from xaso.apps.dossiers.flow import DELIVERY, SYSTEM
from xaso.apps.dossiers.models import Dossier, Handover
from xaso.apps.rights import facade as rights
from xaso.apps.satisfaction import facade as satisfaction
from xaso.kernel.errors import Refusal
from xaso.platform.actor import Actor


def make_ready(actor: Actor, dossier: Dossier, *, now: datetime) -> None:
    """Mark the result as ready to be given, as part of the act that solved the dossier; the caller saves it."""
    machine = replace(Actor.system(dossier.commune_id, actor.name), channel=actor.channel)
    assert SYSTEM in machine.roles
    move(machine, dossier, DELIVERY, "make_ready", now=now)


@transaction.atomic
def hand_over(actor: Actor, dossier_id: UUID, recipient_name: str, shown_paper: str, *, signed_for: bool, now: datetime) -> Dossier:
    """Give the result at the desk. Raises Refusal `dossiers.payment_open` or `fee_unknown` until that is settled, `recipient_missing`."""
    dossier = access.locked(actor, dossier_id)
    check_fee_is_settled(dossier)
    if not recipient_name.strip() or not shown_paper.strip():
        raise Refusal("dossiers.recipient_missing")
    move(actor, dossier, DELIVERY, "hand_over", now=now)
    dossier.save()
    given = {
        "method": "counter",
        "recipient_name": recipient_name.strip(),
        "shown_paper": shown_paper.strip(),
        "signed_for": signed_for,
        "at": now,
        "given_by": actor.name,
    }
    Handover.objects.update_or_create(dossier=dossier, defaults=given)
    ask_how_it_was(dossier, now)
    return dossier


@transaction.atomic
def note_download(actor: Actor, dossier_id: UUID, *, now: datetime) -> Dossier:
    """Note that the applicant fetched the result; the first time counts as given, later times change nothing.

    What is on paper, such as certified copies, may still be handed over at the desk; what is to come by post is given when it has come.
    """
    dossier = access.locked(actor, dossier_id)
    check_fee_is_settled(dossier)
    if dossier.delivery_state in rules.GIVEN | rules.BY_POST or dossier.return_by:
        return dossier
    move(actor, dossier, DELIVERY, "download", now=now)
    dossier.save()
    Handover.objects.create(dossier=dossier, method="download", recipient_name=dossier.applicant_name, at=now, given_by="")
    ask_how_it_was(dossier, now)
    return dossier


def ask_how_it_was(dossier: Dossier, now: datetime) -> None:
    """Ask the applicant how the commune served her, unless she wants no such questions; who answers what is the other room's secret."""
    if dossier.citizen_id is not None and not rights.has_consent(dossier.citizen_id, satisfaction.ASKED):
        return
    satisfaction.ask(
        subject=access.subject_of(dossier.id),
        commune_id=dossier.commune_id,
        procedure_code=dossier.procedure_code,
        procedure_name=dossier.procedure_name,
        now=now,
    )


def check_fee_is_settled(dossier: Dossier) -> None:
    """Raise Refusal `dossiers.payment_open` or `dossiers.fee_unknown` until the fee is settled."""
    if dossier.money_state in rules.FEE_OPEN:
        raise Refusal("dossiers.fee_unknown" if dossier.money_state == "unknown" else "dossiers.payment_open")
