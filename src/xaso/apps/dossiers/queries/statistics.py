"""Statistics of the desk: of the dossiers that were filed in a period, how they stand now. Each figure is a count of register rows."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Count, ExpressionWrapper, F, FloatField, Func, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.db.models.sql.compiler import SQLCompiler

from xaso.apps.dossiers import groups
from xaso.apps.dossiers.models import Dossier, Pause, Payment
from xaso.apps.dossiers.queries.fields import fields_of
from xaso.apps.dossiers.queries.register import RegisterFilter, register_rows
from xaso.platform.actor import Actor

SECONDS_A_DAY = 86_400


class Seconds(Func):
    """The seconds from one instant to another."""

    def __init__(self, begins: Any, ends: Any) -> None:
        super().__init__(begins, ends, output_field=FloatField())

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_more: Any) -> tuple[str, Any]:
        """Subtract instants."""
        return self.as_sql(compiler, connection, template="(-1 * extract(epoch from (%(expressions)s))::float8)", arg_joiner=" - ")

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_more: Any) -> tuple[str, Any]:
        """Subtract days since the Julian epoch."""
        template = f"(-{SECONDS_A_DAY}.0 * (julianday(%(expressions)s)))"
        return self.as_sql(compiler, connection, template=template, arg_joiner=") - julianday(")


@dataclass
class Line:
    """The counts of one procedure, village, month or field, or of all. `median_days` is None where nothing was solved."""

    key: str
    channels: Counter[str] = field(default_factory=Counter)
    groups: Counter[str] = field(default_factory=Counter)
    marks: Counter[str] = field(default_factory=Counter)
    fees_vnd: int = 0
    median_days: float | None = None

    @property
    def received(self) -> int:
        """Return how many were filed."""
        return self.groups.total()

    def share(self, count: int) -> float:
        """Return a count as percent of what was filed; 0 of nothing."""
        return 100 * count / self.received if self.received else 0.0


@dataclass(frozen=True)
class Statistics:
    """All lines of a period."""

    total: Line
    by_procedure: list[Line]
    by_field: list[Line]
    by_village: list[Line]
    by_month: list[Line]


def statistics(actor: Actor, period: RegisterFilter, *, now: datetime) -> Statistics:
    """Return the statistics of what the actor may see and the filter lets pass. Seven queries, whatever the number of dossiers."""
    rows = register_rows(actor, period, now=now).order_by()
    by_procedure = _lines(rows, F("procedure_code"), now)
    fields = fields_of(rows)
    total, by_field = Line(""), {name: Line(name) for name in sorted(set(fields.values()))}
    durations = _durations(rows)
    for line in by_procedure:
        for sum_ in (total, by_field[fields[line.key]]):
            sum_.channels += line.channels
            sum_.groups += line.groups
        line.median_days = _median(durations[line.key])
    for name, line in by_field.items():
        line.median_days = _median(days for code, all_days in durations.items() if fields[code] == name for days in all_days)
    total.median_days = _median(days for all_days in durations.values() for days in all_days)
    total.marks = Counter({mark: rows.filter(groups.bears(mark)).count() for mark in groups.BESIDE})
    total.fees_vnd = Payment.objects.filter(dossier__in=rows.values("pk")).aggregate(sum=Sum("amount_vnd"))["sum"] or 0
    by_village = _lines(rows, F("village_id"), now)
    by_month = sorted(_lines(rows, groups.VnDay("submitted_at", with_day=False), now), key=lambda line: line.key)
    return Statistics(total, _most_first(by_procedure), _most_first(by_field.values()), _most_first(by_village), by_month)


def _lines(rows: QuerySet[Dossier], key: Any, now: datetime) -> list[Line]:
    """Count by a key, the channel and the group. One query."""
    counted = rows.annotate(**groups.days()).annotate(line_key=key, line_group=groups.group_of(now))
    lines: dict[str, Line] = {}
    for name, channel, group, count in counted.values_list("line_key", "channel", "line_group").annotate(count=Count("pk")):
        line = lines.setdefault(str(name or ""), Line(str(name or "")))
        line.channels[channel] += count
        line.groups[group] += count
    return list(lines.values())


def _durations(rows: QuerySet[Dossier]) -> dict[str, list[float]]:
    """Return the days from acceptance to the signed result, without pauses, by procedure. One query."""
    paused = Pause.objects.filter(dossier=OuterRef("pk"), ended_at__isnull=False).order_by().values("dossier")
    pauses = Subquery(paused.annotate(sum=Sum(Seconds("started_at", "ended_at"))).values("sum"), output_field=FloatField())
    taken = ExpressionWrapper(Seconds("accepted_at", "solved_at") - Coalesce(pauses, 0.0), output_field=FloatField())
    solved = rows.filter(state="solved", accepted_at__isnull=False, solved_at__isnull=False)
    durations: dict[str, list[float]] = defaultdict(list)
    for code, seconds in solved.annotate(taken=taken).values_list("procedure_code", "taken"):
        durations[code].append(max(0.0, seconds) / SECONDS_A_DAY)
    return durations


def _median(days: Iterable[float]) -> float | None:
    known = list(days)
    return median(known) if known else None


def _most_first(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (-line.received, line.key))
