"""Sessions of officials: begun at sign-in, seen while they are used, ended by their owner, or at once when a post is left."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from xaso.apps.audit import facade as audit
from xaso.apps.people.actions.known_browsers import forget_browsers
from xaso.apps.people.models import Deputy, KnownBrowser, Post, SignIn
from xaso.apps.people.options import IDLE_HOURS, PIN_DAYS
from xaso.apps.people.queries import in_force
from xaso.kernel.errors import Refusal
from xaso.platform.actor import Actor

KEPT = timedelta(days=14)
DEVICE_LETTERS_AT_MOST = 60


@transaction.atomic
def begin_session(actor: Actor, session_key: str, device: str, *, computer_id: UUID | None = None, now: datetime) -> UUID:
    """Write down where the official has signed in, with all that her roles need; what has long expired is forgotten."""
    assert actor.account_id is not None
    SignIn.objects.filter(account_id=actor.account_id, last_seen_at__lt=now - KEPT).delete()
    facts: dict[str, Any] = {"device": device[:DEVICE_LETTERS_AT_MOST], "address": actor.address, "began_at": now, "last_seen_at": now}
    facts["computer_id"] = computer_id
    return SignIn.objects.create(account_id=actor.account_id, session_key=session_key, **facts).id


def see_session(sign_in_id: UUID, session_key: str, address: str, *, now: datetime) -> bool:
    """Note that the session is in use, under the key that it has now; tells whether it still stands.

    It stands for IDLE_HOURS unused, and for PIN_DAYS after signing in in full, whatever was done meanwhile; then it is forgotten.
    """
    known = SignIn.objects.filter(pk=sign_in_id)
    begun, used = now - timedelta(days=PIN_DAYS.value()), now - timedelta(hours=IDLE_HOURS.value())
    stands = known.filter(began_at__gt=begun, last_seen_at__gt=used)
    if stands.update(session_key=session_key, address=address, last_seen_at=now):
        return True
    known.delete()
    return False


@transaction.atomic
def end_session(actor: Actor, sign_in_id: UUID, *, now: datetime) -> None:
    """End one of the actor's own sessions and forget its browser. Raises Refusal `people.not_found`."""
    if _end(actor, _own(actor).filter(pk=sign_in_id), now) == 0:
        raise Refusal("people.not_found")


@transaction.atomic
def end_other_sessions(actor: Actor, own_id: UUID | None, *, now: datetime) -> int:
    """End all of the actor's own sessions but the one in use, and forget all other browsers; returns how many sessions."""
    assert actor.account_id is not None
    forget_browsers([actor.account_id], but=own_id)
    others = _own(actor).exclude(pk=own_id) if own_id else _own(actor)
    return _end(actor, others, now)


def end_all_sessions(account_ids: Iterable[UUID]) -> None:
    """End the sessions of these accounts and forget their browsers, in the caller's transaction."""
    wanted = list(account_ids)
    forget_browsers(wanted)
    _delete(SignIn.objects.filter(account__in=wanted))


def end_sessions_of_who_left(account_id: UUID | None, *, now: datetime) -> None:
    """End the sessions of an official who holds no post any more, nor stands in for anybody; in the caller's transaction."""
    if account_id is None:
        return
    today = timezone.localdate(now)
    stands = Post.objects.filter(in_force(today), account_id=account_id)
    deputises = Deputy.objects.filter(Q(until_on__gte=today) & in_force(today, "post__"), account_id=account_id)
    if not stands.exists() and not deputises.exists():
        end_all_sessions([account_id])


def forget_session(sign_in_id: UUID) -> None:
    """Forget a session that its owner has ended by signing out."""
    SignIn.objects.filter(pk=sign_in_id).delete()


def _own(actor: Actor) -> "QuerySet[SignIn]":
    assert actor.account_id is not None
    return SignIn.objects.filter(account_id=actor.account_id)


def _end(actor: Actor, wanted: "QuerySet[SignIn]", now: datetime) -> int:
    ended = _delete(wanted.select_for_update())
    for row in ended:
        audit.record(actor, "people.session_ended", f"account:{actor.account_id}", {"name": row.device, "address": row.address}, now=now)
    return len(ended)


def _delete(wanted: "QuerySet[SignIn]") -> list[SignIn]:
    rows = list(wanted)
    Session.objects.filter(session_key__in=[row.session_key for row in rows]).delete()
    KnownBrowser.objects.filter(sign_in__in=[row.pk for row in rows]).delete()
    SignIn.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return rows
