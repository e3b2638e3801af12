"""Gives a person a copy of her data, and writes down that it was given."""

from datetime import datetime

from xaso.apps.audit import facade as audit
from xaso.apps.rights.access import person_of
from xaso.apps.rights.copies import Part, copy_of
from xaso.kernel.errors import Refusal
from xaso.platform.actor import Actor

COPIED = "rights.copied"
FORMS = ("json", "pdf")


def copy_own(actor: Actor, form: str, *, now: datetime) -> list[Part]:
    """Return the copy of the actor's own data and write down that she took it, as `json` or `pdf`.

    Raises Refusal `rights.not_found` for who is no citizen here.
    """
    person = person_of(actor)
    if person is None or form not in FORMS:
        raise Refusal("rights.not_found")
    parts = copy_of(person)
    audit.record(actor, COPIED, f"citizen:{person.citizen_id}", {"form": form}, now=now)
    return parts
