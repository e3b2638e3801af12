"""A person at the counter without phone or account, or a letter: filed, accepted and, where a fee is taken, paid in one act."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from xaso.apps.dossiers import rules
from xaso.apps.dossiers.actions import intake, money
from xaso.apps.dossiers.actions.drafts import submit
from xaso.apps.dossiers.models import Dossier
from xaso.platform.actor import Actor

LANGUAGE = "vi"
"""What people at the counter are told in, whatever language the official reads the pages in."""


@dataclass(frozen=True)
class FeeTaken:
    """What the payer gave at the desk."""

    amount_vnd: int
    receipt_number: str
    method: str = "cash"


@transaction.atomic
def take_in(actor: Actor, draft_id: UUID, fee: FeeTaken | None, *, now: datetime) -> Dossier:
    """Submit the draft and accept it at once; a dossier that another system must receive stays held. All or none; twice is once."""
    dossier = submit(actor, draft_id, language=LANGUAGE, now=now)
    if dossier.state == "submitted":
        dossier = intake.accept(actor, dossier.id, now=now)
    if fee is not None and dossier.state not in rules.HELD and dossier.money_state == "due":
        dossier = money.take_payment(actor, dossier.id, fee.amount_vnd, fee.receipt_number, method=fee.method, now=now)
    return dossier
