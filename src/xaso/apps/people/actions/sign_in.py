"""Signing officials in: by user name and password first, then by a second factor."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import structlog
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from xaso.apps.audit import facade as audit
from xaso.apps.people.actions.passkeys import use_passkey
from xaso.apps.people.actions.second_factor import use_recovery_code, use_totp_code
from xaso.apps.people.actors import actor_of
from xaso.apps.people.adapters.passkeys import Site, signed
from xaso.apps.people.models import Account
from xaso.apps.people.rules import as_username
from xaso.apps.people.second_factor_queries import credentials_at
from xaso.kernel.errors import Refusal
from xaso.platform import ratelimit
from xaso.platform.actor import Actor

log = structlog.get_logger(__name__)

TRIES = 8
CODE_TRIES = 5
WINDOW_SECONDS = 15 * 60


def check_password(actor: Actor, username: str, password: str, *, tried_from: str, now: datetime) -> Account:
    """Return the official's account. Tries are counted per user name and where they come from, so that nobody can lock a colleague out.

    `actor` is still nobody; `tried_from` is his address, or a browser in which the official has signed in before: who shares her address
    does not hold that one back.

    Raises Refusal `platform.too_many`, `people.sign_in_wrong` (the same for an unknown name) or `people.no_post`.
    """
    assert actor.commune_id is not None
    wanted = as_username(username)
    key = f"sign-in:{wanted}:{tried_from}"
    _count(key, TRIES, now)
    account = Account.objects.filter(username=wanted, is_active=True).first()
    if account is None:
        make_password(password)  # takes as long as a check, so that the time tells nothing
        log.warning("sign_in_failed", why="name")
        raise Refusal("people.sign_in_wrong")
    if not account.check_password(password):
        log.warning("sign_in_failed", why="password", account=str(account.pk))
        _note(replace(actor, account_id=account.pk), "people.sign_in_failed", {}, now)
        raise Refusal("people.sign_in_wrong")
    ratelimit.forget(key)
    if not actor_of(account, actor.commune_id, on=timezone.localdate(now), address=actor.address).roles:
        raise Refusal("people.no_post")
    return account


def check_code(actor: Actor, typed: str, *, tried_from: str, now: datetime) -> str:
    """Return `totp` or `recovery`, the kind of code that the official typed; a code counts once.

    Tries are counted per account and where they come from, like those of passwords.
    Raises Refusal `platform.too_many` or `people.second_code_wrong`.
    """
    assert actor.account_id is not None
    key = f"second-step:{actor.account_id}:{tried_from}"
    _count(key, CODE_TRIES, now)
    plain = "".join(filter(str.isalnum, typed)).lower()
    if plain.isdecimal() and len(plain) == 6:
        kind = "totp" if use_totp_code(actor.account_id, plain, now=now) else ""
    else:
        kind = "recovery" if use_recovery_code(actor, plain, now=now) else ""
    if not kind:
        _note(actor, "people.second_code_wrong", {}, now)
        raise Refusal("people.second_code_wrong")
    ratelimit.forget(key)
    return kind


def check_passkey(actor: Actor, site: Site, state: dict[str, Any], answer: str, *, tried_from: str, now: datetime) -> None:
    """Pass where one of the official's passkeys has signed what we asked. Counted with the codes.

    Raises Refusal `platform.too_many` or `people.passkey_wrong`.
    """
    assert actor.account_id is not None
    key = f"second-step:{actor.account_id}:{tried_from}"
    _count(key, CODE_TRIES, now)
    used, uses = signed(site, state, credentials_at(actor.account_id, site.host), answer)
    if not use_passkey(actor.account_id, used, uses, now=now):
        _note(actor, "people.second_code_wrong", {}, now)
        raise Refusal("people.passkey_wrong")
    ratelimit.forget(key)


def note_sign_in(actor: Actor, second: str, *, now: datetime) -> None:
    """Write down that the official has signed in; `second` is the kind of the second factor, empty where none was asked."""
    _note(actor, "people.signed_in", {"second": second} if second else {}, now)


def _count(key: str, limit: int, now: datetime) -> None:
    try:
        ratelimit.count(key, limit=limit, window_seconds=WINDOW_SECONDS, now=now)
    except Refusal:
        log.warning("sign_in_held_back", step=key.partition(":")[0])
        raise


@transaction.atomic
def _note(actor: Actor, verb: str, detail: dict[str, str], now: datetime) -> None:
    audit.record(actor, verb, f"account:{actor.account_id}", detail, now=now)
