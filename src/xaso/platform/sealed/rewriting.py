"""Writes rows anew under the keys that write: after a rotation by the job worker, in migrations for what was in clear.

Rows are walked along by their keys, some hundred a transaction. Each piece is whole by itself, so the walk may be killed at any point and
begun again; a value whose key is missing stays as it is.
"""

import time
from dataclasses import dataclass, field
from typing import Any

import structlog
from django.apps import apps
from django.db import connection, models, transaction

from xaso.kernel.errors import Refusal
from xaso.platform import keyring
from xaso.platform.sealed import boxes
from xaso.platform.sealed.fields import BlindIndex, Closed, blind_indexes, sealed_columns

PIECE = 100
"""Rows a transaction: together they take some hundredths of a second."""
log = structlog.get_logger(__name__)


@dataclass
class Piece:
    """What became of some rows: how many were written, which missing keys kept others as they are, and the last row's key."""

    last: Any = None
    written: int = 0
    missing: set[str] = field(default_factory=set)


def sealed_tables() -> list[type[models.Model]]:
    """Return all tables with a sealed column, in order of their names."""
    return sorted((one for one in apps.get_models() if sealed_columns(one)), key=lambda one: one._meta.db_table)


def rewrite_piece(model: type[models.Model], after: Any) -> Piece:
    """Write the rows that follow this key anew where they need it. A piece that needs nothing takes no lock.

    After each that does others have the database for as long as it took: who waits for SQLite's lock asks for it now and then only.
    """
    ring = keyring.ring(fresh=True)
    rows = _rows(model, after)
    if not any(_is_behind(row, ring) for row in rows):
        return Piece(rows[-1].pk if rows else None)
    begun = time.monotonic()
    with transaction.atomic():
        piece = _rewrite(model, list(_rows_of(model).filter(pk__in=[row.pk for row in rows]).select_for_update().order_by("pk")), ring)
    time.sleep(time.monotonic() - begun)
    return piece


def rewrite_all(model: type[models.Model]) -> int:
    """Write all rows of a table anew that need it; returns how many. Raises Refusal `keyring.key_missing` when one could not be opened."""
    piece, written = rewrite_piece(model, None), 0
    while piece.last is not None:
        if piece.missing:
            raise Refusal("keyring.key_missing", key=min(piece.missing), column=model._meta.db_table)
        written += piece.written
        piece = rewrite_piece(model, piece.last)
    return written


def _rows_of(model: type[models.Model]) -> "models.QuerySet[Any, Any]":
    columns = [one.name for one in (*sealed_columns(model), *blind_indexes(model))]
    return model._base_manager.only("pk", *columns)


def _rows(model: type[models.Model], after: Any) -> list[models.Model]:
    found = _rows_of(model) if after is None else _rows_of(model).filter(pk__gt=after)
    return list(found.order_by("pk")[:PIECE])


def _is_behind(row: models.Model, ring: keyring.Ring) -> bool:
    """Tell whether anything of the row is in clear or under a key older than the one that writes.

    What is under a later one was written by a machine that goes before this one: it is left to that.
    """
    for column in sealed_columns(type(row)):
        held = row.__dict__[column.attname]
        if (held and type(held) is not Closed) or (type(held) is Closed and boxes.key_of(held.kept) < ring.sealing):
            return True
    return any(_index_is_behind(row, one, ring) for one in blind_indexes(type(row)))


def _index_is_behind(row: models.Model, index: BlindIndex, ring: keyring.Ring) -> bool:
    kept = row.__dict__[index.attname]
    return _lacks_index(row, index) if kept is None else bool(kept[-keyring.ID_LENGTH :] < ring.indexing)


def _lacks_index(row: models.Model, index: BlindIndex) -> bool:
    """Tell whether there is something to be found by: the index may be newer than the row. What can't be opened is left."""
    try:
        return index.index_of_row(row) is not None
    except Refusal:
        return False


def _rewrite(model: type[models.Model], rows: list[models.Model], ring: keyring.Ring) -> Piece:
    piece = Piece(rows[-1].pk if rows else None)
    columns = [*sealed_columns(model), *blind_indexes(model)]
    changed = []
    for row in rows:
        if not _is_behind(row, ring):
            continue
        try:
            for column in sealed_columns(model):
                getattr(row, column.attname)
        except Refusal as refusal:
            piece.missing.add(str(refusal.params.get("key", "")))
            log.warning("sealed_row_left", table=model._meta.db_table, row=str(row.pk), reason=str(refusal))
            continue
        changed.append([*(one.get_db_prep_save(one.pre_save(row, add=False), connection) for one in columns), _key(row)])
    if changed:
        quote = connection.ops.quote_name
        sets = ", ".join(f"{quote(one.column or '')} = %s" for one in columns)
        key = quote(model._meta.pk.column or "")
        with connection.cursor() as cursor:
            cursor.executemany(f"UPDATE {quote(model._meta.db_table)} SET {sets} WHERE {key} = %s", changed)  # noqa: S608 - own names
    piece.written = len(changed)
    return piece


def _key(row: models.Model) -> Any:
    return row._meta.pk.get_db_prep_value(row.pk, connection)
