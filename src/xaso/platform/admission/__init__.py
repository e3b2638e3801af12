"""The door for files from outside: judged by content, never by name or header; what is unsafe or unreadable gets a plain refusal."""

from xaso.platform.admission.door import Admitted, Limits, admit, content_of

__all__ = ["Admitted", "Limits", "admit", "content_of"]
