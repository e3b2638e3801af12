"""What other rooms may ask of the audit room."""

from xaso.apps.audit.actions.recording import entry, record
from xaso.apps.audit.queries import AuditLine, history_of, last_acts

__all__ = ["AuditLine", "entry", "history_of", "last_acts", "record"]
