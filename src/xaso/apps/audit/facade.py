"""What other rooms may ask of the audit room, and what they may plug into it."""

from xaso.apps.audit.actions.questions import ANSWERED, answer, ask
from xaso.apps.audit.actions.recording import entry, record
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
)
from xaso.apps.audit.stored import CHAIN_HEADS
from xaso.apps.audit.told import Report, report

__all__ = [
    "ANSWERED",
    "CHAIN_HEADS",
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
    "open_questions",
    "questions_of",
    "record",
    "report",
    "traces_of",
]
