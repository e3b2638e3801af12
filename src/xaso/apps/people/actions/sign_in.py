"""Signing officials in by user name and password."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from xaso.apps.audit import facade as audit
from xaso.apps.people.actors import actor_of
from xaso.apps.people.models import Account
from xaso.kernel.errors import Refusal
from xaso.platform import ratelimit

TRIES = 8
WINDOW_SECONDS = 15 * 60


def check_password(commune_id: UUID, username: str, password: str, *, address: str, now: datetime) -> Account:
    """Return the official's account. Tries are counted per user name and address, so that nobody can lock a colleague elsewhere out.

    Raises Refusal `platform.too_many`, `people.sign_in_wrong` (the same for an unknown name) or `people.no_post`.
    """
    wanted = username.strip().lower()[:60]
    key = f"sign-in:{wanted}:{address}"
    ratelimit.count(key, limit=TRIES, window_seconds=WINDOW_SECONDS, now=now)
    account = Account.objects.filter(username=wanted, is_active=True).first()
    if account is None:
        make_password(password)  # takes as long as a check, so that the time tells nothing
        raise Refusal("people.sign_in_wrong")
    if not account.check_password(password):
        raise Refusal("people.sign_in_wrong")
    ratelimit.forget(key)
    _note(account, commune_id, address, now)
    return account


@transaction.atomic
def _note(account: Account, commune_id: UUID, address: str, now: datetime) -> None:
    actor = actor_of(account, commune_id, on=timezone.localdate(now), address=address)
    if not actor.roles:
        raise Refusal("people.no_post")
    audit.record(actor, "people.signed_in", f"account:{account.id}", now=now)
