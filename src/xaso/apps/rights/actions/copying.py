"""Gives a person a copy of her data, and writes down that it was given."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import override

from xaso.apps.audit import facade as audit
from xaso.apps.rights import access
from xaso.apps.rights.access import person_of
from xaso.apps.rights.copies import Part, copy_of
from xaso.apps.rights.flow import HANDLERS, OPEN
from xaso.apps.rights.models import DataRequest
from xaso.kernel.errors import Refusal
from xaso.platform.actor import Actor
from xaso.platform.personal_data import Person

COPIED = "rights.copied"
FORMS = ("json", "pdf")


def copy_own(actor: Actor, form: str, *, now: datetime) -> list[Part]:
    """Return the copy of the actor's own data and write down that she took it, as `json` or `pdf`.

    Raises Refusal `rights.not_found` for who is no citizen here.
    """
    person = person_of(actor)
    if person is None or form not in FORMS:
        raise Refusal("rights.not_found")
    parts = _on_paper(person) if form == "pdf" else copy_of(person)
    audit.record(actor, COPIED, f"citizen:{person.citizen_id}", {"form": form}, now=now)
    return parts


def copy_for_request(actor: Actor, request_id: UUID, *, now: datetime) -> tuple[DataRequest, list[Part]]:
    """Return the copy that an open request to see or to get one's data asks for, and write down who took it for which request.

    Raises Refusal `rights.not_found`, also for a request that asks for something else or has ended.
    """
    rows = DataRequest.objects.filter(access.visible_to(actor), pk=request_id, kind__in=("view", "give"), state__in=OPEN)
    request = rows.select_related("citizen").first() if actor.holds(*HANDLERS) else None
    if request is None:
        raise Refusal("rights.not_found")
    parts = _on_paper(Person(request.commune_id, request.citizen_id, request.citizen.account_id))
    audit.record(actor, COPIED, f"citizen:{request.citizen_id}", {"form": "pdf", "code": request.code}, now=now)
    return request, parts


@override("vi")
def _on_paper(person: Person) -> list[Part]:
    """Return the copy in Vietnamese, as every paper is: its letters are all that the papers' typeface holds."""
    return copy_of(person)
