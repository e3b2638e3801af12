"""Backups and drills, as XLSX."""

from datetime import datetime

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from xaso.apps.backups import queries, words
from xaso.apps.people import facade as people
from xaso.platform.actor import Actor
from xaso.platform.sheets import Column, Sheet, SheetSource, columns, sheets

ADMINISTRATORS = frozenset({people.Role.ADMINISTRATOR.value})


def _runs(_actor: Actor, _query: QueryDict, _now: datetime) -> Sheet:
    rows = [
        (
            run.began_at,
            run.ended_at,
            words.KINDS[run.kind],
            words.OUTCOMES[run.outcome][0],
            run.file_name,
            words.saved(run),
            words.problem_of(run),
        )
        for run in queries.last_runs()
    ]
    return Sheet(rows, len(rows))


sheets.add(
    SheetSource(
        "sao-luu",
        _("Sao lưu"),
        ADMINISTRATORS,
        (
            columns.AT,
            columns.DONE_AT,
            Column(_("Việc"), width=18),
            columns.STATE,
            columns.CONTENT,
            Column(_("Đã cất"), width=36),
            columns.NOTE,
        ),
        _runs,
    )
)
