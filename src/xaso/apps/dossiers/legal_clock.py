"""Puts a dossier's legal clock together from its rows and its procedure's version."""

from collections.abc import Iterable

from xaso.apps.dossiers.due import LegalClock, Stood
from xaso.apps.dossiers.extending import Moved
from xaso.apps.dossiers.models import Dossier, Extension, Pause
from xaso.apps.people import facade as people
from xaso.apps.procedures import facade as procedures
from xaso.kernel.worktime import Pause as ClockPause


def legal_clock(dossier: Dossier, pauses: Iterable[Pause], extensions: Iterable[Extension]) -> LegalClock | None:
    """Return the clock of a dossier that was taken in, by its version's term, else by the commune's of that moment; None before."""
    if dossier.accepted_at is None:
        return None
    version = procedures.get_version(dossier.version_id)
    return LegalClock(
        accepted_at=dossier.accepted_at,
        term=procedures.term(dossier.commune_id, version, dossier.channel, dossier.answers, at=dossier.accepted_at),
        calendar=people.calendar_of(dossier.commune_id),
        stood=tuple(Stood(ClockPause(pause.started_at, pause.ended_at), pause.reason == "supplement") for pause in pauses),
        moves=tuple(Moved(one.at, one.new_due_at) for one in extensions if one.moves_due),
        restarts=version.restarts_after_supplement,
    )
