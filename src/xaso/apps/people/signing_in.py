"""What a browser's session knows of an official's sign-in: that the second step is open, or by which factor it was passed."""

import time
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth import login
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme

from xaso.apps.people.actions.sessions import begin_session, see_session
from xaso.apps.people.actions.sign_in import note_sign_in
from xaso.apps.people.actors import actor_of
from xaso.apps.people.browsers import device_of
from xaso.apps.people.desk_queries import has_pin
from xaso.apps.people.known_browsers import know
from xaso.apps.people.locking import (
    ACTIVE_AT,
    HAS_PIN,
    PLACE,
    SIGN_IN,
    TYPED,
    computer_of,
    note_full_opening,
    take_over,
    typed_here,
    whom_locked_for,
)
from xaso.apps.people.models import Account
from xaso.apps.people.rules import needs_second_factor
from xaso.platform import clock, send_again
from xaso.platform.actor import Actor

PASSWORD_BACKEND = "django.contrib.auth.backends.ModelBackend"  # noqa: S105
NEXT = "sign_in_next"
OPEN_STEP = "second_step"
FACTOR = "second_factor"
NO_FACTOR = "none"
HOME, OWN_PASSWORD, NEW_APP = "/can-bo/", "/doi-mat-khau/", "/bao-ve-tai-khoan/ung-dung-ma/"
PASSKEY_WISH = "passkey_wish"
SEEN_EVERY_SECONDS = 300
MOST_REMEMBERED = 1000
STEP_STAYS_OPEN = timedelta(minutes=10)
_seen: dict[UUID, float] = {}


def safe_next(request: HttpRequest) -> str:
    """Return the address to go to after sign-in; empty when none is asked for or it leads to another site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else ""


def open_second_step(request: HttpRequest, account: Account, after: str, *, now: datetime) -> None:
    """Remember whose password was right. Nobody is signed in by it."""
    request.session.cycle_key()
    proof = account.get_session_auth_hash()
    request.session[OPEN_STEP] = {"account": str(account.pk), "proof": proof, "at": now.isoformat(), "next": after}


def account_in_second_step(request: HttpRequest, *, now: datetime) -> tuple[Account, str] | None:
    """Return whose second step is open and where she wants to go; None when the step is too old or the password has changed since."""
    kept = request.session.get(OPEN_STEP)
    if kept is None or now - datetime.fromisoformat(kept["at"]) > STEP_STAYS_OPEN:
        return None
    account = Account.objects.filter(pk=UUID(kept["account"]), is_active=True).first()
    if account is None or not constant_time_compare(kept["proof"], account.get_session_auth_hash()):
        return None
    return account, str(kept["next"])


def sign_in_as(request: HttpRequest, account: Account, factor: str, *, now: datetime) -> None:
    """Begin the official's session; `factor` is what she passed the second step by, NO_FACTOR where none was asked."""
    locked_for, actor = whom_locked_for(request), official_of(request, account)
    own = take_over(request, account.pk)
    login(request, account, backend=PASSWORD_BACKEND)
    request.session.pop(OPEN_STEP, None)
    request.session.update(
        own | {FACTOR: factor, HAS_PIN: has_pin(account.pk), ACTIVE_AT: now.isoformat(), TYPED: typed_here(request, account.pk)}
    )
    device, computer_id = device_of(request.headers.get("User-Agent", "")), computer_of(request, now=now)
    request.session[SIGN_IN] = str(begin_session(actor, _key_of(request), device, computer_id=computer_id, now=now))
    know_this_browser(request, account, now=now)
    note_sign_in(actor, "" if factor == NO_FACTOR else factor, now=now)
    note_full_opening(actor, locked_for, now=now)


def know_this_browser(request: HttpRequest, account: Account, *, now: datetime) -> None:
    """Know the browser as the official's own, once she has signed in in it with all that her roles need."""
    if not account.must_change_password and not lacks_second_factor(request, official_of(request, account)):
        know(request, account.pk, sign_in_of(request), now=now)


def sign_in_of(request: HttpRequest) -> UUID | None:
    """Return the id under which the session in use is listed; None for one that was not begun by an official's sign-in."""
    kept = request.session.get(SIGN_IN)
    return UUID(kept) if kept else None


def is_still_signed_in(request: HttpRequest, *, now: datetime) -> bool:
    """Note that the official's session is in use, at most once in SEEN_EVERY_SECONDS a process; tells whether it still stands."""
    own_id = sign_in_of(request)
    if own_id is None or _seen.get(own_id, 0.0) > time.monotonic() - SEEN_EVERY_SECONDS:
        return True
    if len(_seen) > MOST_REMEMBERED:
        _seen.clear()
    _seen[own_id] = time.monotonic()
    return see_session(own_id, _key_of(request), request.META.get("REMOTE_ADDR", ""), now=now)


def follow_session(request: HttpRequest, *, now: datetime) -> None:
    """Keep the list in step with a session whose key has just changed."""
    if own_id := sign_in_of(request):
        see_session(own_id, _key_of(request), request.META.get("REMOTE_ADDR", ""), now=now)


def _key_of(request: HttpRequest) -> str:
    if not request.session.session_key:
        request.session.save()
    return str(request.session.session_key)


def official_signed_in(request: HttpRequest) -> Account | None:
    """Return the account of an official who has given the password, even while she must still set something; None for all others."""
    user = request.user
    return user if isinstance(user, Account) and user.username and request.commune is not None else None  # type: ignore[attr-defined]


def official_of(request: HttpRequest, account: Account) -> Actor:
    """Return who the official is with all her roles, whether she has signed in fully or not."""
    commune = request.commune  # type: ignore[attr-defined]
    return actor_of(account, commune.id, on=timezone.localdate(clock.now()), address=request.META.get("REMOTE_ADDR", ""))


def lacks_second_factor(request: HttpRequest, actor: Actor) -> bool:
    """Tell whether the session was begun by the password alone although the actor's roles need more."""
    return request.session.get(FACTOR) == NO_FACTOR and needs_second_factor(actor.roles)


def first_page(request: HttpRequest, account: Account, after: str) -> str:
    """Return where the official goes now: to what she must set first, else where she wanted to go, now or before."""
    wanted = after or request.session.get(NEXT, "") or request.session.pop(PLACE, "")
    request.session[NEXT] = wanted
    if account.must_change_password:
        return OWN_PASSWORD
    if lacks_second_factor(request, official_of(request, account)):
        return NEW_APP
    del request.session[NEXT]
    return send_again.ADDRESS if send_again.KEY in request.session else wanted or HOME
