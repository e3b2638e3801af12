"""What other rooms may ask of the audit room, and what they may plug into it."""

from xaso.apps.audit.actions.recording import entry, record
from xaso.apps.audit.ports import AnchorKey, anchor_keys
from xaso.apps.audit.queries import AuditLine, history_of, last_acts
from xaso.apps.audit.told import Report, report

__all__ = ["AnchorKey", "AuditLine", "Report", "anchor_keys", "entry", "history_of", "last_acts", "record", "report"]
