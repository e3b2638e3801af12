"""How a dossier stands with what was promised, from its row."""

from datetime import datetime

from xaso.apps.dossiers import extending, rules
from xaso.apps.dossiers.extending import Outcome
from xaso.apps.dossiers.models import Dossier


def outcome_of(dossier: Dossier, now: datetime) -> Outcome | None:
    """Return the outcome; None before the dossier was taken in and nothing was promised."""
    if dossier.accepted_at is None and dossier.state not in rules.ENDED:
        return None
    return extending.outcome(
        first_due_at=dossier.first_due_at,
        due=dossier.due_at,
        solved_at=dossier.solved_at,
        is_ended=dossier.state in rules.ENDED,
        is_paused=dossier.paused_at is not None,
        now=now,
    )
