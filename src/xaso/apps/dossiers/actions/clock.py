"""The legal clock of a dossier: what every move that starts, stops or frees it writes."""

from datetime import datetime

from xaso.apps.dossiers import rules
from xaso.apps.dossiers.models import Dossier, Pause
from xaso.apps.dossiers.queries.days import calendar_of
from xaso.apps.procedures import facade as procedures
from xaso.kernel.worktime import Pause as ClockPause


def refresh(dossier: Dossier, reason: str, *, now: datetime) -> None:
    """Open or close the pause that the dossier's states ask for and set its due date anew; the caller saves the dossier."""
    stands = dossier.accepted_at is not None and rules.clock_stands(dossier.state, dossier.money_state)
    if stands and dossier.paused_at is None:
        Pause.objects.create(dossier=dossier, reason=reason, started_at=now)
        dossier.paused_at = now
    elif not stands and dossier.paused_at is not None:
        Pause.objects.filter(dossier=dossier, ended_at=None).update(ended_at=now)
        dossier.paused_at = None
    dossier.due_at = _due_at(dossier)


def _due_at(dossier: Dossier) -> datetime | None:
    if dossier.accepted_at is None or dossier.paused_at is not None:
        return None
    version = procedures.get_version(dossier.version_id)
    pauses = list(Pause.objects.filter(dossier=dossier))
    supplied_at = [pause.ended_at for pause in pauses if pause.reason == "supplement" and pause.ended_at]
    return rules.legal_due_at(
        dossier.accepted_at,
        version.term(dossier.channel, dossier.answers),
        calendar_of(dossier.commune_id),
        [ClockPause(pause.started_at, pause.ended_at) for pause in pauses],
        restarted_at=max(supplied_at, default=None) if version.restarts_after_supplement else None,
    )
