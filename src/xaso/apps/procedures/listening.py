"""Which pages of this room are read aloud ahead of time: the lists, and every procedure that the commune takes in."""

from collections.abc import Iterator
from uuid import UUID

from xaso.apps.procedures import facade, words
from xaso.platform.listening import Listenable


def pages(commune_id: UUID) -> Iterator[Listenable]:
    """Yield the pages; an imported procedure that is only guided is spoken when somebody asks."""
    yield Listenable("/thu-tuc/")
    yield Listenable("/ngoai-tuyen/")
    yield from (Listenable(f"/thu-tuc/?linh-vuc={name}") for name in words.FIELDS)
    yield from (Listenable(f"/thu-tuc/?viec={name}") for name in words.LIFE_EVENTS)
    yield from (Listenable(f"/thu-tuc/{one.code}/") for one in facade.listed(commune_id, "vi"))
