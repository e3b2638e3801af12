"""Erases data whose time is over, as the holdings declare it: counted first, then erased with an administrator's leave, and recorded."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from xaso.apps.audit import facade as audit
from xaso.apps.people import facade as people
from xaso.apps.rights.models import RetentionStep
from xaso.kernel.errors import Refusal
from xaso.platform.actor import Actor
from xaso.platform.personal_data import Holding, holdings
from xaso.platform.worker import NowAndThen

VERBS = {verb: f"rights.retention_{verb}" for verb in ("report", "allow", "stop", "erase")}
EVERY = timedelta(days=1)
ROWS_AT_A_TIME = 500
MOST_A_RUN = 20_000
"""So many rows of one holding a day: the first erasing of an old commune spreads over some nights."""
_now_and_then = NowAndThen(timedelta(minutes=10))


def due_counts(commune_id: UUID, now: datetime) -> dict[str, int]:
    """Return how many rows of each holding have had their time; holdings without any are left out. One query a holding."""
    found = {one.name: one.ending.rows(commune_id, now).count() for one in holdings if one.ending}
    return {name: count for name, count in found.items() if count}


@transaction.atomic
def report(actor: Actor, *, now: datetime) -> dict[str, int]:
    """Count what would be erased, and write the dry run down; nothing is erased. Raises Refusal `rights.not_found`."""
    counts = due_counts(_commune(actor), now)
    _write(actor, "report", counts, now)
    return counts


@transaction.atomic
def allow(actor: Actor, *, now: datetime) -> None:
    """Let the job erase from now on. Raises Refusal `rights.not_found`, `rights.no_report` while nobody has seen a dry run."""
    if not RetentionStep.objects.filter(commune_id=_commune(actor), verb="report").exists():
        raise Refusal("rights.no_report")
    _write(actor, "allow", {}, now)


@transaction.atomic
def stop(actor: Actor, *, now: datetime) -> None:
    """Let the job erase nothing more. Raises Refusal `rights.not_found`."""
    _write(actor, "stop", {}, now)


def is_allowed(commune_id: UUID) -> bool:
    """Tell whether the job may erase in the commune. One query."""
    last = RetentionStep.objects.filter(commune_id=commune_id, verb__in=("allow", "stop")).values_list("verb", flat=True).first()
    return last == "allow"


def erase_daily(now: datetime) -> int:
    """Erase in each commune that allows it, once a day; returns how many rows went. What is not allowed is only counted, on the page."""
    if not _now_and_then.is_time(now):
        return 0
    return sum(_erase(commune.id, now) for commune in people.communes() if _is_due(commune.id, now))


def _is_due(commune_id: UUID, now: datetime) -> bool:
    recent = RetentionStep.objects.filter(commune_id=commune_id, verb="erase", at__gt=now - EVERY)
    return is_allowed(commune_id) and not recent.exists()


def _erase(commune_id: UUID, now: datetime) -> int:
    actor = Actor.system(commune_id, "retention")
    counts: dict[str, int] = {}
    for holding in holdings:
        gone = _erase_holding(holding, commune_id, now)
        if gone:
            counts[holding.name] = gone
    with transaction.atomic():
        _write(actor, "erase", counts, now)
    return sum(counts.values())


def _erase_holding(holding: Holding, commune_id: UUID, now: datetime) -> int:
    gone = 0
    while holding.ending and gone < MOST_A_RUN:
        some = _erase_some(holding, commune_id, now)
        gone += some
        if some < ROWS_AT_A_TIME:
            break
    return gone


@transaction.atomic
def _erase_some(holding: Holding, commune_id: UUID, now: datetime) -> int:
    assert holding.ending is not None
    rows = holding.ending.rows(commune_id, now)
    keys = list(rows.order_by("pk").values_list("pk", flat=True)[:ROWS_AT_A_TIME])
    chosen = rows.filter(pk__in=keys)
    if not keys:
        return 0
    if holding.ending.erase:
        holding.ending.erase(chosen)
    else:
        chosen.delete()
    actor = Actor.system(commune_id, "retention")
    audit.record(actor, VERBS["erase"], f"commune:{commune_id}", {"name": holding.name, "rows": len(keys)}, now=now)
    return len(keys)


def _commune(actor: Actor) -> UUID:
    if actor.commune_id is None or not (actor.kind == "system" or actor.holds(people.Role.ADMINISTRATOR.value)):
        raise Refusal("rights.not_found")
    return actor.commune_id


def _write(actor: Actor, verb: str, counts: dict[str, int], now: datetime) -> None:
    commune_id = _commune(actor)
    RetentionStep.objects.create(commune_id=commune_id, verb=verb, counts=counts, at=now, by=actor.name)
    audit.record(actor, VERBS[verb], f"commune:{commune_id}", {"rows": sum(counts.values())}, now=now)
