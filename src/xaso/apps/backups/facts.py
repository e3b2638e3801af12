"""What a database holds, in figures that can be compared before and after: rows of each table, migrations, ends of chains."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from xaso.apps.audit import facade as audit
from xaso.platform import files

Ask = Callable[[str], Iterable[tuple[Any, ...]]]
"""Runs a statement on a database or its snapshot."""

TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename",
}
MIGRATIONS = "SELECT app, name FROM django_migrations ORDER BY app, name"


@dataclass(frozen=True)
class Facts:
    """`rows` by table; `migrations` as `app.name`; `heads` of the record's chains as (chain, links, digest)."""

    rows: dict[str, int]
    migrations: list[str]
    heads: list[tuple[str, int, str]]

    @property
    def row_count(self) -> int:
        """Return the rows of all tables."""
        return sum(self.rows.values())


def read_facts(ask: Ask, vendor: str) -> Facts:
    """Return what the database holds."""
    tables = [str(name) for (name,) in ask(TABLES[vendor])]
    return Facts(
        {table: next(iter(ask(f'SELECT count(*) FROM "{table}"')))[0] for table in tables},  # noqa: S608 - names of our own tables
        [f"{app}.{name}" for app, name in ask(MIGRATIONS)],
        [(_plain(chain), int(links), str(digest)) for chain, links, digest in ask(audit.CHAIN_HEADS)],
    )


def named_contents(ask: Ask) -> Iterator[tuple[str, int]]:
    """Yield the digest and size of each kept file that the database names."""
    for digest, size_bytes in ask(files.NAMED_CONTENTS):
        yield str(digest), int(size_bytes)


def _plain(chain: object) -> str:
    return str(chain).replace("-", "")
