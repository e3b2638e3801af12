"""Proves a restored installation against what the backup said of itself: counts, the record's chains, every kept file."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from xaso.apps.audit import facade as audit
from xaso.apps.backups.databases import database_here
from xaso.apps.backups.facts import named_contents, read_facts
from xaso.apps.backups.manifest import Ending, Manifest, secret_mark
from xaso.platform import files, keyring
from xaso.platform.sealed.turning import Tried, try_all

TOLD = 20
BLOCK_BYTES = 1024 * 1024


@dataclass
class Proof:
    """What was compared. `differing` are tables with another number of rows (name, said, found); `lost` files that are gone or altered
    since the backup, `damaged` those that were so before it. `upgraded`: how many migrations this newer program added."""

    manifest: Manifest
    differing: list[tuple[str, int, int]]
    migrations_differ: bool
    heads_differ: bool
    database_fault: str
    files: int = 0
    files_bytes: int = 0
    lost: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    upgraded: int = 0
    reports: list[audit.Report] = field(default_factory=list)
    unlocked: list[str] = field(default_factory=list)
    secret_is_same: bool = True
    sealed: Tried = field(default_factory=Tried)

    @property
    def record_is_sound(self) -> bool:
        """Tell whether the audit record is as it was written."""
        return not self.heads_differ and not self.unlocked and all(one.verdict.is_sound for one in self.reports)

    @property
    def is_whole(self) -> bool:
        """Tell whether everything is there as it was."""
        wrong = self.differing or self.migrations_differ or self.database_fault or self.lost or self.damaged
        return not wrong and self.record_is_sound and self.sealed.is_whole


def prove(manifest: Manifest, ending: Ending) -> Proof:
    """Compare this installation with the backup it was restored from, upgrade its tables if it is older, and verify the record."""
    facts = read_facts(_ask, connection.vendor)
    said, found = manifest.facts.rows, facts.rows
    proof = Proof(
        manifest,
        differing=[(name, said.get(name, 0), found.get(name, 0)) for name in sorted({*said, *found}) if said.get(name) != found.get(name)],
        migrations_differ=facts.migrations != manifest.facts.migrations,
        heads_differ=sorted(facts.heads) != sorted(manifest.facts.heads),
        database_fault=database_here().fault(),
        damaged=ending.damaged,
        secret_is_same=manifest.secret == secret_mark(),
    )
    _compare_files(proof)
    proof.upgraded = _upgrade()
    proof.sealed = try_all()
    proof.reports, proof.unlocked = audit.report()
    return proof


def _compare_files(proof: Proof) -> None:
    known = set(proof.damaged)
    for digest, size_bytes in named_contents(_ask):
        if digest in known:
            continue
        if _digest_of(files.path_of(digest)) == digest:
            proof.files, proof.files_bytes = proof.files + 1, proof.files_bytes + size_bytes
        else:
            proof.lost.append(digest)


def _digest_of(path: Path) -> str:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as source:
            while block := source.read(BLOCK_BYTES):
                digest.update(block)
    except OSError:
        return ""
    return digest.hexdigest()


def _upgrade() -> int:
    """Bring the tables of an older backup to this program's state; returns how many steps were missing.

    A backup from before there was a ring brings none along: one is made, since its columns are sealed now.
    """
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        if not keyring.found().is_usable:
            keyring.make()
        call_command("migrate", interactive=False, verbosity=0)
    return len(missing)


def _ask(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())
