"""Accounts of officials: made by an administrator with a password for the first sign-in, then changed by their owners."""

import re
import secrets
from datetime import datetime
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from xaso.apps.audit import facade as audit
from xaso.apps.people.access import require_in_full
from xaso.apps.people.actions.known_browsers import forget_browsers
from xaso.apps.people.actions.sessions import end_all_sessions
from xaso.apps.people.limits import email_address, phone_digits, within
from xaso.apps.people.models import Account, Post
from xaso.apps.people.roles import Role
from xaso.kernel.errors import Refusal
from xaso.kernel.text import tidy_name
from xaso.platform import ratelimit
from xaso.platform.actor import Actor

USERNAME = re.compile(r"[a-z0-9][a-z0-9.\-]{2,59}")
NAME_LETTERS_AT_MOST = 200
PASSWORD_TRIES = 8
PASSWORD_WINDOW_SECONDS = 15 * 60
LETTERS = "abcdefghkmnpqrstuvwxyz23456789"


@transaction.atomic
def create_account(actor: Actor, full_name: str, username: str, *, now: datetime, phone: str = "", email: str = "") -> tuple[UUID, str]:
    """Make an official's account; returns its id and the password for the first sign-in, which is shown this once."""
    require_in_full(actor, Role.ADMINISTRATOR)
    password = one_time_password()
    account = save_account(full_name, username, password, phone=phone, email=email, must_change_password=True)
    audit.record(actor, "people.account_created", f"account:{account.id}", {"username": account.username}, now=now)
    return account.id, password


@transaction.atomic
def correct_person(actor: Actor, account_id: UUID, full_name: str, *, phone: str, email: str, now: datetime) -> None:
    """Correct what an official of the actor's commune is called and how she is reached; papers already signed keep the old name.

    Raises Refusal `people.not_found`, `people.name_needed`, `people.phone_wrong`, `people.email_wrong`.
    """
    account = _official(actor, account_id)
    name = within(tidy_name(full_name), NAME_LETTERS_AT_MOST)
    if not name:
        raise Refusal("people.name_needed")
    before = {"full_name": account.full_name, "phone": account.phone, "email": account.email}
    after = {"full_name": name, "phone": phone_digits(phone), "email": email_address(email)}
    changed = [field for field, value in after.items() if before[field] != value]
    if changed:
        account.full_name, account.phone, account.email = after.values()
        account.save(update_fields=list(after))
        audit.record(actor, "people.person_corrected", f"account:{account.id}", {"fields": changed}, now=now)


@transaction.atomic
def reset_password(actor: Actor, account_id: UUID, *, now: datetime) -> str:
    """Give an official of the actor's commune a new password for one sign-in and end his sessions; returns it."""
    account = _official(actor, account_id)
    password = one_time_password()
    account.set_password(password)
    account.must_change_password = True
    account.save(update_fields=["password", "must_change_password"])
    end_all_sessions([account.id])
    audit.record(actor, "people.password_reset", f"account:{account.id}", now=now)
    return password


def change_password(actor: Actor, current: str, new: str, *, now: datetime) -> None:
    """Change the actor's own password; sessions begun with the old one end, and its browsers are known no more.

    Raises Refusal `people.password_weak`, and what `confirm_password` raises.
    """
    account_id = confirm_password(actor, current, now=now)
    with transaction.atomic():
        account = Account.objects.select_for_update().get(pk=account_id)
        _check_strength(new, account)
        account.set_password(new)
        account.must_change_password = False
        account.save(update_fields=["password", "must_change_password"])
        forget_browsers([account.id])
        audit.record(actor, "people.password_changed", f"account:{account.id}", now=now)


def confirm_password(actor: Actor, password: str, *, now: datetime) -> UUID:
    """Return the actor's account, whose password it is. Raises Refusal `people.password_wrong`; `platform.too_many` in the end."""
    if actor.account_id is None:
        raise Refusal("people.not_allowed")
    key = f"password:{actor.account_id}:{actor.address}"
    ratelimit.count(key, limit=PASSWORD_TRIES, window_seconds=PASSWORD_WINDOW_SECONDS, now=now)
    if not Account.objects.get(pk=actor.account_id).check_password(password):
        raise Refusal("people.password_wrong")
    ratelimit.forget(key)
    return actor.account_id


def save_account(
    full_name: str, username: str, password: str, *, phone: str = "", email: str = "", must_change_password: bool = False
) -> Account:
    """Save a new official's account. Raises Refusal when the user name is taken or ill-formed, or the password too weak."""
    name = within(tidy_name(full_name), NAME_LETTERS_AT_MOST)
    phone, email = phone_digits(phone), email_address(email)
    if not name:
        raise Refusal("people.name_needed")
    if not USERNAME.fullmatch(username):
        raise Refusal("people.username_wrong")
    if Account.objects.filter(username=username).exists():
        raise Refusal("people.username_taken", username=username)
    account = Account(username=username, full_name=name, phone=phone, email=email, must_change_password=must_change_password)
    _check_strength(password, account)
    account.set_password(password)
    account.save()
    return account


def _official(actor: Actor, account_id: UUID) -> Account:
    """Return the account of an official of the administrator's commune, locked."""
    commune_id = require_in_full(actor, Role.ADMINISTRATOR)
    account = Account.objects.select_for_update().filter(pk=account_id, username__isnull=False).first()
    if account is None or not Post.objects.filter(account=account, commune_id=commune_id).exists():
        raise Refusal("people.not_found")
    return account


def one_time_password() -> str:
    """Return twelve random letters and digits in groups of four, without look-alikes (60 bits)."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))


def _check_strength(password: str, account: Account) -> None:
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise Refusal("people.password_weak", reason=" ".join(error.messages)) from error
