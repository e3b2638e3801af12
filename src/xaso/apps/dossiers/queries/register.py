"""The register: one row per dossier, filtered by address."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from xaso.apps.dossiers import access, groups, rules
from xaso.apps.dossiers.models import Dossier, Finding, ResultNumber
from xaso.apps.dossiers.queries.fields import codes_of_field
from xaso.kernel.identifiers import normalise_code
from xaso.kernel.text import fold
from xaso.kernel.worktime import VN
from xaso.platform.actor import Actor

MOST_GAPS = 1000
NOT_LISTED = ("answers", "papers", "fee", "representative", "applicant_personal_number_blind", "applicant_phone_blind")
"""Columns that no list shows; they are long, or stand behind those that are, and reading them costs more than all others."""
ORDERS: dict[str, tuple[Any, ...]] = {
    "newest": ("-submitted_at", "-id"),
    "oldest": ("submitted_at", "id"),
    "due": (F("due_at").asc(nulls_last=True), "submitted_at", "id"),
    "name": ("applicant_order", "-submitted_at", "-id"),
}


@dataclass(frozen=True)
class RegisterFilter:
    """What the address of the register asks for; None or empty leaves a field open. Both dates count.

    `group` is one of `groups.WORDS` or of `groups.BESIDE`, by which statistics count.
    """

    text: str = ""
    state: str = ""
    procedure_code: str = ""
    channel: str = ""
    village_id: UUID | None = None
    since: date | None = None
    until: date | None = None
    late_only: bool = False
    delivery_state: str = ""
    order: str = ""
    group: str = ""
    field: str = ""
    village_unknown: bool = False


def register_rows(actor: Actor, wanted: RegisterFilter, *, now: datetime) -> QuerySet[Dossier]:
    """Return the rows in the order asked for (else newest first), not yet read: the page cuts them, the export streams them."""
    rows = Dossier.objects.filter(access.visible_to(actor))
    if wanted.late_only:
        rows = by_keys(rows.filter(due_at__lt=now, state__in=rules.UNDER_WAY).values("pk"))
    if wanted.text:
        rows = by_keys(found_by_text(rows, wanted.text).order_by().union(found_on_papers(actor, wanted.text), all=True))
    for condition in _conditions(wanted):
        rows = rows.filter(condition)
    if wanted.field:
        rows = rows.filter(procedure_code__in=codes_of_field(rows, wanted.field))
    if wanted.group:
        rows = rows.filter(groups.bears(wanted.group)) if wanted.group in groups.BESIDE else _of_group(rows, wanted.group, now)
    return rows.select_related("village", "assignee").defer(*NOT_LISTED).order_by(*ORDERS.get(wanted.order, ORDERS["newest"]))


def _of_group(rows: QuerySet[Dossier], group: str, now: datetime) -> QuerySet[Dossier]:
    return rows.alias(**groups.days()).filter(groups.conditions(now).get(group, access.NOTHING))


def years_of_gaps(actor: Actor) -> list[int]:
    """Return the years in which numbers were given up, the last one first. One query."""
    return list(_gaps(actor).order_by("-year").values_list("year", flat=True).distinct())


def list_gaps(actor: Actor, year: int) -> list[ResultNumber]:
    """Return the year's numbers that were given up, by series and number, at most MOST_GAPS. One query."""
    return list(_gaps(actor).filter(year=year).select_related("dossier").order_by("series", "number")[:MOST_GAPS])


def _gaps(actor: Actor) -> QuerySet[ResultNumber]:
    return ResultNumber.objects.filter(commune_id=actor.commune_id, state="void") if actor.commune_id else ResultNumber.objects.none()


def _conditions(wanted: RegisterFilter) -> list[Q]:
    conditions = []
    for field in ("state", "procedure_code", "channel", "village_id", "delivery_state"):
        value = getattr(wanted, field)
        if value:
            conditions.append(Q(**{field: value}))
    if wanted.village_unknown:
        conditions.append(Q(village=None))
    if wanted.since:
        conditions.append(Q(submitted_at__gte=_start_of(wanted.since)))
    if wanted.until:
        conditions.append(Q(submitted_at__lt=_start_of(wanted.until + timedelta(days=1))))
    return conditions


def found_by_text(rows: QuerySet[Dossier], text: str) -> QuerySet[Any, Any]:
    """Return the keys of the rows that fit what somebody typed: a code, the beginning of a name, a phone or a personal number.

    Each way to find has an index and is asked by itself: of alternatives in one question the database would look at every row.
    What has no digit is a name; of names the newest come first.
    """
    begins = Q(applicant_folded__begins=fold(text))
    digits = "".join(character for character in text if character.isdigit())
    if not digits:
        return rows.filter(begins).order_by("-submitted_at").values("pk")
    code = normalise_code(text)
    ways = [begins, Q(code=code), Q(national_code=code)]
    if len(digits) >= 9:
        ways += [Q(applicant_phone_blind__of=digits), Q(applicant_personal_number_blind__of=digits)]
    first, *others = (rows.filter(way).order_by().values("pk") for way in ways)
    return first.union(*others, all=True)


def found_on_papers(actor: Actor, text: str) -> QuerySet[Any, Any]:
    """Return the keys of the commune's dossiers on a paper of which a person confirmed a number or a name that begins so.

    Only for who sees all of the commune's dossiers; for others it is empty.
    """
    sees_all = actor.holds(*access.CASE_ROLES) and fold(text)
    commune_id = actor.commune_id if sees_all else None  # no finding is without a commune
    return Finding.objects.filter(Q(commune_id=commune_id), folded__begins=fold(text)).order_by().values("dossier")


def by_keys(keys: QuerySet[Any, Any]) -> QuerySet[Dossier]:
    """Return the dossiers of these keys, which few have: found first, then put in order.

    Nothing else is asked of them: SQLite would walk along whatever else it knows to be in the order that is wanted.
    """
    return Dossier.objects.filter(pk__in=keys)


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=VN)
