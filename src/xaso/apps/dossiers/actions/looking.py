"""Writes down who looked at a dossier, and for what somebody uncovered what is sensitive in it."""

from datetime import datetime
from uuid import UUID

from xaso.apps.audit import facade as audit
from xaso.apps.dossiers import access
from xaso.apps.dossiers.looking_rules import PURPOSES, SAME_LOOK, UNCOVERED_FOR, works_on
from xaso.apps.dossiers.models import Dossier
from xaso.kernel.errors import Refusal
from xaso.kernel.identifiers import cover_numbers
from xaso.platform.actor import Actor, require_full

LOOKED, LOOKED_BESIDE, UNCOVERED = "dossiers.looked", "dossiers.looked_beside", "dossiers.uncovered"
CARD_READ = "dossiers.card_read"
FILE_OPENED, SEARCHED = "dossiers.file_opened", "dossiers.searched"
EXPORTED = "dossiers.exported"
"""How lists that were taken out stand in the record before all rooms' lists did (`audit.LIST_TAKEN`)."""
SHORTEST_WORDS, LONGEST_SEARCH = 5, 200


def look(actor: Actor, dossier: Dossier, *, now: datetime) -> bool:
    """Write down that the actor looks at the dossier, once in `SAME_LOOK`; returns whether she may see what is sensitive in it.

    One query, and one more that writes a first look.
    """
    at_work = is_at_work(actor, dossier)
    subject = access.subject_of(dossier.id)
    done = audit.done_since(actor, subject, now - SAME_LOOK)
    verb = LOOKED if at_work or actor.kind == "token" else LOOKED_BESIDE
    if verb not in done:
        audit.record(actor, verb, subject, {"code": dossier.code}, now=now)
    return at_work or (UNCOVERED in done and done[UNCOVERED] >= now - UNCOVERED_FOR)


def open_file(actor: Actor, dossier: Dossier, name: str, *, now: datetime) -> bool:
    """Write down that an official opens a paper of the dossier, if she may; returns whether she may. A look is one in `SAME_LOOK`."""
    if not look(actor, dossier, now=now):
        return False
    audit.record(actor, FILE_OPENED, access.subject_of(dossier.id), {"code": dossier.code, "name": name}, now=now)
    return True


def is_at_work(actor: Actor, dossier: Dossier) -> bool:
    """Tell whether the actor works on the dossier as it stands."""
    mine = dossier.assignee_id is not None and dossier.assignee_id == actor.account_id
    return works_on(actor.roles, state=dossier.state, delivery_state=dossier.delivery_state, is_assignee=mine)


def uncover(actor: Actor, dossier_id: UUID, purpose: str, words: str, *, now: datetime) -> None:
    """Write down for what the actor uncovers the dossier; from now on she sees all of it for `UNCOVERED_FOR`.

    Raises Refusal `dossiers.not_found`, `dossiers.purpose_missing` without a purpose of the list, or with `other` without words,
    `platform.confirm_first` when the computer was opened by a PIN.
    """
    dossier = Dossier.objects.filter(access.visible_to(actor), pk=dossier_id).first()
    if dossier is None or not actor.holds(*access.CASE_ROLES):
        raise Refusal("dossiers.not_found")
    require_full(actor)
    said = words.strip()[:300]
    if purpose not in PURPOSES or (purpose == "other" and len(said) < SHORTEST_WORDS):
        raise Refusal("dossiers.purpose_missing")
    detail = {"code": dossier.code, "purpose": purpose, "words": said}
    audit.record(actor, UNCOVERED, access.subject_of(dossier.id), detail, now=now)


def note_search(actor: Actor, text: str, *, now: datetime) -> None:
    """Write down what an official searched the register for; of a personal number only its ends stay readable."""
    said = cover_numbers(text.replace("\0", ""))[:LONGEST_SEARCH]
    audit.record(actor, SEARCHED, f"commune:{actor.commune_id}", {"text": said}, now=now)


def look_at_arrival(actor: Actor, item_id: UUID, number: int, *, now: datetime) -> None:
    """Write down that the desk reads what a phone sent and nobody vouched for yet, once in `SAME_LOOK`; it keeps its id as a dossier."""
    subject = access.subject_of(item_id)
    if LOOKED not in audit.done_since(actor, subject, now - SAME_LOOK):
        audit.record(actor, LOOKED, subject, {"code": str(number)}, now=now)


def open_file_of_arrival(actor: Actor, item_id: UUID, number: int, name: str, *, now: datetime) -> None:
    """Write down that the desk opens a picture that came with it."""
    audit.record(actor, FILE_OPENED, access.subject_of(item_id), {"code": str(number), "name": name}, now=now)


def look_at_card(actor: Actor, citizen_id: UUID | None, *, now: datetime) -> None:
    """Write down that a card read at the desk brought up somebody whom the commune knows, once in `SAME_LOOK`."""
    subject = f"citizen:{citizen_id}"
    if citizen_id is not None and CARD_READ not in audit.done_since(actor, subject, now - SAME_LOOK):
        audit.record(actor, CARD_READ, subject, now=now)
