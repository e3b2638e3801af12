"""Reads a long list piece by piece."""

from collections.abc import Iterator
from typing import TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)
PIECE_ROWS = 500


def in_pieces(rows: QuerySet[M]) -> Iterator[M]:
    """Yield the rows in their order, as they are when their piece is read; one that is gone meanwhile is left out.

    Nothing is held open between pieces: in SQLite who still reads an older state can't write, and whoever makes a long sheet writes
    down how far it got. A piece is asked for by its keys alone: given the list's conditions too, SQLite goes along the whole list.
    `clear_where` is Django's own, for its deletions, and not documented: the tests of sheets tell when it changes.
    """
    ids = list(rows.values_list("pk", flat=True))
    by_key = rows.order_by()
    by_key.query.clear_where()
    for first in range(0, len(ids), PIECE_ROWS):
        piece = ids[first : first + PIECE_ROWS]
        found = by_key.in_bulk(piece)
        yield from (found[one] for one in piece if one in found)
