"""The register as it is printed and counted: rows in the order of the book, months to choose from, and how promises were kept."""

from dataclasses import replace
from datetime import date, datetime

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import TruncMonth

from xaso.apps.dossiers import rules
from xaso.apps.dossiers.groups import PROMISED
from xaso.apps.dossiers.models import Dossier, Handover
from xaso.apps.dossiers.queries.register import RegisterFilter, register_rows
from xaso.kernel.worktime import VN
from xaso.platform.actor import Actor
from xaso.platform.kept_questions import OfficialsQuestion

COUNTS: dict[str, Q] = {
    "on_time": Q(solved_at__lte=PROMISED),
    "extended": Q(first_due_at__isnull=False, solved_at__gt=F("first_due_at"), solved_at__lte=F("due_at")),
    "late": Q(solved_at__gt=F("due_at")),
}
"""How solved dossiers are counted: by the first date, only by the moved one, by neither."""


def printed_rows(actor: Actor, wanted: RegisterFilter, *, now: datetime) -> QuerySet[Dossier]:
    """Return the rows in the order asked for (else as they came in), each with `given_at`; not yet read."""
    rows = register_rows(actor, wanted, now=now)
    ordered = rows if wanted.order else rows.order_by("submitted_at", "id")
    given = Handover.objects.filter(dossier=OuterRef("pk")).values("at")[:1]
    return ordered.annotate(given_at=Subquery(given))


def months_of(actor: Actor, wanted: RegisterFilter, *, now: datetime) -> list[tuple[date, int]]:
    """Return the months of the filtered rows with their numbers, the first one first. One query."""
    rows = register_rows(actor, wanted, now=now).order_by()
    counted = rows.annotate(month=TruncMonth("submitted_at", tzinfo=VN)).values("month").annotate(number=Count("pk")).order_by("month")
    return [(row["month"].date(), row["number"]) for row in counted]


def kept_counts(actor: Actor, wanted: RegisterFilter, *, now: datetime) -> dict[str, int]:
    """Return how many of the filtered dossiers were solved on time, by a moved date only, and late, and how many are overdue. One query."""
    if replace(wanted, order="") != RegisterFilter():
        return register_rows(actor, wanted, now=now).order_by().aggregate(**_counted(now))
    return dict(zip(_counted(now), _OF_ALL.ask(actor, now=now)[0], strict=True))


def _counted(now: datetime) -> dict[str, Count]:
    counts = {name: Count("pk", filter=condition) for name, condition in COUNTS.items()}
    return {**counts, "overdue": Count("pk", filter=Q(due_at__lt=now, solved_at=None) & ~Q(state__in=rules.ENDED))}


def _of_all(actor: Actor, now: datetime) -> QuerySet[Dossier, tuple[int, ...]]:
    counted = _counted(now)
    together = register_rows(actor, RegisterFilter(), now=now).order_by().annotate(all=Value(1)).values("all")
    return together.annotate(**counted).values_list(*counted)


_OF_ALL = OfficialsQuestion(_of_all, now=datetime)
