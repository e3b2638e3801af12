"""The register: one row per dossier, filtered by address."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from xaso.apps.dossiers import access, rules
from xaso.apps.dossiers.models import Dossier, ResultNumber
from xaso.kernel.identifiers import normalise_code
from xaso.kernel.text import fold
from xaso.kernel.worktime import VN
from xaso.platform.actor import Actor

MOST_GAPS = 1000
NOT_PRINTED = ("answers", "papers", "fee", "representative")
ORDERS: dict[str, tuple[Any, ...]] = {
    "newest": ("-submitted_at", "-id"),
    "oldest": ("submitted_at", "id"),
    "due": (F("due_at").asc(nulls_last=True), "submitted_at", "id"),
    "name": ("applicant_folded", "-submitted_at", "-id"),
}


@dataclass(frozen=True)
class RegisterFilter:
    """What the address of the register asks for; None or empty leaves a field open. Both dates count."""

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


def register_rows(actor: Actor, wanted: RegisterFilter, *, now: datetime) -> QuerySet[Dossier]:
    """Return the rows in the order asked for (else newest first), not yet read: the page cuts them, the export streams them."""
    rows = Dossier.objects.filter(access.visible_to(actor)).select_related("village", "assignee")
    for condition in _conditions(wanted, now):
        rows = rows.filter(condition)
    return rows.order_by(*ORDERS.get(wanted.order, ORDERS["newest"]))


def years_of_gaps(actor: Actor) -> list[int]:
    """Return the years in which numbers were given up, the last one first. One query."""
    return list(_gaps(actor).order_by("-year").values_list("year", flat=True).distinct())


def list_gaps(actor: Actor, year: int) -> list[ResultNumber]:
    """Return the year's numbers that were given up, by series and number, at most MOST_GAPS. One query."""
    return list(_gaps(actor).filter(year=year).select_related("dossier").order_by("series", "number")[:MOST_GAPS])


def _gaps(actor: Actor) -> QuerySet[ResultNumber]:
    return ResultNumber.objects.filter(commune_id=actor.commune_id, state="void") if actor.commune_id else ResultNumber.objects.none()


def _conditions(wanted: RegisterFilter, now: datetime) -> list[Q]:
    conditions = []
    if wanted.text:
        conditions.append(text_condition(wanted.text))
    for field in ("state", "procedure_code", "channel", "village_id", "delivery_state"):
        value = getattr(wanted, field)
        if value:
            conditions.append(Q(**{field: value}))
    if wanted.since:
        conditions.append(Q(submitted_at__gte=_start_of(wanted.since)))
    if wanted.until:
        conditions.append(Q(submitted_at__lt=_start_of(wanted.until + timedelta(days=1))))
    if wanted.late_only:
        conditions.append(Q(due_at__lt=now) & ~Q(state__in=rules.ENDED))
    return conditions


def text_condition(text: str) -> Q:
    """Return the condition for what somebody typed: a code, the beginning of a name, a phone or a personal number."""
    code = normalise_code(text)
    condition = Q(applicant_folded__startswith=fold(text)) | Q(code=code) | Q(national_code=code)
    digits = "".join(character for character in text if character.isdigit())
    if len(digits) >= 9:
        condition |= Q(applicant_phone=digits) | Q(applicant_personal_number=digits)
    return condition


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=VN)
