"""The officials' rail as one official sees it."""

from datetime import datetime
from typing import NamedTuple

from xaso.platform.actor import Actor
from xaso.platform.registries import RailEntry, rail


class Room(NamedTuple):
    """An entry of the rail, with the number of things that wait there, or None."""

    url: str
    icon: str
    label: str
    is_here: bool
    waiting: int | None


class Rail(NamedTuple):
    """The entries in order."""

    rooms: tuple[Room, ...]


def rail_of(actor: Actor, path: str, now: datetime) -> Rail:
    """Return the rooms open to the actor's roles, with what waits in each. One query for each that counts."""
    entries = [entry for entry in rail if not entry.roles.isdisjoint(actor.roles)]
    here = _longest_match(entries, path)
    return Rail(
        tuple(Room(one.url, one.icon, str(one.label), one is here, one.count(actor, now) if one.count else None) for one in entries)
    )


def _longest_match(entries: list[RailEntry], path: str) -> RailEntry | None:
    fitting = [entry for entry in entries if path.startswith(entry.url)]
    return max(fitting, key=lambda entry: len(entry.url), default=None)
