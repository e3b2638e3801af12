"""Opens a backup for reading: keys, manifest, members, and whatever may be wrong with the file, told as a refusal."""

import tarfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.db.migrations.loader import MigrationLoader

from xaso.apps.backups import age
from xaso.apps.backups.archive import MANIFEST, ArchiveReader, Member, NotABackup
from xaso.apps.backups.databases import Database
from xaso.apps.backups.manifest import Manifest
from xaso.kernel.errors import Refusal


def read_identities(key_file: Path) -> list[age.Identity]:
    """Return the secret keys of a file. Raises Refusal `backups.key_missing`, `backups.key_malformed`."""
    try:
        identities = age.identities_in(key_file.read_text(encoding="utf-8"))
    except OSError as error:
        raise Refusal("backups.key_missing", file=str(key_file)) from error
    except ValueError as error:
        raise Refusal("backups.key_malformed", file=str(key_file)) from error
    if not identities:
        raise Refusal("backups.key_malformed", file=str(key_file))
    return identities


@contextmanager
def opened(path: Path, identities: Sequence[age.Identity]) -> Iterator[tuple[Manifest, ArchiveReader, Iterator[Member]]]:
    """Open a backup and yield its manifest, the archive and the members after the manifest.

    Raises Refusal `backups.file_missing`, `backups.wrong_key`, `backups.not_a_backup`; `backups.altered`, naming the byte, as soon as
    what was read so far is no longer what was written.
    """
    try:
        source = path.open("rb")
    except OSError as error:
        raise Refusal("backups.file_missing", file=str(path)) from error
    with source, _faults_told(path):
        archive = ArchiveReader(age.Reader(source, identities))
        members = iter(archive)
        first = next(members, None)
        if first is None or first.name != MANIFEST:
            raise NotABackup("no manifest")
        yield Manifest.read(first.content()), archive, members


@contextmanager
def _faults_told(path: Path) -> Iterator[None]:
    try:
        yield
    except age.WrongKey as error:
        raise Refusal("backups.wrong_key", file=path.name) from error
    except age.NotReadable as error:
        code = "backups.altered" if _begins_as_one(path) else "backups.not_a_backup"
        raise Refusal(code, file=path.name, at=error.at_byte) from error
    except (tarfile.TarError, NotABackup) as error:
        raise Refusal("backups.not_a_backup", file=path.name) from error


def _begins_as_one(path: Path) -> bool:
    with path.open("rb") as source:
        return source.read(len(age.INTRO)) == age.INTRO


def refuse_unfit(manifest: Manifest, database: Database) -> None:
    """Raise Refusal `backups.other_database`, or `backups.newer` when this program is older than the one that made the backup."""
    if manifest.vendor != database.vendor:
        raise Refusal("backups.other_database", theirs=manifest.vendor, ours=database.vendor)
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    unknown = [name for name in manifest.facts.migrations if name not in known]
    if unknown:
        raise Refusal("backups.newer", what=f"{manifest.program}, {unknown[0]}")
