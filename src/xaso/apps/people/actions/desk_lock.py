"""Shared computers at the desk: a PIN is set, a computer is locked, and opened by its official's PIN."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from xaso.apps.audit import facade as audit
from xaso.apps.people.actions.known_browsers import digest_of
from xaso.apps.people.actions.sessions import KEPT
from xaso.apps.people.models import Account, Computer, DeskPin, SignIn, TypedPage
from xaso.apps.people.options import PIN_DAYS
from xaso.apps.people.rules import PIN_TRIES, is_pin_guessable, may_open_by_pin
from xaso.kernel.errors import Refusal
from xaso.platform.actor import Actor, require_full
from xaso.platform.sealing import Unreadable, seal, unseal

PURPOSE = "typed page"
ADDRESS_LETTERS_AT_MOST = 500


@dataclass(frozen=True)
class RestingSession:
    """A session about to rest: under which sign-in, on which computer, and the new key that no browser holds."""

    sign_in_id: UUID
    computer_id: UUID
    session_key: str


@transaction.atomic
def set_pin(actor: Actor, pin: str, *, now: datetime) -> None:
    """Set the actor's PIN or change it. Raises Refusal `platform.confirm_first`, `people.pin_guessable`."""
    require_full(actor)
    assert actor.account_id is not None
    account = Account.objects.select_for_update().get(pk=actor.account_id)
    if not pin.isdecimal() or not pin.isascii() or is_pin_guessable(pin, (account.phone, account.username or "")):
        raise Refusal("people.pin_guessable")
    DeskPin.objects.update_or_create(account=account, defaults={"digest": make_password(pin), "set_at": now})
    audit.record(actor, "people.pin_set", _subject(actor), now=now)


@transaction.atomic
def remove_pin(actor: Actor, *, now: datetime) -> None:
    """Remove the actor's PIN; locked computers open to her only by signing in in full. Raises Refusal `people.not_found`."""
    assert actor.account_id is not None
    if not DeskPin.objects.filter(account_id=actor.account_id).delete()[0]:
        raise Refusal("people.not_found")
    audit.record(actor, "people.pin_removed", _subject(actor), now=now)


@transaction.atomic
def computer_with(token: str, *, now: datetime) -> UUID:
    """Return the computer that carries the token, known from now on."""
    computer, _is_new = Computer.objects.get_or_create(digest=digest_of(token), defaults={"first_seen_at": now})
    return computer.id


@transaction.atomic
def lock_session(actor: Actor, resting: RestingSession, why: str, *, now: datetime) -> None:
    """Write down that the actor's session rests under a new key that no browser holds; `why` is pressed or left_alone."""
    assert actor.account_id is not None
    facts = {"session_key": resting.session_key, "computer_id": resting.computer_id, "locked_at": now}
    SignIn.objects.filter(pk=resting.sign_in_id, account_id=actor.account_id).update(**facts)
    audit.record(actor, "people.locked", _subject(actor), {"why": why}, now=now)


def check_pin(actor: Actor, sign_in_id: UUID, pin: str, *, now: datetime) -> None:
    """Pass where the PIN is that of the official whose session rests under this sign-in. `actor` is she, with all of her roles.

    A wrong one is written down and counts against this session alone, so that nobody is locked out of another computer.
    Raises Refusal `people.pin_wrong` or, when no PIN counts here any more, `people.pin_closed`.
    """
    tries_left = _try_pin(actor, sign_in_id, pin, now=now)
    if tries_left == 0:
        raise Refusal("people.pin_closed")
    if tries_left is not None:
        raise Refusal("people.pin_wrong", left=tries_left)


@transaction.atomic
def _try_pin(actor: Actor, sign_in_id: UUID, pin: str, *, now: datetime) -> int | None:
    """Return how many tries are left after this one; None when it was right."""
    assert actor.account_id is not None
    row = SignIn.objects.select_for_update().filter(pk=sign_in_id, account_id=actor.account_id, locked_at__isnull=False).first()
    digest = DeskPin.objects.filter(account_id=actor.account_id).values_list("digest", flat=True).first()
    if row is None or digest is None or not may_open_by_pin(row.began_at, row.pin_misses, days=PIN_DAYS.value(), now=now):
        return 0
    is_right = check_password(pin, digest)
    row.pin_misses = 0 if is_right else row.pin_misses + 1
    row.save(update_fields=["pin_misses"])
    if is_right:
        return None
    left = PIN_TRIES - row.pin_misses
    audit.record(actor, "people.pin_wrong", _subject(actor), {"left": left}, now=now)
    return left


@transaction.atomic
def open_session(actor: Actor, sign_in_id: UUID, session_key: str, how: str, before: str, *, now: datetime) -> None:
    """Write down that the actor's session goes on under a new key; `how` is pin or full.

    `before` is the name of the colleague whom the computer was locked for, empty when it was she herself.
    """
    SignIn.objects.filter(pk=sign_in_id).update(session_key=session_key, locked_at=None, last_seen_at=now)
    note_opening(actor, how, before, now=now)


@transaction.atomic
def note_opening(actor: Actor, how: str, before: str, *, now: datetime) -> None:
    """Write down that the actor opened a locked computer, after herself or in exchange for the colleague `before`."""
    detail = {"how": how, "before": before} if before else {"how": how}
    audit.record(actor, "people.switched" if before else "people.unlocked", _subject(actor), detail, now=now)


@transaction.atomic
def note_confirmation(actor: Actor, how: str, *, now: datetime) -> None:
    """Write down that the actor has confirmed in full after a PIN; `how` is the kind of what she gave."""
    audit.record(actor, "people.confirmed_in_full", _subject(actor), {"how": how}, now=now)


@transaction.atomic
def keep_typed(actor: Actor, computer_id: UUID, address: str, text: str, *, now: datetime) -> None:
    """Keep what the actor has typed on a page of this computer; an empty text keeps nothing. What lay there for too long is deleted."""
    assert actor.account_id is not None
    TypedPage.objects.filter(account_id=actor.account_id, kept_at__lt=now - KEPT).delete()
    if text and len(address) <= ADDRESS_LETTERS_AT_MOST:
        facts = {"sealed_text": seal(text, PURPOSE), "kept_at": now}
        TypedPage.objects.update_or_create(account_id=actor.account_id, computer_id=computer_id, address=address, defaults=facts)


@transaction.atomic
def take_typed(account_id: UUID, computer_id: UUID, address: str) -> str:
    """Return what the official had typed on the page when the computer was locked, and forget it; empty when there is nothing."""
    row = TypedPage.objects.select_for_update().filter(account_id=account_id, computer_id=computer_id, address=address).first()
    if row is None:
        return ""
    row.delete()
    try:
        return unseal(row.sealed_text, PURPOSE)
    except Unreadable:
        return ""


def _subject(actor: Actor) -> str:
    return f"account:{actor.account_id}"
