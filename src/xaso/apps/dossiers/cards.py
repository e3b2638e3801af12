"""The identity card at the desk: read from a photo or a reader, matched with the people the commune knows, put into the form."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

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
    """Fill the applicant from the card; a known citizen of that number and name adds village, phone and e-mail.

    What an earlier card filled gives way, what was typed stays. The QR is not signed: it proves nothing.
    """
    known = next(
        (one for one in people.find_citizens_by_number(actor, card.number.digits) if same_name(one.full_name, card.full_name)), None
    )
    read = {
        **(citizen_values(known) if known else {}),
        "full_name": card.full_name,
        "personal_number": card.number.digits,
        "birth": card.birth.iso,
        "sex": card.sex,
        "address": card.address,
    }
    values = {name: value for name, value in read.items() if value}
    own = {name: "" if value == typed.card.get(name) else value for name, value in _contact_values(typed).items()}
    applicant = replace(
        typed,
        name=card.full_name,
        personal_number=card.number.digits,
        address=values.get("address") or own["address"],
        citizen_id=known.id if known else None,
        village_id=_uuid(values.get("village") or own["village"]),
        phone=own["phone"] or values.get("phone", ""),
        email=own["email"] or values.get("email", ""),
        card={**values, "citizen_id": str(known.id)} if known else values,
    )
    is_another = bool(typed.personal_number) and typed.personal_number != card.number.digits
    doubts = ("dossiers.contact_typed_before",) if is_another and (own["phone"] or own["email"]) else ()
    return CardRead(applicant, values, (*card.warnings, *doubts))


def of_one_person(applicant: Applicant) -> Applicant:
    """Return the applicant tied to the citizen whom the card named, but to nobody once name or number were typed over with another's.

    Whose dossier it is decides who may see it, so only both together make the tie.
    """
    citizen_id = _uuid(applicant.card.get("citizen_id", ""))
    citizen = people.citizen(citizen_id) if citizen_id else None
    is_she = citizen and citizen.personal_number == applicant.personal_number and same_name(citizen.full_name, applicant.name)
    return replace(applicant, citizen_id=citizen_id if is_she else None)


def phone_of_another(applicant: Applicant) -> str:
    """Return the name on the card to which the phone belongs while somebody else's name is typed; empty when all is one person's."""
    card = applicant.card
    if not applicant.phone or applicant.phone != card.get("phone") or same_name(applicant.name, card["full_name"]):
        return ""
    return str(card["full_name"])


def _contact_values(applicant: Applicant) -> dict[str, str]:
    village = str(applicant.village_id) if applicant.village_id else ""
    return {"address": applicant.address, "village": village, "phone": applicant.phone, "email": applicant.email}


def _uuid(text: str) -> UUID | None:
    return UUID(text) if text else None


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
