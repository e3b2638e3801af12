"""The only readers of the main job. Each question starts from what the actor may see."""

from xaso.apps.dossiers.access import roles_on
from xaso.apps.dossiers.queries.fees import payments_taken
from xaso.apps.dossiers.queries.following import code_of, find_by_code_and_digits, my_dossiers, my_drafts, untouched_draft
from xaso.apps.dossiers.queries.one import CaseFile, case_file, get_by_code, get_draft, officer_case
from xaso.apps.dossiers.queries.register import RegisterFilter, list_gaps, register_rows, years_of_gaps
from xaso.apps.dossiers.queries.statistics import Line, Statistics, statistics
from xaso.apps.dossiers.queries.work import (
    desk_counts,
    desk_list,
    desk_rows,
    find_dossiers,
    finished_since,
    intake_count,
    waiting_count,
    waiting_for,
)

__all__ = [
    "CaseFile",
    "Line",
    "RegisterFilter",
    "Statistics",
    "case_file",
    "code_of",
    "desk_counts",
    "desk_list",
    "desk_rows",
    "find_by_code_and_digits",
    "find_dossiers",
    "finished_since",
    "get_by_code",
    "get_draft",
    "intake_count",
    "list_gaps",
    "my_dossiers",
    "my_drafts",
    "officer_case",
    "payments_taken",
    "register_rows",
    "roles_on",
    "statistics",
    "untouched_draft",
    "waiting_count",
    "waiting_for",
    "years_of_gaps",
]
