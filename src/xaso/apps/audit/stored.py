"""Reads entries and links as the chain takes them: the same texts from either database, without the ORM, which is ten times as slow."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from xaso.apps.audit.chain import Link
from xaso.platform.rows import uuid_for

Ask = Callable[[str, list[Any]], Callable[[], list[tuple[Any, ...]]]]

INSTALLATION = UUID(int=0)
"""The chain of what belongs to no commune."""

CHAIN_HEADS = "SELECT chain, links, digest FROM audit_auditchain ORDER BY chain"
"""How far each chain has come; asked of a backup's snapshot too, which the ORM can't read."""

_ENTRY = (
    ("uuid", "id"),
    ("uuid", "commune_id"),
    ("moment", "at"),
    ("text", "actor_kind"),
    ("uuid", "actor_id"),
    *(("text", name) for name in ("actor_name", "post_title", "verb", "subject")),
    ("document", "detail"),
    ("text", "address"),
    ("text", "channel"),
)
_LINK = (("text", "number"), ("moment", "sealed_at"), ("uuid", "entry_id"), ("text", "content"), ("text", "digest"))
_AS_TEXT = {
    "sqlite": {
        "uuid": "{0}",
        "moment": "CASE length({0}) WHEN 19 THEN {0} || '.000000' ELSE {0} END",
        "text": "{0}",
        "document": "{0}",
    },
    "postgresql": {
        "uuid": "encode(uuid_send({0}), 'hex')",
        "moment": "to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')",
        "text": "{0}",
        "document": "{0}::text",
    },
}
_ENTRY_ID = [("uuid", "entry_id")]
_ROWS_AT_A_TIME = 5000
_INTO_LINKS = "INSERT INTO audit_auditlink (entry_id, chain, number, sealed_at, content, digest)"
_LINK_ALONE = f"{_INTO_LINKS} VALUES (%s, %s, %s, %s, %s, %s)"
_LINKS_AT_ONCE = f"""{_INTO_LINKS} SELECT entry::uuid, %s, %s + place, %s, content, digest
    FROM unnest(string_to_array(%s, ','), string_to_array(%s, ','), string_to_array(%s, ',')) WITH ORDINALITY
    AS link (entry, content, digest, place)"""  # noqa: S608 - names of our own columns
_SEALED_ALONE = "DELETE FROM audit_unsealedentry WHERE entry_id = %s"
_SEALED_AT_ONCE = "DELETE FROM audit_unsealedentry WHERE entry_id = ANY(string_to_array(%s, ',')::uuid[])"


def moment_text(at: datetime) -> str:
    """Return an instant as links and entries are read: `2026-11-23 02:00:00.000000`, in UTC."""
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


def waiting_contents(chain: UUID, after: UUID, limit: int) -> tuple[UUID | None, list[list[Any]]]:
    """Return the last of the next entries that wait for the chain, and what they say, in the order of their ids.

    One that is gone says nothing; the last is None where nothing more waits.
    """
    waits = f"""SELECT entry_id FROM audit_unsealedentry
        WHERE chain = %s AND entry_id > %s ORDER BY entry_id LIMIT {limit:d}"""  # noqa: S608 - a number
    sql = f"""SELECT {_columns("waits", _ENTRY_ID)}, {_columns("entry", _ENTRY)} FROM ({waits}) waits
        LEFT JOIN audit_auditentry entry ON entry.id = waits.entry_id ORDER BY waits.entry_id"""  # noqa: S608 - names of our own columns
    found = _all(sql, [uuid_for(connection, chain), uuid_for(connection, after)])
    return UUID(found[-1][0]) if found else None, [content for _key, *content in found if content[0] is not None]


def write_links(chain: UUID, links: Sequence[Link], sealed_at: datetime) -> None:
    """Write neighbouring links of the chain, and take their entries from those that wait. To be called in a transaction.

    PostgreSQL is told the links as three texts: a place in the statement for each value costs it several times the row.
    """
    moment = connection.ops.adapt_datetimefield_value(sealed_at)
    key = uuid_for(connection, chain)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            entries = ",".join(one.entry for one in links)
            digests = (",".join(one.content for one in links), ",".join(one.digest for one in links))
            cursor.execute(_LINKS_AT_ONCE, [key, links[0].number - 1, moment, entries, *digests])
            cursor.execute(_SEALED_AT_ONCE, [entries])
        else:
            cursor.executemany(_LINK_ALONE, [(one.entry, key, one.number, moment, one.content, one.digest) for one in links])
            cursor.executemany(_SEALED_ALONE, [(one.entry,) for one in links])


def linked_rows(chain: UUID, until: int) -> Iterator[tuple[Any, ...]]:
    """Yield the chain's links up to that number with their entries, as `chain.walk` takes them."""
    sql = f"""SELECT {_columns("link", _LINK)}, {_columns("entry", _ENTRY)} FROM audit_auditlink link
        LEFT JOIN audit_auditentry entry ON entry.id = link.entry_id
        WHERE link.chain = %s AND link.number > %s AND link.number <= %s
        ORDER BY link.number LIMIT {_ROWS_AT_A_TIME}"""  # noqa: S608 - names of our own columns
    key = uuid_for(connection, chain)
    with _reading_ahead() as ask:
        coming = ask(sql, [key, 0, until])
        while rows := coming():
            coming = ask(sql, [key, rows[-1][0], until])
            yield from rows


@contextmanager
def _reading_ahead() -> Iterator[Ask]:
    """Yield what asks for rows and returns what waits for them. PostgreSQL, another process, reads them while the caller works on others.

    The connection is lent to a thread: until the rows are there the caller asks it for nothing else.
    """
    own = connections[DEFAULT_DB_ALIAS]
    if own.vendor != "postgresql":
        yield lambda sql, values: lambda: _all(sql, values)
        return
    own.inc_thread_sharing()
    try:
        with ThreadPoolExecutor(1) as reader:
            yield lambda sql, values: reader.submit(_all, sql, values, own).result
    finally:
        own.dec_thread_sharing()


def never_waited(chain: UUID) -> list[str]:
    """Return the ids of entries of the chain that are neither sealed nor wait to be. One statement, so nothing slips between."""
    commune = "entry.commune_id IS NULL" if chain == INSTALLATION else "entry.commune_id = %s"
    sql = f"""SELECT {_columns("entry", _ENTRY[:1])} FROM audit_auditentry entry WHERE {commune}
        AND NOT EXISTS (SELECT 1 FROM audit_auditlink link WHERE link.entry_id = entry.id)
        AND NOT EXISTS (SELECT 1 FROM audit_unsealedentry waits WHERE waits.entry_id = entry.id)
        ORDER BY entry.id"""  # noqa: S608 - names of our own columns
    return [row[0] for row in _all(sql, [] if chain == INSTALLATION else [uuid_for(connection, chain)])]


def gone_while_waiting(chain: UUID) -> list[str]:
    """Return the ids of entries that wait to be sealed and are gone."""
    sql = f"""SELECT {_columns("waits", _ENTRY_ID)} FROM audit_unsealedentry waits WHERE waits.chain = %s
        AND NOT EXISTS (SELECT 1 FROM audit_auditentry entry WHERE entry.id = waits.entry_id)
        ORDER BY waits.entry_id"""  # noqa: S608 - names of our own columns
    return [row[0] for row in _all(sql, [uuid_for(connection, chain)])]


def _columns(table: str, columns: Sequence[tuple[str, str]]) -> str:
    ways = _AS_TEXT[connection.vendor]
    return ", ".join(ways[kind].format(f"{table}.{name}") for kind, name in columns)


def _all(sql: str, values: list[Any], within: BaseDatabaseWrapper | None = None) -> list[tuple[Any, ...]]:
    with (within or connection).cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
