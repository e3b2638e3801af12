"""What other rooms may ask of the audit room, and what they may plug into it."""

from xaso.apps.audit.actions.questions import ANSWERED, answer, ask
from xaso.apps.audit.actions.recording import LIST_TAKEN, entry, note_list, record
from xaso.apps.audit.ports import AnchorKey, anchor_keys
from xaso.apps.audit.queries import (
    AuditLine,
    Question,
    Trace,
    done_since,
    history_of,
    last_acts,
    last_traces,
    open_questions,
    questions_of,
    traces_of,
    was_done,
)
from xaso.apps.audit.stored import CHAIN_HEADS
from xaso.apps.audit.told import Report, report

__all__ = [
    "ANSWERED",
    "CHAIN_HEADS",
    "LIST_TAKEN",
    "AnchorKey",
    "AuditLine",
    "Question",
    "Report",
    "Trace",
    "anchor_keys",
    "answer",
    "ask",
    "done_since",
    "entry",
    "history_of",
    "last_acts",
    "last_traces",
    "note_list",
    "open_questions",
    "questions_of",
    "record",
    "report",
    "traces_of",
    "was_done",
]
