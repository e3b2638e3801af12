"""The only readers of the main job. Each question starts from what the actor may see."""

from xaso.apps.dossiers.access import roles_on
from xaso.apps.dossiers.queries.arrivals import (
    Unconfirmed,
    arrival_of,
    files_brought,
    find_arrival,
    get_unconfirmed,
    last_slip,
    list_unconfirmed,
    steps_of,
    unconfirmed_count,
    waiting_for_my_word,
)
from xaso.apps.dossiers.queries.duplicates import LookAlike, look_alikes_at_intake, look_alikes_of, said_not_duplicate, signs_of
from xaso.apps.dossiers.queries.fees import payments_taken
from xaso.apps.dossiers.queries.following import code_of, find_by_code_and_digits, my_dossiers, my_drafts, untouched_draft
from xaso.apps.dossiers.queries.given_before import GivenPaper, papers_given_before
from xaso.apps.dossiers.queries.listed import Listed, columns_of, listed
from xaso.apps.dossiers.queries.most_filed import most_filed
from xaso.apps.dossiers.queries.one import (
    CaseFile,
    case_file,
    find_draft,
    find_supplement_request,
    get_by_code,
    get_draft,
    is_free,
    officer_case,
)
from xaso.apps.dossiers.queries.own_papers import find_own_paper, own_papers, own_results
from xaso.apps.dossiers.queries.pace import Warned, soon_late_dossiers
from xaso.apps.dossiers.queries.parts import open_part_list, parts_among, parts_of, parts_under_way
from xaso.apps.dossiers.queries.passing_on import Holder, holders_of_work, newly_passed_on, open_work_of
from xaso.apps.dossiers.queries.post import POST_QUEUES, post_rows, postings_of
from xaso.apps.dossiers.queries.post_charge import Charge, post_charge, post_charges
from xaso.apps.dossiers.queries.register import RegisterFilter, list_gaps, register_rows, years_of_gaps
from xaso.apps.dossiers.queries.register_print import kept_counts, months_of, printed_rows
from xaso.apps.dossiers.queries.statistics import Line, Statistics, statistics
from xaso.apps.dossiers.queries.work import (
    desk_counts,
    desk_dossiers,
    desk_list,
    desk_rows,
    find_dossiers,
    finished_since,
    intake_count,
    waiting_for,
)

__all__ = [
    "POST_QUEUES",
    "CaseFile",
    "Charge",
    "GivenPaper",
    "Holder",
    "Line",
    "Listed",
    "LookAlike",
    "RegisterFilter",
    "Statistics",
    "Unconfirmed",
    "Warned",
    "arrival_of",
    "case_file",
    "code_of",
    "columns_of",
    "desk_counts",
    "desk_dossiers",
    "desk_list",
    "desk_rows",
    "files_brought",
    "find_arrival",
    "find_by_code_and_digits",
    "find_dossiers",
    "find_draft",
    "find_own_paper",
    "find_supplement_request",
    "finished_since",
    "get_by_code",
    "get_draft",
    "get_unconfirmed",
    "holders_of_work",
    "intake_count",
    "is_free",
    "kept_counts",
    "last_slip",
    "list_gaps",
    "list_unconfirmed",
    "listed",
    "look_alikes_at_intake",
    "look_alikes_of",
    "months_of",
    "most_filed",
    "my_dossiers",
    "my_drafts",
    "newly_passed_on",
    "officer_case",
    "open_part_list",
    "open_work_of",
    "own_papers",
    "own_results",
    "papers_given_before",
    "parts_among",
    "parts_of",
    "parts_under_way",
    "payments_taken",
    "post_charge",
    "post_charges",
    "post_rows",
    "postings_of",
    "printed_rows",
    "register_rows",
    "roles_on",
    "said_not_duplicate",
    "signs_of",
    "soon_late_dossiers",
    "statistics",
    "steps_of",
    "unconfirmed_count",
    "untouched_draft",
    "waiting_for",
    "waiting_for_my_word",
    "years_of_gaps",
]
