"""What the case page shows before an apology: what it would do to the due date, and the first day that may be promised."""

from datetime import datetime
from typing import Any

from xaso.apps.dossiers.extending import RULE, Standing, soonest_day, standing
from xaso.apps.dossiers.queries import CaseFile
from xaso.apps.people import facade as people


def extend_shown(case: CaseFile, *, now: datetime) -> dict[str, Any]:
    """Return what the form needs; nothing while there is no due date or no further apology is owed."""
    due_at = case.dossier.due_at
    if due_at is None or any(one.new_due_at > now for one in case.extensions):
        return {}
    does = standing(due_at, now, sum(one.moves_due for one in case.extensions))
    if does is Standing.USED_UP:
        return {}
    return {
        "may_extend": True,
        "is_belated": does is Standing.TOO_LATE,
        "extension_rule": RULE,
        "soonest": soonest_day(due_at, now, people.calendar_of(case.dossier.commune_id)),
    }
