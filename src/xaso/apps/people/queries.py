"""Questions about communes, villages, posts and citizens. Answers are plain values."""

from collections import Counter
from datetime import date, time
from functools import lru_cache
from typing import Any, TypeAlias
from uuid import UUID

from django.db.models import F, Q, QuerySet

from xaso.apps.people import models
from xaso.apps.people.access import citizens_visible_to
from xaso.apps.people.shapes import BankAccountLine, Citizen, CommuneInfo, DeputyLine, FormerUnit, Post, RoleHolder, StaffAccount, Village
from xaso.kernel.text import fold, name_sort_key, same_name
from xaso.kernel.worktime import OfficeHours
from xaso.platform.actor import Actor
from xaso.platform.kept_questions import KeptQuestion

VillageRow: TypeAlias = tuple[UUID, str, str, str | None, str | None, int | None, bool]

LAST_DIGITS, WHOLE_PHONE_DIGITS = 4, 9
USUAL_HOURS = (("07:30", "11:30"), ("13:30", "17:00"))


def commune_info(row: models.Commune) -> CommuneInfo:
    """Return the plain value of a commune's row. One query, none where its days were read with it."""
    spans = tuple((time.fromisoformat(start), time.fromisoformat(end)) for start, end in row.office_hours or USUAL_HOURS)
    own = [one for one in row.local_days.all() if one.removed_at is None]
    reckoned: dict[str, Any] = {
        "office_hours": spans,
        "days_off": frozenset(one.day for one in own if one.kind == "off"),
        "days_worked": frozenset(one.day for one in own if one.kind == "worked"),
    }
    return CommuneInfo(**reckoned, **{name: getattr(row, name) for name in CommuneInfo.__dataclass_fields__ if name not in reckoned})


def list_communes() -> list[CommuneInfo]:
    """Return all communes, those set up first before the others. Two queries."""
    rows = models.Commune.objects.order_by(F("set_up_at").asc(nulls_last=True), "id").prefetch_related("local_days")
    return [commune_info(row) for row in rows]


def list_local_days(commune_id: UUID) -> list[models.LocalDay]:
    """Return the commune's own days off and days worked in exchange, in order. One query."""
    return list(models.LocalDay.objects.filter(commune_id=commune_id, removed_at=None))


def office_hours_of(info: CommuneInfo) -> OfficeHours:
    """Return the commune's hours in the form in which terms are counted."""
    return OfficeHours(info.office_hours)


def villages(commune_id: UUID) -> list[Village]:
    """Return the commune's villages in the order of its own list. One query."""
    return list(_listed(tuple(_VILLAGES.ask(commune_id=commune_id))))


def _villages(commune_id: UUID) -> QuerySet[models.Village, VillageRow]:
    rows = models.Village.objects.filter(commune_id=commune_id).order_by("order", "name")
    return rows.values_list("id", "code", "name", "former_unit__name", "former_unit__code", "households", "unverified")


_VILLAGES = KeptQuestion(_villages, commune_id=UUID)


@lru_cache(maxsize=8)
def _listed(rows: tuple[VillageRow, ...]) -> tuple[Village, ...]:
    """Return the villages of these rows, each with what tells it from others: to compare their names costs more than to read them."""
    often = Counter(fold(name) for _id, _code, name, *_rest in rows)
    return tuple(_village(row, is_doubled=often[fold(row[2])] > 1) for row in rows)


def former_units(commune_id: UUID) -> list[FormerUnit]:
    """Return the communes that were merged into this one. One query."""
    rows = models.FormerUnit.objects.filter(commune_id=commune_id).order_by("name")
    return [FormerUnit(row.id, row.code, row.name, row.old_district, row.valid_until) for row in rows]


def posts(commune_id: UUID, role: str | None = None, *, on: date | None = None) -> list[Post]:
    """Return the posts that are not ended (on the day, if given), those with the role if one is named. One query."""
    rows = models.Post.objects.filter(in_force(on), commune_id=commune_id).select_related("account").order_by("order", "id")
    return [_post(row) for row in rows if role is None or role in row.roles]


def role_holders(commune_id: UUID, role: str, *, on: date) -> list[RoleHolder]:
    """Return who holds the role on the day by a post, then who holds it now or later only in place of another. At most three queries."""
    own = [post for post in posts(commune_id, role, on=on) if post.account_id]
    found = {post.account_id: RoleHolder(post.account_id, post.holder_name, post.title) for post in own if post.account_id}
    standing_in = models.Deputy.objects.filter(in_force(on, "post__"), post__commune_id=commune_id, until_on__gte=on)
    rows = [row for row in standing_in.select_related("post", "account").order_by("from_on", "id") if role in row.post.roles]
    titles = {post.account_id: post.title for post in reversed(posts(commune_id, on=on))} if rows else {}
    for row in rows:
        found.setdefault(row.account_id, RoleHolder(row.account_id, row.account.full_name, titles.get(row.account_id, ""), row.post.title))
    return list(found.values())


def in_force(on: date | None, prefix: str = "") -> Q:
    """Return the condition for posts that stand on the day; for None those without an end. `prefix` leads to the post."""
    endless = Q(**{f"{prefix}until": None})
    return endless if on is None else Q(**{f"{prefix}since__lte": on}) & (endless | Q(**{f"{prefix}until__gt": on}))


def account_name(account_id: UUID) -> str:
    """Return the full name of an account's owner; empty when there is none. One query."""
    return models.Account.objects.filter(pk=account_id).values_list("full_name", flat=True).first() or ""


def account_names(account_ids: set[UUID]) -> dict[UUID, str]:
    """Return the full names of many accounts. One query."""
    return dict(models.Account.objects.filter(pk__in=account_ids).values_list("id", "full_name"))


def find_citizen(citizen_id: UUID) -> Citizen | None:
    """Return a citizen, None when there is none. One query."""
    row = _citizens().filter(pk=citizen_id).first()
    return _citizen(row) if row else None


def find_citizens_by_number(actor: Actor, personal_number: str) -> list[Citizen]:
    """Return the citizens with the number that the actor may see; more than one only where a number was mistyped. One query."""
    rows = _citizens().filter(citizens_visible_to(actor), personal_number_blind__of=personal_number).distinct()
    return [_citizen(row) for row in rows] if personal_number else []


def search_citizens(actor: Actor, text: str, limit: int = 20) -> list[Citizen]:
    """Return citizens whose name holds the text, those written exactly so first; by number, its four last digits or phone. One query."""
    wanted = fold(text)
    digits = "".join(filter(str.isdigit, text))
    if not wanted:
        return []
    match = Q(name_folded__contains=wanted)
    if len(digits) == LAST_DIGITS:
        match |= Q(personal_number_last4__of=digits)
    if len(digits) >= WHOLE_PHONE_DIGITS:
        match |= Q(personal_number_blind__of=digits) | Q(phone_blind__of=digits)
    rows = _citizens().filter(citizens_visible_to(actor) & match).distinct().order_by("name_folded", "birth")[: limit * 3]
    exact_first = sorted(rows, key=lambda row: text.casefold() not in row.full_name.casefold())
    return [_citizen(row) for row in exact_first[:limit]]


def match_citizen(commune_id: UUID, personal_number: str, full_name: str) -> models.Citizen | None:
    """Return the row with this number and this name (accents and case aside), None if either differs. One query."""
    if not personal_number:
        return None
    rows = models.Citizen.objects.filter(commune_id=commune_id, personal_number_blind__of=personal_number).order_by("id")
    return next((row for row in rows if same_name(row.full_name, full_name)), None)


def may_act_for(representative_id: UUID, principal_id: UUID, *, on: date) -> bool:
    """Tell whether a citizen may act for another on the day; everybody may act for herself. At most one query."""
    if representative_id == principal_id:
        return True
    return models.Mandate.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=on), representative_id=representative_id, principal_id=principal_id, valid_from__lte=on
    ).exists()


def list_represented(representative_id: UUID, *, on: date) -> list[Citizen]:
    """Return the others for whom a citizen may act on the day, by name. One query."""
    in_time = Q(mandates_given__valid_until=None) | Q(mandates_given__valid_until__gte=on)
    rows = _citizens().filter(in_time, mandates_given__representative_id=representative_id, mandates_given__valid_from__lte=on)
    return [_citizen(row) for row in rows.distinct().order_by("name_folded", "id")]


def list_representatives(principal_id: UUID, *, on: date) -> list[Citizen]:
    """Return who may act for a citizen on the day, by name. One query."""
    in_time = Q(mandates_held__valid_until=None) | Q(mandates_held__valid_until__gte=on)
    rows = _citizens().filter(in_time, mandates_held__principal_id=principal_id, mandates_held__valid_from__lte=on)
    return [_citizen(row) for row in rows.distinct().order_by("name_folded", "id")]


def _village(row: VillageRow, *, is_doubled: bool) -> Village:
    village_id, code, name, unit, unit_code, households, unverified = row
    label = f"{name} ({unit})" if is_doubled and unit else name
    return Village(village_id, code, name, unit or "", unit_code or "", households, unverified, label)


def _post(row: models.Post) -> Post:
    holder = row.account
    return Post(
        id=row.id,
        account_id=row.account_id,
        title=row.title,
        unit=row.unit,
        roles=frozenset(row.roles),
        holder_name=holder.full_name if holder else "",
        holder_phone=holder.phone if holder else "",
        holder_email=holder.email if holder else "",
        village_id=row.village_id,
    )


def _citizens() -> "QuerySet[models.Citizen]":
    return models.Citizen.objects.select_related("village")


def _citizen(row: models.Citizen) -> Citizen:
    plain: dict[str, Any] = {name: getattr(row, name) for name in Citizen.__dataclass_fields__ if name != "village_name"}
    return Citizen(village_name=row.village.name if row.village else "", **plain)


def list_deputies(commune_id: UUID, *, on: date) -> list[DeputyLine]:
    """Return the deputyships that have not run out by the day, soonest first. One query."""
    rows = models.Deputy.objects.filter(post__commune_id=commune_id, until_on__gte=on).select_related("post", "account")
    return [
        DeputyLine(row.id, row.post_id, row.post.title, row.account.full_name, row.from_on, row.until_on, row.reason)
        for row in rows.order_by("from_on", "id")
    ]


def list_bank_account_changes(commune_id: UUID) -> list[BankAccountLine]:
    """Return all proposals to change the bank account, newest first. One query."""
    rows = models.BankAccountChange.objects.filter(commune_id=commune_id).select_related("proposed_by", "decided_by")
    return [
        BankAccountLine(
            id=row.id,
            bank_name=row.bank_name,
            bank_bin=row.bank_bin,
            account_number=row.account_number,
            account_holder=row.account_holder,
            state=row.state,
            proposed_by_id=row.proposed_by_id,
            proposed_by=row.proposed_by.full_name,
            proposed_at=row.proposed_at,
            decided_by=row.decided_by.full_name if row.decided_by else "",
            decided_at=row.decided_at,
        )
        for row in rows.order_by("-proposed_at")
    ]


def list_staff_accounts(commune_id: UUID) -> list[StaffAccount]:
    """Return the officials who hold or held a post in the commune, by given name. One query."""
    rows = models.Account.objects.filter(posts__commune_id=commune_id, username__isnull=False).distinct()
    found = [StaffAccount(row.id, row.full_name, row.username or "", row.phone, row.email, row.is_active, row.last_login) for row in rows]
    return sorted(found, key=lambda account: name_sort_key(account.full_name))
