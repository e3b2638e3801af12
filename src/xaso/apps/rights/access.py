"""Whose data an actor may ask for, and who answers for the commune."""

from xaso.platform.actor import Actor
from xaso.platform.personal_data import Person


def person_of(actor: Actor) -> Person | None:
    """Return the actor as the person whose data the commune holds; None for who is no citizen here."""
    if actor.kind != "citizen" or actor.citizen_id is None or actor.commune_id is None:
        return None
    return Person(actor.commune_id, actor.citizen_id, actor.account_id)
