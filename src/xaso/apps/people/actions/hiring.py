"""Opening a post together with the account of the person who takes it: both or none."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from xaso.apps.people.access import require_in_full
from xaso.apps.people.actions.accounts import create_account
from xaso.apps.people.actions.posts import PostFacts, assign_holder, create_post
from xaso.apps.people.actions.staff_import import free_username
from xaso.apps.people.models import Account, Commune, Post
from xaso.apps.people.roles import Role
from xaso.kernel.errors import Refusal
from xaso.kernel.text import same_name
from xaso.platform.actor import Actor


@dataclass(frozen=True)
class NewPerson:
    """Somebody without an account yet. `username` empty means one made of the name."""

    full_name: str
    username: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Hired:
    """The post, and what its new holder signs in with the first time; `password` is empty where no account was made."""

    post_id: UUID
    full_name: str = ""
    username: str = ""
    password: str = ""


@transaction.atomic
def open_post(actor: Actor, post_id: UUID, facts: PostFacts, holder: UUID | NewPerson | None, *, now: datetime) -> Hired:
    """Make the post with the id that the form carried, for its holder. A form that is sent twice makes one post and one account.

    Raises Refusal `people.already_done` for the second time.
    """
    _one_at_a_time(actor)
    if Post.objects.filter(pk=post_id).exists():
        raise Refusal("people.already_done")
    account_id, hired = _account_of(actor, post_id, holder, now)
    create_post(actor, facts, now=now, account_id=account_id, post_id=post_id)
    return hired


@transaction.atomic
def fill_post(actor: Actor, post_id: UUID, person: NewPerson, *, now: datetime) -> Hired:
    """Give the post to somebody new. Raises Refusal `people.already_done` when its holder bears that name already."""
    _one_at_a_time(actor)
    holder = Account.objects.filter(posts__pk=post_id).values_list("full_name", flat=True).first()
    if holder is not None and same_name(holder, person.full_name):
        raise Refusal("people.already_done")
    account_id, hired = _account_of(actor, post_id, person, now)
    assign_holder(actor, post_id, account_id, now=now)
    return hired


def _account_of(actor: Actor, post_id: UUID, holder: UUID | NewPerson | None, now: datetime) -> tuple[UUID | None, Hired]:
    if not isinstance(holder, NewPerson):
        return holder, Hired(post_id)
    username = holder.username or free_username(holder.full_name)
    account_id, password = create_account(actor, holder.full_name, username, now=now, phone=holder.phone, email=holder.email)
    return account_id, Hired(post_id, holder.full_name, username, password)


def _one_at_a_time(actor: Actor) -> None:
    """Hold the commune's row, so that two copies of one form come one after the other."""
    Commune.objects.select_for_update().get(pk=require_in_full(actor, Role.ADMINISTRATOR))
