"""What each web process remembers of the communes, so that a page costs no query for them."""

import time
from uuid import UUID

from xaso.apps.people import queries
from xaso.apps.people.shapes import CommuneInfo

MEMORY_SECONDS = 5.0


class Memory:
    """The communes as last read. A snapshot is replaced whole, so threads may read it at any moment."""

    def __init__(self) -> None:
        self._snapshot: tuple[CommuneInfo, ...] = ()
        self._good_until = 0.0

    def communes(self) -> tuple[CommuneInfo, ...]:
        """Return all communes; at most one query in MEMORY_SECONDS. “None yet” is never remembered."""
        moment = time.monotonic()
        if not self._snapshot or moment >= self._good_until:
            self._snapshot = tuple(queries.list_communes())
            self._good_until = moment + MEMORY_SECONDS
        return self._snapshot

    def forget(self) -> None:
        """Read anew at the next question. Other processes notice a change within MEMORY_SECONDS."""
        self._good_until = 0.0


_memory = Memory()
communes = _memory.communes
forget = _memory.forget


def the_commune() -> CommuneInfo | None:
    """Return the only commune, or the one set up first; None before the first set-up."""
    return next(iter(communes()), None)


def commune_of_host(host: str) -> CommuneInfo | None:
    """Return the commune that lives at the host name, else the only or first one."""
    name = host.rsplit(":", 1)[0].lower()
    return next((info for info in communes() if info.hostname == name), None) or the_commune()


def commune_of(commune_id: UUID) -> CommuneInfo:
    """Return a commune. Raises LookupError when there is none with this id."""
    found = _find(commune_id)
    if found is None:
        forget()
        found = _find(commune_id)
    if found is None:
        raise LookupError(f"no commune {commune_id}")
    return found


def _find(commune_id: UUID) -> CommuneInfo | None:
    return next((info for info in communes() if info.id == commune_id), None)
