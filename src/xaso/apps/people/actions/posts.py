"""Posts: making them, giving them to people, ending them, and naming deputies."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from xaso.apps.audit import facade as audit
from xaso.apps.people.access import require_in_full
from xaso.apps.people.actions.sessions import end_sessions_of_who_left
from xaso.apps.people.limits import within
from xaso.apps.people.models import Account, Deputy, Post, Village
from xaso.apps.people.queries import in_force
from xaso.apps.people.roles import Role
from xaso.kernel.errors import Refusal
from xaso.kernel.text import tidy_name
from xaso.platform.actor import Actor

UNIT_LETTERS_AT_MOST = 120
TITLE_LETTERS_AT_MOST = 160
REASON_LETTERS_AT_MOST = 300


@dataclass(frozen=True)
class PostFacts:
    """What is said of a post. `village_id` is for members of village teams."""

    unit: str
    title: str
    roles: tuple[str, ...] = ()
    village_id: UUID | None = None


@transaction.atomic
def create_post(actor: Actor, facts: PostFacts, *, now: datetime, account_id: UUID | None = None, post_id: UUID | None = None) -> UUID:
    """Make a post from today on, held by the account if one is named; `post_id` is the id that the caller chose for it."""
    commune_id = require_in_full(actor, Role.ADMINISTRATOR)
    last: int = Post.objects.filter(commune_id=commune_id).aggregate(last=Max("order"))["last"] or 0
    post = Post(commune_id=commune_id, since=timezone.localdate(now), order=last + 1, account_id=_official(account_id))
    post.id = post_id or post.id
    _fill(post, facts)
    post.save(force_insert=True)
    audit.record(actor, "people.post_created", _subject(post), {"title": post.title, "roles": post.roles}, now=now)
    return post.id


@transaction.atomic
def change_post(actor: Actor, post_id: UUID, facts: PostFacts, *, now: datetime) -> None:
    """Change a post's body, title, roles or village. The last administrator's post keeps that role."""
    post = _locked(actor, post_id, now)
    before = {"title": post.title, "roles": post.roles}
    _fill(post, facts)
    if Role.ADMINISTRATOR not in post.roles:
        _keep_an_administrator(post, now)
    post.save()
    audit.record(actor, "people.post_changed", _subject(post), {"before": before, "title": post.title, "roles": post.roles}, now=now)


@transaction.atomic
def assign_holder(actor: Actor, post_id: UUID, account_id: UUID | None, *, now: datetime) -> None:
    """Give the post to an official, or to nobody. The holder before keeps nothing of it, and who holds none any more is signed out."""
    post = _locked(actor, post_id, now)
    before = post.account_id
    post.account_id = _official(account_id)
    if post.account_id is None:
        _keep_an_administrator(post, now)
    post.save(update_fields=["account"])
    end_sessions_of_who_left(before, now=now)
    detail = {"before": str(before or ""), "holder": str(account_id or "")}
    audit.record(actor, "people.holder_assigned", _subject(post), detail, now=now)


@transaction.atomic
def end_post(actor: Actor, post_id: UUID, *, now: datetime) -> None:
    """End a post as of today: its roles stop at once, and who holds none any more is signed out."""
    post = _locked(actor, post_id, now)
    _keep_an_administrator(post, now)
    post.until = timezone.localdate(now)
    post.save(update_fields=["until"])
    end_sessions_of_who_left(post.account_id, now=now)
    audit.record(actor, "people.post_ended", _subject(post), {"title": post.title}, now=now)


@transaction.atomic
def name_deputy(actor: Actor, post_id: UUID, account_id: UUID, days: tuple[date, date], reason: str, *, now: datetime) -> UUID:
    """Let an official hold another's roles from the first to the last of the days, both included. Named again, nothing changes."""
    post = _locked(actor, post_id, now)
    if days[0] > days[1]:
        raise Refusal("people.deputy_days_wrong")
    if account_id == post.account_id:
        raise Refusal("people.deputy_is_holder")
    _official(account_id)
    same = Deputy.objects.filter(post=post, account_id=account_id, from_on=days[0], until_on=days[1]).first()
    if same is not None:
        return same.id
    deputy = Deputy.objects.create(post=post, account_id=account_id, from_on=days[0], until_on=days[1], reason=tidy_name(reason))
    detail = {"deputy": str(account_id), "from": days[0].isoformat(), "until": days[1].isoformat(), "reason": deputy.reason}
    audit.record(actor, "people.deputy_named", _subject(post), detail, now=now)
    return deputy.id


@transaction.atomic
def end_deputy(actor: Actor, deputy_id: UUID, *, now: datetime) -> None:
    """Take a deputyship back. The record of it stays in the audit."""
    commune_id = require_in_full(actor, Role.ADMINISTRATOR)
    deputy = Deputy.objects.select_for_update().filter(pk=deputy_id, post__commune_id=commune_id).first()
    if deputy is None:
        raise Refusal("people.not_found")
    audit.record(actor, "people.deputy_ended", f"post:{deputy.post_id}", {"deputy": str(deputy.account_id)}, now=now)
    deputy.delete()


def known_roles(roles: Iterable[str]) -> list[str]:
    """Return the roles in their usual order. Raises Refusal `people.role_unknown`."""
    wanted = set(roles)
    unknown = wanted - {role.value for role in Role}
    if unknown:
        raise Refusal("people.role_unknown", role=min(unknown))
    return [role.value for role in Role if role.value in wanted]


def _fill(post: Post, facts: PostFacts) -> None:
    if facts.village_id and not Village.objects.filter(pk=facts.village_id, commune_id=post.commune_id).exists():
        raise Refusal("people.not_found")
    post.unit, post.title = within(tidy_name(facts.unit), UNIT_LETTERS_AT_MOST), within(tidy_name(facts.title), TITLE_LETTERS_AT_MOST)
    post.village_id = facts.village_id
    post.roles = known_roles(facts.roles)
    if not post.title:
        raise Refusal("people.name_needed")


def _locked(actor: Actor, post_id: UUID, now: datetime) -> Post:
    commune_id = require_in_full(actor, Role.ADMINISTRATOR)
    post = Post.objects.select_for_update().filter(pk=post_id, commune_id=commune_id).first()
    if post is None:
        raise Refusal("people.not_found")
    if post.until and post.until <= timezone.localdate(now):
        raise Refusal("people.post_ended")
    return post


def _official(account_id: UUID | None) -> UUID | None:
    if account_id and not Account.objects.filter(pk=account_id, username__isnull=False, is_active=True).exists():
        raise Refusal("people.not_found")
    return account_id


def _keep_an_administrator(post: Post, now: datetime) -> None:
    """Refuse to leave the commune without an administrator who could let others in."""
    others = Post.objects.filter(in_force(timezone.localdate(now)), commune_id=post.commune_id, account__is_active=True).exclude(pk=post.pk)
    if not any(Role.ADMINISTRATOR in roles for roles in others.values_list("roles", flat=True)):
        raise Refusal("people.last_administrator")


def _subject(post: Post) -> str:
    return f"post:{post.id}"
