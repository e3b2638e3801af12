"""Writes down whom an official looks for and whose data she opens when somebody comes to the desk about her data."""

from datetime import datetime, timedelta
from uuid import UUID

from xaso.apps.audit import facade as audit
from xaso.kernel.identifiers import cover_numbers
from xaso.platform.actor import Actor

SEARCHED, OPENED = "rights.person_searched", "rights.person_opened"
SAME_LOOK = timedelta(hours=1)
LONGEST_SEARCH = 200


def note_search(actor: Actor, text: str, *, now: datetime) -> None:
    """Write down what was searched for; of a personal number only its ends stay readable."""
    said = cover_numbers(text.replace("\0", ""))[:LONGEST_SEARCH]
    audit.record(actor, SEARCHED, f"commune:{actor.commune_id}", {"text": said}, now=now)


def note_opening(actor: Actor, citizen_id: UUID, *, now: datetime) -> None:
    """Write down whose page was opened, once in `SAME_LOOK`; she reads it."""
    subject = f"citizen:{citizen_id}"
    if OPENED not in audit.done_since(actor, subject, now - SAME_LOOK):
        audit.record(actor, OPENED, subject, now=now)
