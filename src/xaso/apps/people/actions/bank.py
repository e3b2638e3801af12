"""The account that fees are paid to: one administrator proposes a change, another approves it."""

import re
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from xaso.apps.audit import facade as audit
from xaso.apps.people import memory
from xaso.apps.people.access import require_in_full
from xaso.apps.people.models import BankAccountChange, Commune
from xaso.apps.people.roles import Role
from xaso.kernel.errors import Refusal
from xaso.kernel.text import tidy_name
from xaso.platform.actor import Actor


@dataclass(frozen=True)
class BankAccount:
    """Where money goes. `bank_bin` is the bank's six digits in the national switch."""

    bank_name: str
    bank_bin: str
    account_number: str
    account_holder: str


@transaction.atomic
def propose_bank_account(actor: Actor, wanted: BankAccount, *, now: datetime) -> UUID:
    """Propose a bank account; an earlier proposal that waits is replaced. Nothing changes for payers yet."""
    commune_id = require_in_full(actor, Role.ADMINISTRATOR)
    if actor.account_id is None:
        raise Refusal("people.not_allowed")
    named = tidy_name(wanted.bank_name) and tidy_name(wanted.account_holder)
    if not named or not re.fullmatch(r"\d{6}", wanted.bank_bin) or not re.fullmatch(r"\d{4,30}", wanted.account_number):
        raise Refusal("people.bank_account_wrong")
    waiting = BankAccountChange.objects.filter(commune_id=commune_id, state="proposed")
    waiting.update(state="replaced", decided_by_id=actor.account_id, decided_at=now)
    change = BankAccountChange.objects.create(commune_id=commune_id, proposed_by_id=actor.account_id, proposed_at=now, **asdict(wanted))
    audit.record(actor, "people.bank_account_proposed", f"bank_account_change:{change.id}", asdict(wanted), now=now)
    return change.id


@transaction.atomic
def approve_bank_account(actor: Actor, change_id: UUID, *, now: datetime) -> None:
    """Put a proposed account in force. Raises Refusal `people.same_person` for the one who proposed it."""
    change = _waiting(actor, change_id)
    if change.proposed_by_id == actor.account_id:
        raise Refusal("people.same_person")
    _decide(change, "approved", actor, now)
    Commune.objects.filter(pk=change.commune_id).update(
        bank_name=change.bank_name,
        bank_bin=change.bank_bin,
        bank_account_number=change.account_number,
        bank_account_holder=change.account_holder,
    )
    memory.forget()
    transaction.on_commit(memory.forget)


@transaction.atomic
def reject_bank_account(actor: Actor, change_id: UUID, *, now: datetime) -> None:
    """Turn a proposal down; its author may also take it back this way."""
    _decide(_waiting(actor, change_id), "rejected", actor, now)


def _waiting(actor: Actor, change_id: UUID) -> BankAccountChange:
    commune_id = require_in_full(actor, Role.ADMINISTRATOR)
    change = BankAccountChange.objects.select_for_update().filter(pk=change_id, commune_id=commune_id).first()
    if change is None:
        raise Refusal("people.not_found")
    if change.state != "proposed":
        raise Refusal("people.already_decided")
    return change


def _decide(change: BankAccountChange, state: str, actor: Actor, now: datetime) -> None:
    change.state, change.decided_by_id, change.decided_at = state, actor.account_id, now
    change.save(update_fields=["state", "decided_by", "decided_at"])
    detail = {"bank_name": change.bank_name, "account_number": change.account_number}
    audit.record(actor, f"people.bank_account_{state}", f"bank_account_change:{change.id}", detail, now=now)
