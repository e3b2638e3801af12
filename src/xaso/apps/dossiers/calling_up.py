"""Who is told by voice, of what, and in which sentences."""

from datetime import datetime

from xaso.apps.dossiers import access
from xaso.apps.dossiers.contact import BY_VOICE
from xaso.apps.dossiers.models import Dossier
from xaso.apps.dossiers.standing import spoken
from xaso.apps.notices import facade as notices

CALLED_ABOUT = frozenset({"refuse", "ask_for_more", "request_payment", "extend", "stop", "make_ready", "note_returned", "part_refused"})
"""Moves after which the applicant has something to do or a hope less: a call costs her time, and ours."""


def is_told_by_voice(dossier: Dossier) -> bool:
    """Tell whether the applicant wished so, or has a fixed line that takes no SMS."""
    phone = notices.sendable_phone(dossier.applicant_phone)
    return phone is not None and (dossier.tell_by == BY_VOICE or not notices.takes_sms(phone))


def call_up(dossier: Dossier, *, key: str, now: datetime) -> None:
    """Queue a call that says where the dossier stands."""
    notices.ask_to_call(
        commune_id=dossier.commune_id,
        recipient=notices.Recipient(name=dossier.applicant_name, phone=dossier.applicant_phone, language=dossier.language),
        text=spoken(dossier, now),
        subject=access.subject_of(dossier.id),
        idempotency_key=key,
        now=now,
    )


def told_of(dossier: Dossier) -> list[notices.MessageLine]:
    """Return what the applicant was told, for an official who may see the dossier. One query, two for who is called."""
    subject = access.subject_of(dossier.id)
    calls = notices.calls_about(dossier.commune_id, subject) if is_told_by_voice(dossier) else []
    return notices.messages_about(dossier.commune_id, subject) + calls
