"""Searching by a number: whose number it is decides whether the official is asked why, and what she says is written down."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.crypto import salted_hmac

from xaso.apps.audit import facade as audit
from xaso.apps.dossiers import access
from xaso.apps.dossiers.actions.looking import SHORTEST_WORDS, is_at_work
from xaso.apps.dossiers.looking_rules import PURPOSES, UNCOVERED_FOR, number_searched
from xaso.apps.dossiers.models import Dossier
from xaso.apps.dossiers.queries.work import find_dossiers
from xaso.kernel.errors import Refusal
from xaso.platform.actor import Actor

EXPLAINED, FOUND = "dossiers.search_explained", "dossiers.found"
MOST_HELD_BACK = 50


def held_back(actor: Actor, text: str, *, now: datetime) -> list[Dossier]:
    """Return the dossiers that a number finds while none of them is the actor's work and she has not said why she searches.

    Empty for everything else: names and codes, a number that finds nothing, one of whose dossiers is her work, one that she explained
    within `UNCOVERED_FOR`. No query for what is no number.
    """
    number = number_searched(text)
    if not number or not actor.holds(*access.CASE_ROLES):
        return []
    found = find_dossiers(actor, number, MOST_HELD_BACK)
    if not found or any(is_at_work(actor, dossier) for dossier in found):
        return []
    is_explained = EXPLAINED in audit.done_since(actor, _search_of(number, actor.commune_id), now - UNCOVERED_FOR)
    return [] if is_explained else found


@transaction.atomic
def explain(actor: Actor, text: str, purpose: str, words: str, *, now: datetime) -> None:
    """Write down why the actor searches by this number, with each dossier that it finds, so that its applicant reads it.

    Raises Refusal `dossiers.not_found` for what is no number, `dossiers.purpose_missing` as uncovering does.
    """
    number, said = number_searched(text), words.replace("\0", "").strip()[:300]
    if not number or not actor.holds(*access.CASE_ROLES):
        raise Refusal("dossiers.not_found")
    if purpose not in PURPOSES or (purpose == "other" and len(said) < SHORTEST_WORDS):
        raise Refusal("dossiers.purpose_missing")
    why = {"purpose": purpose, "words": said}
    audit.record(actor, EXPLAINED, _search_of(number, actor.commune_id), why, now=now)
    for dossier in find_dossiers(actor, number, MOST_HELD_BACK):
        audit.record(actor, FOUND, access.subject_of(dossier.id), {"code": dossier.code, **why}, now=now)


def _search_of(number: str, commune_id: UUID | None) -> str:
    """Return under what the record keeps searches by this number: a keyed digest, since a number itself has no place there."""
    return f"search:{salted_hmac('xaso searches', f'{commune_id}:{number}', algorithm='sha256').hexdigest()[:32]}"
