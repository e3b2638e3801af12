"""An official who lost phone and codes starts anew: one person asks, another confirms. Neither can do it alone, nor for herself."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from xaso.apps.audit import facade as audit
from xaso.apps.people.access import require_in_full
from xaso.apps.people.actions.accounts import one_time_password
from xaso.apps.people.actions.second_factor import forget_second_factor
from xaso.apps.people.actions.sessions import end_all_sessions
from xaso.apps.people.limits import within
from xaso.apps.people.models import Account, Post, RecoveryRequest
from xaso.apps.people.roles import Role
from xaso.apps.people.rules import is_recovery_open
from xaso.kernel.errors import Refusal
from xaso.kernel.text import tidy_name
from xaso.platform.actor import Actor

MAY_RECOVER = (Role.ADMINISTRATOR, Role.LEADER, Role.CENTRE_HEAD)
REASON_LETTERS_AT_MOST = 300


@transaction.atomic
def ask_recovery(actor: Actor, account_id: UUID, reason: str, *, now: datetime) -> UUID:
    """Ask that an official of the actor's commune may start anew without her second factor. Nothing changes for her yet.

    Asked again while one is open, the open one stays. Raises Refusal `people.not_found`, `people.own_recovery`, `people.reason_needed`.
    """
    commune_id = require_in_full(actor, *MAY_RECOVER)
    said = within(tidy_name(reason), REASON_LETTERS_AT_MOST)
    if account_id == actor.account_id:
        raise Refusal("people.own_recovery")
    if not said:
        raise Refusal("people.reason_needed")
    account = _official(commune_id, account_id)
    waiting = RecoveryRequest.objects.filter(commune_id=commune_id, account=account, state="asked").order_by("-asked_at").first()
    if waiting is not None and is_recovery_open(waiting.asked_at, now):
        return waiting.id
    facts = {"commune_id": commune_id, "account": account, "reason": said, "asked_by_id": actor.account_id, "asked_at": now}
    request = RecoveryRequest.objects.create(**facts)
    audit.record(actor, "people.recovery_asked", _subject(account.id), {"name": account.full_name, "reason": said}, now=now)
    return request.id


@transaction.atomic
def confirm_recovery(actor: Actor, request_id: UUID, *, now: datetime) -> tuple[Account, str]:
    """Take the official's second factor away and end all her sessions; returns her account and a password for one sign-in.

    The password goes to who confirms, never to who asked: so it takes both. Raises Refusal `people.recovery_same_person` for the one
    who asked, `people.own_recovery` for the official herself.
    """
    request = _waiting(actor, request_id, now)
    if actor.account_id is None or request.asked_by_id == actor.account_id:
        raise Refusal("people.recovery_same_person")
    if request.account_id == actor.account_id:
        raise Refusal("people.own_recovery")
    account = _official(request.commune_id, request.account_id)
    password = one_time_password()
    account.set_password(password)
    account.must_change_password = True
    account.save(update_fields=["password", "must_change_password"])
    forget_second_factor([account.id])
    end_all_sessions([account.id])
    _decide(request, "confirmed", actor, now)
    return account, password


@transaction.atomic
def reject_recovery(actor: Actor, request_id: UUID, *, now: datetime) -> None:
    """Turn a request down; who asked may also take it back this way."""
    _decide(_waiting(actor, request_id, now), "rejected", actor, now)


def _official(commune_id: UUID, account_id: UUID) -> Account:
    account = Account.objects.select_for_update().filter(pk=account_id, username__isnull=False, is_active=True).first()
    if account is None or not Post.objects.filter(account=account, commune_id=commune_id).exists():
        raise Refusal("people.not_found")
    return account


def _waiting(actor: Actor, request_id: UUID, now: datetime) -> RecoveryRequest:
    commune_id = require_in_full(actor, *MAY_RECOVER)
    request = RecoveryRequest.objects.select_for_update().filter(pk=request_id, commune_id=commune_id).first()
    if request is None:
        raise Refusal("people.not_found")
    if request.state != "asked" or not is_recovery_open(request.asked_at, now):
        raise Refusal("people.already_decided")
    return request


def _decide(request: RecoveryRequest, state: str, actor: Actor, now: datetime) -> None:
    request.state, request.decided_by_id, request.decided_at = state, actor.account_id, now
    request.save(update_fields=["state", "decided_by", "decided_at"])
    detail = {"name": request.account.full_name, "reason": request.reason}
    audit.record(actor, f"people.recovery_{state}", _subject(request.account_id), detail, now=now)


def _subject(account_id: UUID) -> str:
    return f"account:{account_id}"
