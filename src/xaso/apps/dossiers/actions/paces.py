"""Reckons once a day how long each step of each procedure usually takes in each commune."""

from collections import defaultdict
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from xaso.apps.dossiers.models import Dossier, Pause, Step, StepPace
from xaso.apps.dossiers.pace import times_in_stages, usual_of
from xaso.apps.people import facade as people
from xaso.kernel.worktime import Pause as ClockPause

LOOKED_AT = 50
"""The last finished dossiers of a procedure that its pace is taken from: the office of today, not that of two years ago."""
RENEWED_AFTER = timedelta(days=1)


def reckon_paces_daily(now: datetime) -> int:
    """Reckon the paces of one commune in which this was not done since yesterday; returns how many were written. One query when idle."""
    done = dict(StepPace.objects.values("commune").annotate(at=Max("reckoned_at")).values_list("commune", "at"))
    solved = Dossier.objects.filter(solved_at__gte=now - timedelta(days=400)).order_by().values_list("commune", flat=True).distinct()
    due = next((one for one in solved if one not in done or done[one] < now - RENEWED_AFTER), None)
    return reckon_paces(due, now=now) if due else 0


@transaction.atomic
def reckon_paces(commune_id: UUID, *, now: datetime) -> int:
    """Reckon how long the steps of the commune's procedures usually take. Four queries a procedure."""
    solved = Dossier.objects.filter(commune_id=commune_id, solved_at__isnull=False, accepted_at__isnull=False)
    written = [
        StepPace(
            commune_id=commune_id,
            procedure_code=code,
            stage=stage,
            usual_seconds=round(usual.time.total_seconds()),
            dossiers=usual.dossiers,
            reckoned_at=now,
        )
        for code in solved.order_by().values_list("procedure_code", flat=True).distinct()
        for stage, usual in ((stage, usual_of(times)) for stage, times in _times(commune_id, code).items())
    ]
    StepPace.objects.filter(commune_id=commune_id).delete()
    StepPace.objects.bulk_create(written)
    return len(written)


def _times(commune_id: UUID, procedure_code: str) -> dict[str, list[timedelta]]:
    """Return what the last finished dossiers of the procedure spent in each stage."""
    finished = Dossier.objects.filter(commune_id=commune_id, procedure_code=procedure_code, solved_at__isnull=False)
    ids = list(finished.exclude(accepted_at=None).order_by("-solved_at").values_list("id", flat=True)[:LOOKED_AT])
    entered: dict[UUID, list[tuple[str, datetime]]] = defaultdict(list)
    for dossier_id, state, at in Step.objects.filter(dossier_id__in=ids, flow="work").values_list("dossier_id", "to_state", "at"):
        entered[dossier_id].append((state, at))
    pauses: dict[UUID, list[ClockPause]] = defaultdict(list)
    for dossier_id, started_at, ended_at in Pause.objects.filter(dossier_id__in=ids).values_list("dossier_id", "started_at", "ended_at"):
        pauses[dossier_id].append(ClockPause(started_at, ended_at))
    calendar = people.calendar_of(commune_id)
    times: dict[str, list[timedelta]] = defaultdict(list)
    for dossier_id in ids:
        for stage, time in times_in_stages(entered[dossier_id], pauses[dossier_id], calendar).items():
            times[stage].append(time)
    return times
