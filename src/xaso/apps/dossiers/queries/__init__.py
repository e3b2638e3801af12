"""The only readers of the main job. Each question starts from what the actor may see."""

from xaso.apps.dossiers.access import roles_on
from xaso.apps.dossiers.queries.days import calendar_of, list_local_days
from xaso.apps.dossiers.queries.following import code_of, find_by_code_and_digits, my_dossiers, my_drafts, untouched_draft
from xaso.apps.dossiers.queries.one import CaseFile, case_file, get_by_code, get_draft, officer_case
from xaso.apps.dossiers.queries.parts import open_part_list, parts_among, parts_of
from xaso.apps.dossiers.queries.post import POST_QUEUES, post_list, postings_of
from xaso.apps.dossiers.queries.register import RegisterFilter, list_gaps, register_rows, years_of_gaps
from xaso.apps.dossiers.queries.work import desk_counts, desk_list, find_dossiers, finished_since, intake_count, waiting_count, waiting_for

__all__ = [
    "POST_QUEUES",
    "CaseFile",
    "RegisterFilter",
    "calendar_of",
    "case_file",
    "code_of",
    "desk_counts",
    "desk_list",
    "find_by_code_and_digits",
    "find_dossiers",
    "finished_since",
    "get_by_code",
    "get_draft",
    "intake_count",
    "list_gaps",
    "list_local_days",
    "my_dossiers",
    "my_drafts",
    "officer_case",
    "open_part_list",
    "parts_among",
    "parts_of",
    "post_list",
    "postings_of",
    "register_rows",
    "roles_on",
    "untouched_draft",
    "waiting_count",
    "waiting_for",
    "years_of_gaps",
]
