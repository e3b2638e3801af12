"""The turn from one key to the next: the job worker's walk over the rows, what is left under which key, and whether all can be opened."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

from django.db import OperationalError, connection, models

from xaso.kernel.errors import Refusal
from xaso.platform import keyring
from xaso.platform.sealed.boxes import DIGEST_LENGTH, MARK
from xaso.platform.sealed.fields import BlindIndex, Sealed, blind_indexes, sealed_columns
from xaso.platform.sealed.rewriting import rewrite_piece, sealed_tables

AGAIN_AFTER = timedelta(hours=1)
PIECES_A_ROUND = 20
TRIED = 500
"""How many rows of a table's beginning and end are opened for a proof."""


@dataclass
class Walk:
    """How far this process has come; begun anew when another key writes, and after an hour, since other machines write too."""

    keys: tuple[str, str] = ("", "")
    table: int = 0
    after: Any = None
    ended_at: datetime | None = None

    def begin(self, ring: keyring.Ring) -> None:
        """Start from the first row of the first table."""
        self.keys, self.table, self.after, self.ended_at = (ring.sealing, ring.indexing), 0, None, None

    def rests(self, ring: keyring.Ring, now: datetime) -> bool:
        """Tell whether all rows were seen under these keys not long ago."""
        same = self.keys == (ring.sealing, ring.indexing)
        return same and self.ended_at is not None and timedelta() <= now - self.ended_at < AGAIN_AFTER


_walk = Walk()


def rewrite_some(now: datetime) -> int:
    """Do a part of the walk and return how many rows were written; with only the keys that write there is nothing to do."""
    ring = keyring.ring()
    if not ring.is_turning or _walk.rests(ring, now):
        return 0
    if _walk.keys != (ring.sealing, ring.indexing) or _walk.ended_at is not None:
        _walk.begin(ring)
    tables = sealed_tables()
    for _piece in range(PIECES_A_ROUND):
        if _walk.table == len(tables):
            _walk.ended_at = now
            return 0
        piece = rewrite_piece(tables[_walk.table], _walk.after)
        if piece.last is None:
            _walk.table += 1
        _walk.after = piece.last
        if piece.written:
            return piece.written
    return 0


@dataclass(frozen=True)
class Count:
    """How many values of a column are under a key; an empty key's name stands for those in clear."""

    column: str
    key: str
    rows: int


def count_by_key() -> Iterator[Count]:
    """Yield how many values of each sealed column and each blind index are under which key. Reads every row.

    What an older release's database does not have yet is left out.
    """
    tables = {*connection.introspection.table_names()}
    for model in sealed_tables():
        there = _columns(model) if model._meta.db_table in tables else set()
        for column in chain[Sealed | BlindIndex](sealed_columns(model), blind_indexes(model)):
            if column.column not in there:
                continue
            statement = _sealed_sql(model, column) if isinstance(column, Sealed) else _index_sql(model, column)
            with connection.cursor() as cursor:
                cursor.execute(statement)
                for key, rows in cursor.fetchall():
                    yield Count(f"{model._meta.db_table}.{column.column}", key, rows)


def keys_in_use() -> set[str]:
    """Return the names of the keys that values are under; empty where there is no database yet, or none with sealed columns.

    Raises Refusal `keyring.not_asked` while the database does not answer.
    """
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return set()
    try:
        return {one.key for one in count_by_key() if one.key}
    except OperationalError as error:
        raise Refusal("keyring.not_asked", folder=str(keyring.folder())) from error


def _columns(model: type[models.Model]) -> set[str]:
    with connection.cursor() as cursor:
        return {column.name for column in connection.introspection.get_table_description(cursor, model._meta.db_table)}


def _sealed_sql(model: type[models.Model], column: Sealed) -> str:
    """Return the question; a document's box is a text in quotes."""
    kept = f"CAST({connection.ops.quote_name(column.column or '')} AS text)"
    box = f"ltrim({kept}, '\"')"
    key = f"CASE WHEN substr({box}, 1, {len(MARK)}) = '{MARK}' THEN substr({box}, {len(MARK) + 1}, {keyring.ID_LENGTH}) ELSE '' END"
    return _grouped(model, key, f"{kept} NOT IN ('', '{{}}')")


def _index_sql(model: type[models.Model], column: BlindIndex) -> str:
    kept = connection.ops.quote_name(column.column or "")
    return _grouped(model, f"substr({kept}, {DIGEST_LENGTH + 1}, {keyring.ID_LENGTH})", f"{kept} IS NOT NULL")


def _grouped(model: type[models.Model], key: str, condition: str) -> str:
    table = connection.ops.quote_name(model._meta.db_table)
    return f"SELECT {key}, count(*) FROM {table} WHERE {condition} GROUP BY 1 ORDER BY 1"  # noqa: S608 - names of our own tables


def rows_under(key: str) -> int:
    """Return how many values are under this key."""
    return sum(one.rows for one in count_by_key() if one.key == key)


@dataclass
class Tried:
    """What a proof found: values that opened, values whose key is not in the ring by its name, and where a value did not open."""

    opened: int = 0
    missing: dict[str, int] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Tell whether every value has its key and every one that was tried opened."""
        return not self.missing and not self.broken


def try_all() -> Tried:
    """Look for the key of every sealed value, and open those of the first and last rows of each table."""
    tried, there = Tried(), keyring.found().keys
    for one in count_by_key():
        if one.key and one.key not in there:
            tried.missing[one.key] = tried.missing.get(one.key, 0) + one.rows
    for model in sealed_tables():
        for row in _first_and_last(model):
            _try_row(row, tried)
    return tried


def _first_and_last(model: type[models.Model]) -> Iterator[models.Model]:
    rows = model._base_manager.only("pk", *(one.name for one in sealed_columns(model)))
    seen = {row.pk: row for ordered in (rows.order_by("pk"), rows.order_by("-pk")) for row in ordered[:TRIED]}
    yield from seen.values()


def _try_row(row: models.Model, tried: Tried) -> None:
    for column in sealed_columns(type(row)):
        try:
            tried.opened += bool(getattr(row, column.attname))
        except Refusal as refusal:
            if refusal.code != "keyring.key_missing":
                tried.broken.append(f"{row._meta.db_table}.{column.column} {row.pk}")
