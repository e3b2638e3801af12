"""The legal clock of a dossier: what every move that starts, stops, moves or frees it writes."""

from datetime import datetime

from xaso.apps.dossiers import rules
from xaso.apps.dossiers.legal_clock import legal_clock
from xaso.apps.dossiers.models import Dossier, Extension, Pause


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
    clock = legal_clock(dossier, Pause.objects.filter(dossier=dossier), Extension.objects.filter(dossier=dossier))
    return clock.due_at() if clock else None
