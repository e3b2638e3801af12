"""The identity card at the desk: read from a photo or a reader, matched with the people the commune knows, put into the form."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings

from xaso.apps.dossiers.shapes import Applicant
from xaso.apps.people import facade as people
from xaso.kernel.errors import Refusal
from xaso.kernel.identifiers import CardQr, read_card_qr
from xaso.kernel.text import same_name
from xaso.platform.actor import Actor
from xaso.platform.images import read_qr


@dataclass(frozen=True)
class CardRead:
    """What came of a card: the applicant, first answers for the form, and codes of what to look at twice."""

    applicant: Applicant
    citizen_values: dict[str, Any]
    warnings: tuple[str, ...]


def read_card(photo: bytes | None, text: str, *, today: date) -> CardQr:
    """Read the card's QR from a photo or from what a keyboard reader typed. Raises Refusal `dossiers.card_unreadable` and `card_qr.*`."""
    texts = read_qr(photo) if photo else [text]
    if not texts:
        raise Refusal("dossiers.card_unreadable")
    return read_card_qr(texts[0], today=today, demo=settings.XASO_MODE == "demo")


def take_card(actor: Actor, card: CardQr, typed: Applicant) -> CardRead:
    """Fill the applicant from the card; a known citizen of that number and name adds village and phone.

    The QR is not signed: it proves nothing.
    """
    known = next(
        (one for one in people.find_citizens_by_number(actor, card.number.digits) if same_name(one.full_name, card.full_name)), None
    )
    applicant = replace(
        typed,
        name=card.full_name,
        personal_number=card.number.digits,
        address=card.address or typed.address,
        citizen_id=known.id if known else None,
        village_id=known.village_id if known else typed.village_id,
        phone=typed.phone or (known.phone if known else ""),
    )
    values = {
        **(citizen_values(known) if known else {}),
        "full_name": card.full_name,
        "personal_number": card.number.digits,
        "birth": card.birth.iso,
        "sex": card.sex,
        "address": card.address,
    }
    return CardRead(applicant, {name: value for name, value in values.items() if value}, card.warnings)


def citizen_values(citizen: people.Citizen) -> dict[str, Any]:
    """Return what is known of a citizen under the names that forms ask by; nothing for what is unknown."""
    values = {
        "full_name": citizen.full_name,
        "personal_number": citizen.personal_number,
        "birth": citizen.birth,
        "sex": citizen.sex,
        "ethnicity": citizen.ethnicity,
        "address": citizen.address,
        "village": str(citizen.village_id) if citizen.village_id else "",
        "phone": citizen.phone,
        "email": citizen.email,
    }
    return {name: value for name, value in values.items() if value}
