"""Setting a commune up, and changing its facts later."""

import re
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from itertools import pairwise

from django.db import transaction
from django.utils import timezone

from xaso.apps.audit import facade as audit
from xaso.apps.people import memory, queries
from xaso.apps.people.access import require_in_full
from xaso.apps.people.actions.accounts import save_account
from xaso.apps.people.models import Commune, Post
from xaso.apps.people.roles import Role
from xaso.apps.people.shapes import CommuneInfo
from xaso.kernel.errors import Refusal
from xaso.kernel.text import fold, tidy_name
from xaso.platform.actor import Actor

KIND = re.compile(r"^(xã|phường|đặc khu)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class CommuneFacts:
    """What an administrator says of the commune. `hostname` None means that it answers at any address."""

    name: str
    short_name: str
    province: str
    province_code: str = ""
    gso_code: str = ""
    agency_code: str | None = None
    address: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    hostname: str | None = None
    office_hours: tuple[tuple[time, time], ...] = ((time(7, 30), time(11, 30)), (time(13, 30), time(17)))


@dataclass(frozen=True)
class FirstAdministrator:
    """The person who sets the commune up and can then let others in."""

    full_name: str
    username: str
    password: str
    title: str = "Quản trị hệ thống"
    unit: str = "Văn phòng HĐND và UBND"


def short_name_of(name: str) -> str:
    """Return what the unit is called without its kind: “Tân Tiến” for “Xã Tân Tiến”."""
    return KIND.sub("", name)


@transaction.atomic
def set_up_commune(
    actor: Actor, facts: CommuneFacts, administrator: FirstAdministrator, *, now: datetime, is_demo: bool = False
) -> CommuneInfo:
    """Make the commune and its first administrator. Raises Refusal `people.already_set_up` where there is one, unless the system asks."""
    if actor.kind != "system" and Commune.objects.exists():
        raise Refusal("people.already_set_up")
    commune = Commune(slug=_free_slug(facts.name), set_up_at=now, is_demo=is_demo, **_columns(facts))
    commune.save()
    account = save_account(administrator.full_name, administrator.username, administrator.password)
    today = _day(now)
    roles = [Role.ADMINISTRATOR.value]
    Post.objects.create(commune=commune, unit=administrator.unit, title=administrator.title, roles=roles, account=account, since=today)
    memory.forget()
    audit.record(_in_commune(actor, commune), "people.commune_set_up", f"commune:{commune.id}", _plain(facts), now=now)
    return queries.commune_info(commune)


@transaction.atomic
def edit_commune(actor: Actor, facts: CommuneFacts, *, now: datetime) -> CommuneInfo:
    """Change the facts of the actor's commune; the record keeps what was there before."""
    commune = Commune.objects.select_for_update().get(pk=require_in_full(actor, Role.ADMINISTRATOR))
    columns = _columns(facts)
    before = {name: getattr(commune, name) for name, value in columns.items() if getattr(commune, name) != value}
    for name, value in columns.items():
        setattr(commune, name, value)
    commune.save()
    memory.forget()
    transaction.on_commit(memory.forget)
    changed = {name: [old, columns[name]] for name, old in before.items()}
    audit.record(actor, "people.commune_edited", f"commune:{commune.id}", changed, now=now)
    return queries.commune_info(commune)


def _columns(facts: CommuneFacts) -> dict[str, object]:
    columns: dict[str, object] = asdict(facts)
    for name in ("name", "short_name", "province"):
        columns[name] = tidy_name(getattr(facts, name))
        if not columns[name]:
            raise Refusal("people.name_needed")
    columns["office_hours"] = _spans(facts.office_hours)
    columns["agency_code"] = facts.agency_code or None
    columns["hostname"] = facts.hostname.lower() if facts.hostname else None
    return columns


def _spans(hours: tuple[tuple[time, time], ...]) -> list[list[str]]:
    ordered = sorted(hours)
    clash = any(earlier[1] > later[0] for earlier, later in pairwise(ordered))
    if not ordered or clash or any(start >= end for start, end in ordered):
        raise Refusal("people.hours_wrong")
    return [[start.strftime("%H:%M"), end.strftime("%H:%M")] for start, end in ordered]


def _free_slug(name: str) -> str:
    stem = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:50] or "xa"
    taken = set(Commune.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(slug for slug in (stem, *(f"{stem}-{n}" for n in range(2, 999))) if slug not in taken)


def _plain(facts: CommuneFacts) -> dict[str, object]:
    return {name: value for name, value in _columns(facts).items() if value}


def _in_commune(actor: Actor, commune: Commune) -> Actor:
    return Actor(kind=actor.kind, commune_id=commune.id, name=actor.name, address=actor.address, channel=actor.channel)


def _day(now: datetime) -> date:
    return timezone.localdate(now)
