"""What a browser's session knows of a locked computer: whose work rests, what was being typed, and what a PIN has opened.

A locked browser holds a session of nobody. That of the official rests in the database under a key that was never sent anywhere, with what
she was typing; her PIN, or signing in in full, fetches it back under another new key.
"""

import json
import secrets
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.csrf import rotate_token
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme

from xaso.apps.people import desk_queries
from xaso.apps.people.actions.desk_lock import (
    RestingSession,
    computer_with,
    keep_typed,
    lock_session,
    note_opening,
    open_session,
    take_typed,
)
from xaso.apps.people.actions.sessions import forget_session
from xaso.apps.people.desk_queries import LockedFor
from xaso.apps.people.models import Account
from xaso.apps.people.options import LOCK_MINUTES
from xaso.apps.people.rules import is_left_alone
from xaso.platform import send_again
from xaso.platform.actor import Actor
from xaso.platform.cookies import cookie_name

COMPUTER_COOKIE = "may_ban"
COMPUTER_DAYS = 400
TOKEN_BYTES = 32
BY_PIN, HAS_PIN, ACTIVE_AT, TYPED, PLACE, SIGN_IN = "by_pin", "has_pin", "active_at", "typed", "place", "sign_in"
CARRIED = (PLACE, send_again.KEY)
ACTIVE_NOTED_EVERY = timedelta(minutes=1)
PRESSED, LEFT_ALONE = "pressed", "left_alone"
DAY_SECONDS = 24 * 3600
NOTHING = "[]"

SessionStore: type[SessionBase] = import_module(settings.SESSION_ENGINE).SessionStore


def park(request: HttpRequest, actor: Actor, why: str, *, now: datetime) -> None:
    """Lock the computer: the official's session rests, the browser's is from now on nobody's. Nothing where her sign-in is not listed."""
    own_id = request.session.get(SIGN_IN)
    if own_id is None:
        return
    list(messages.get_messages(request))  # what was still to be told is hers
    resting, computer_id = request.session, computer_of(request, now=now)
    with transaction.atomic():
        resting.cycle_key()
        resting.save()
        lock_session(actor, RestingSession(UUID(own_id), computer_id, str(resting.session_key)), why, now=now)
    request.session = SessionStore()
    request.session[send_again.LOCKED] = own_id
    request.user = AnonymousUser()
    rotate_token(request)


def resting_here(request: HttpRequest, *, now: datetime) -> list[desk_queries.Resting]:
    """Return the sessions that rest on this computer. At most two queries, none for a browser no official has used."""
    computer_id = desk_queries.find_computer(request.COOKIES.get(cookie_name(COMPUTER_COOKIE), ""))
    return desk_queries.resting_on(computer_id, now) if computer_id else []


def account_resting(resting: desk_queries.Resting) -> Account | None:
    """Return the account whose session rests, while it still stands: not expired, and the password has not changed since."""
    kept = SessionStore(session_key=resting.session_key).load()
    account = Account.objects.filter(pk=resting.account_id, is_active=True).first()
    if account is None or kept.get(SESSION_KEY) != str(account.pk) or BACKEND_SESSION_KEY not in kept:
        return None
    is_same = constant_time_compare(kept.get(HASH_SESSION_KEY, ""), account.get_session_auth_hash())
    return account if is_same else None


def fetch_back(request: HttpRequest, actor: Actor, resting: desk_queries.Resting, *, now: datetime) -> str:
    """Give the browser the official's session back after her PIN was right; returns the address where she was, or that of what waits."""
    locked_for = whom_locked_for(request)
    hers = SessionStore(session_key=resting.session_key)
    for name, value in _leave_locked(request, locked_for, actor.account_id).items():
        hers[name] = value
    hers[BY_PIN], hers[ACTIVE_AT], hers[TYPED] = True, now.isoformat(), typed_here(request, resting.account_id)
    with transaction.atomic():
        hers.cycle_key()
        hers.save()
        open_session(actor, resting.sign_in_id, str(hers.session_key), "pin", _exchanged(locked_for, actor.account_id), now=now)
    request.session.flush()
    request.session = hers
    rotate_token(request)
    place = str(hers.pop(PLACE, ""))
    return send_again.ADDRESS if send_again.KEY in hers else place


def take_over(request: HttpRequest, account_id: UUID) -> dict[str, Any]:
    """Return what of the official's own rests on this computer, before she signs in in full; her resting sessions there end."""
    found = _leave_locked(request, whom_locked_for(request), account_id)
    computer_id = desk_queries.find_computer(request.COOKIES.get(cookie_name(COMPUTER_COOKIE), ""))
    for sign_in_id, session_key in desk_queries.sessions_on(computer_id, account_id) if computer_id else []:
        rests = SessionStore(session_key=session_key)
        found = {name: rests[name] for name in CARRIED if name in rests} | found
        rests.delete()
        forget_session(sign_in_id)
    return found


def note_full_opening(actor: Actor, locked_for: LockedFor | None, *, now: datetime) -> None:
    """Note that a locked computer was opened by signing in in full; nothing where it was not locked."""
    if locked_for is not None:
        note_opening(actor, "full", _exchanged(locked_for, actor.account_id), now=now)


def whom_locked_for(request: HttpRequest) -> LockedFor | None:
    """Return whose session rests since this computer was locked; None when it is not locked, or she has ended that session elsewhere."""
    own_id = request.session.get(send_again.LOCKED)
    return desk_queries.find_locked_for(UUID(own_id)) if own_id else None


def computer_of(request: HttpRequest, *, now: datetime) -> UUID:
    """Return the computer of the request; one that is new is given its token with the answer."""
    known = desk_queries.find_computer(request.COOKIES.get(cookie_name(COMPUTER_COOKIE), ""))
    if known is not None:
        return known
    token = secrets.token_urlsafe(TOKEN_BYTES)
    request.new_computer = token  # type: ignore[attr-defined]
    return computer_with(token, now=now)


def tell_computer(request: HttpRequest, response: HttpResponseBase) -> None:
    """Let a new computer keep its token; pages of our own site alone send it back, and no script reads it."""
    token = getattr(request, "new_computer", "")
    if token:
        secure = settings.SESSION_COOKIE_SECURE
        name, age = cookie_name(COMPUTER_COOKIE), COMPUTER_DAYS * DAY_SECONDS
        response.set_cookie(name, token, max_age=age, httponly=True, secure=secure, samesite="Lax")


def is_idle(request: HttpRequest, *, now: datetime) -> bool:
    """Tell whether an official with a PIN has left this session alone for too long; else note now and then that she uses it."""
    session = request.session
    if not session.get(HAS_PIN):
        return False
    active_at = datetime.fromisoformat(session[ACTIVE_AT]) if ACTIVE_AT in session else now
    if is_left_alone(active_at, now, minutes=LOCK_MINUTES.value()):
        return True
    by_person = request.method == "POST" or request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
    if ACTIVE_AT not in session or (by_person and now - active_at >= ACTIVE_NOTED_EVERY):
        session[ACTIVE_AT] = now.isoformat()
    return False


def lock_seconds(request: HttpRequest) -> int:
    """Return after how many seconds alone the page locks the computer; 0 for who has no PIN."""
    return LOCK_MINUTES.value() * 60 if request.session.get(HAS_PIN) else 0


def keep(request: HttpRequest, actor: Actor, address: str, typed: str, *, now: datetime) -> bool:
    """Keep what stands typed on one of the official's pages; tells whether it could be: it must be a list, and not too long."""
    if len(typed) > send_again.MOST_CHARACTERS or not _is_list(typed):
        return False
    if typed != NOTHING and address:
        keep_typed(actor, computer_of(request, now=now), address, typed, now=now)
    return True


def typed_before(request: HttpRequest) -> str:
    """Return what stood typed on this page when the computer was locked, this once, or the empty text. No query where nothing waits."""
    address, waiting = request.get_full_path(), request.session.get(TYPED, [])
    if address not in waiting or request.method != "GET":
        return ""
    request.session[TYPED] = [one for one in waiting if one != address]
    computer_id = desk_queries.find_computer(request.COOKIES.get(cookie_name(COMPUTER_COOKIE), ""))
    account_id: UUID | None = request.user.pk
    return take_typed(account_id, computer_id, address) if computer_id and account_id else ""


def typed_here(request: HttpRequest, account_id: UUID) -> list[str]:
    """Return the pages on which something of the official's waits on this computer. At most two queries."""
    computer_id = desk_queries.find_computer(request.COOKIES.get(cookie_name(COMPUTER_COOKIE), ""))
    return desk_queries.addresses_typed_on(computer_id, account_id) if computer_id else []


def own_address(request: HttpRequest, address: str) -> str:
    """Return the address if it is one of this site, else the empty text."""
    is_own = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if is_own and address.startswith("/") else ""


def _leave_locked(request: HttpRequest, locked_for: LockedFor | None, account_id: UUID | None) -> dict[str, Any]:
    """Forget that the browser was locked; returns the form that came meanwhile, if it is hers who comes.

    It was sent from a page of whom the computer was locked for: another's is laid to what of that one's rests.
    """
    request.session.pop(send_again.LOCKED, None)
    unsent = request.session.pop(send_again.KEY, None)
    if unsent is None or locked_for is None:
        return {}
    if locked_for.account_id == account_id:
        return {send_again.KEY: unsent}
    theirs = SessionStore(session_key=locked_for.session_key)
    theirs[send_again.KEY] = unsent
    theirs.save()
    return {}


def _exchanged(locked_for: LockedFor | None, account_id: UUID | None) -> str:
    return locked_for.name if locked_for is not None and locked_for.account_id != account_id else ""


def _is_list(typed: str) -> bool:
    try:
        return isinstance(json.loads(typed), list)
    except ValueError:
        return False
