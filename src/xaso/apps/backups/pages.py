"""`/quan-tri/sao-luu/`: whether the commune could be brought back, and what came of the last backups and drills."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from xaso.apps.backups import queries, words
from xaso.apps.backups.models import BackupRun
from xaso.apps.backups.options import DRILL_KEY_FILE, DRILL_STALE_DAYS, FOLDER, HOUR, KEPT, RECIPIENTS, STALE_HOURS
from xaso.apps.people import facade as people
from xaso.platform import clock


@require_GET
@people.for_administrators
def show_backups(request: HttpRequest) -> HttpResponse:
    """Show how backups stand, how they are set, and the last runs."""
    now = clock.now()
    context = {
        "state": queries.state(now),
        "rows": [_row(run) for run in queries.last_runs()],
        "folder": FOLDER.value(),
        "recipients": len(RECIPIENTS.value()),
        "hour": HOUR.value(),
        "kept": KEPT.value(),
        "stale_hours": STALE_HOURS.value(),
        "drill_stale_days": DRILL_STALE_DAYS.value(),
        "drills_by_themselves": DRILL_KEY_FILE.value() is not None,
    }
    return render(request, "backups/list.html", context)


def _row(run: BackupRun) -> dict[str, Any]:
    label, tone = words.OUTCOMES[run.outcome]
    seconds = (run.ended_at - run.began_at).total_seconds() if run.ended_at else None
    return {
        "run": run,
        "kind": words.KINDS[run.kind],
        "label": label,
        "tone": tone,
        "minutes": None if seconds is None else max(1, round(seconds / 60)),
        "megabytes": run.size_bytes / 1_048_576,
        "problem": words.problem_of(run),
    }
