"""Which dossiers look like the same application once more. Only what the actor may see is ever named."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from xaso.apps.dossiers import access
from xaso.apps.dossiers.duplicates import Person, shared_signs
from xaso.apps.dossiers.models import Dossier, NotDuplicate
from xaso.apps.dossiers.options import DUPLICATE_DAYS
from xaso.apps.dossiers.queries.register import NOT_LISTED
from xaso.apps.dossiers.shapes import Applicant
from xaso.apps.people import facade as people
from xaso.kernel.text import fold
from xaso.platform.actor import Actor

MOST = 10
GIVEN_UP = ("refused", "withdrawn")
"""Who was refused or withdrew may apply again: that is no duplicate."""


@dataclass(frozen=True)
class LookAlike:
    """A dossier that looks like another, and by which signs."""

    dossier: Dossier
    signs: tuple[str, ...]


def look_alikes_of(actor: Actor, dossier: Dossier, *, now: datetime) -> list[LookAlike]:
    """Return what looks like the dossier once more, but for what an official said is none; nothing for one that has ended."""
    if dossier.state in {"solved", *GIVEN_UP} or not actor.holds(*access.CASE_ROLES):
        return []
    found = _found(actor, dossier.procedure_code, person_of(dossier), now, except_id=dossier.id)
    if not found:
        return []
    cleared = NotDuplicate.objects.filter(Q(first=dossier) | Q(second=dossier)).values_list("first_id", "second_id")
    said = {one for pair in cleared for one in pair}
    return [one for one in found if one.dossier.id not in said]


def look_alikes_at_intake(actor: Actor, procedure_code: str, applicant: Applicant, *, now: datetime) -> list[LookAlike]:
    """Return what the applicant at the counter has under way, or got a short while ago, of the same procedure."""
    if not actor.holds(*access.CASE_ROLES):
        return []
    person = Person(applicant.personal_number, fold(applicant.name), _birth(applicant.citizen_id), applicant.phone)
    return _found(actor, procedure_code, person, now)


def person_of(dossier: Dossier) -> Person:
    """Return who applied, with the birth date that the commune's own record of citizens has."""
    return Person(dossier.applicant_personal_number, dossier.applicant_folded, _birth(dossier.citizen_id), dossier.applicant_phone)


def signs_of(one: Dossier, other: Dossier) -> tuple[str, ...]:
    """Return by which signs two dossiers look alike; none when they are of different procedures, or one and the same."""
    if one.id == other.id or one.procedure_code != other.procedure_code:
        return ()
    return shared_signs(person_of(one), person_of(other))


def said_not_duplicate(one: Dossier, other: Dossier) -> NotDuplicate | None:
    """Return what an official said of the two. One query."""
    first, second = sorted((one.id, other.id))
    return NotDuplicate.objects.filter(first_id=first, second_id=second).first()


def _found(actor: Actor, procedure_code: str, person: Person, now: datetime, *, except_id: UUID | None = None) -> list[LookAlike]:
    alike = access.NOTHING
    for field, value in (
        ("applicant_personal_number_blind__of", person.personal_number),
        ("applicant_folded", person.folded),
        ("applicant_phone_blind__of", person.phone),
    ):
        alike |= Q(**{field: value}) if value else access.NOTHING
    recent = ~Q(state__in=("solved", *GIVEN_UP)) | Q(state="solved", solved_at__gte=now - timedelta(days=DUPLICATE_DAYS.value()))
    rows = Dossier.objects.filter(access.visible_to(actor), alike, recent, procedure_code=procedure_code)
    rows = rows.exclude(pk=except_id) if except_id else rows
    found = rows.select_related("village", "assignee").defer(*NOT_LISTED).order_by("-submitted_at")[: 3 * MOST]
    births: dict[UUID, str] = {}
    alikes = [LookAlike(dossier, shared_signs(person, _person(dossier, births if person.birth else None))) for dossier in found]
    return [one for one in alikes if one.signs][:MOST]


def _person(dossier: Dossier, births: dict[UUID, str] | None) -> Person:
    """Return who applied; each citizen's birth date is asked for once, and not at all where nothing is compared with it."""
    birth = ""
    if births is not None and dossier.citizen_id:
        birth = births.setdefault(dossier.citizen_id, "") or _birth(dossier.citizen_id)
        births[dossier.citizen_id] = birth
    return Person(dossier.applicant_personal_number, dossier.applicant_folded, birth, dossier.applicant_phone)


def _birth(citizen_id: UUID | None) -> str:
    citizen = people.citizen(citizen_id) if citizen_id else None
    return citizen.birth if citizen else ""
