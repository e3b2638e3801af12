"""Makes a backup: database and files together, of one moment, encrypted, while the commune goes on working.

The order makes it consistent. Contents are held, so that none is deleted; then the database's snapshot is taken; then every file that the
snapshot names is copied. A file lies on the disk before the row that names it is committed, and never changes, so each of them is there.
"""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import structlog

from xaso.apps.backups import age, place
from xaso.apps.backups.archive import DATABASE, ENDING, MANIFEST, ArchiveWriter, is_plain
from xaso.apps.backups.databases import Snapshot, database_here
from xaso.apps.backups.manifest import Ending, Manifest, program_version, seal_of, secret_mark
from xaso.apps.backups.options import KEPT, RECIPIENTS
from xaso.apps.backups.pace import PacedFile, need_room, refusal_of
from xaso.kernel.errors import Refusal
from xaso.platform import files
from xaso.platform.files.store import flush_folder
from xaso.platform.registries import SavedFolder, saved_folders

log = structlog.get_logger(__name__)

WORK = ".backup-work"


@dataclass(frozen=True)
class Made:
    """A backup that is whole. `damaged` are kept files that were gone or no longer what was kept before the backup was made."""

    path: Path
    size_bytes: int
    manifest: Manifest
    damaged: tuple[str, ...]


def write_backup(folder: Path, *, now: datetime) -> Made:
    """Write a backup of this installation into the folder, then delete the oldest beyond those that are kept.

    Raises Refusal `backups.no_recipient`, `backups.disk_full`, `backups.not_written` and those of the database; then there is no new file
    and all old ones are as they were. The caller is `place.at_work`.
    """
    recipients = RECIPIENTS.value()
    if not recipients:
        raise Refusal("backups.no_recipient")
    place.sweep_unfinished(folder)
    path = folder / place.name_for(now)
    draft = path.with_name(path.name + place.UNFINISHED)
    try:
        made = _write(draft, path, recipients, now)
    except OSError as error:
        raise refusal_of(error, folder) from error
    finally:
        draft.unlink(missing_ok=True)
    _forget_old(folder)
    return made


def _write(draft: Path, path: Path, recipients: tuple[age.Recipient, ...], now: datetime) -> Made:
    with place.working_folder(WORK) as work, files.held():
        early = _gather_early(work)
        snapshot = database_here().snapshot(work)
        need_room(path.parent, snapshot.path.stat().st_size + snapshot.files_bytes)
        manifest = _manifest(snapshot, now)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            sealed = age.Writer(PacedFile(file, path.parent), recipients)
            damaged = _fill(ArchiveWriter(sealed), manifest, snapshot, early)
            sealed.close()
            file.flush()
            os.fsync(file.fileno())
    draft.replace(path)
    flush_folder(path.parent)
    return Made(path, path.stat().st_size, manifest, tuple(damaged))


def _manifest(snapshot: Snapshot, now: datetime) -> Manifest:
    database = database_here()
    return Manifest(
        made_at=now.isoformat(),
        program=program_version(),
        vendor=database.vendor,
        server=database.server(),
        facts=snapshot.facts,
        files=snapshot.files,
        files_bytes=snapshot.files_bytes,
        database_bytes=snapshot.path.stat().st_size,
        folders=[folder.name for folder in saved_folders],
        secret=secret_mark(),
    )


def _fill(archive: ArchiveWriter, manifest: Manifest, snapshot: Snapshot, early: Path) -> list[str]:
    """Write all members; returns the digests of kept files that are gone or damaged."""
    archive.add(MANIFEST, manifest.text())
    with snapshot.path.open("rb") as copy:
        archive.add_file(DATABASE, copy, manifest.database_bytes)
    snapshot.path.unlink()
    damaged = [digest for digest in _listed(snapshot.contents) if not _add_content(archive, digest)]
    for folder in saved_folders:
        _add_folder(archive, folder, early / folder.name if folder.before_database else folder.path())
    ending = Ending(archive.members, damaged, seal_of(archive.digest))
    archive.add(ENDING, ending.text())
    archive.close()
    return damaged


def _listed(contents: Path) -> Iterator[str]:
    with contents.open(encoding="ascii") as lines:
        for line in lines:
            yield line.split()[0]


def _add_content(archive: ArchiveWriter, digest: str) -> bool:
    """Add a kept file and tell whether it was there as it was kept; one that is not must not keep the others from being saved."""
    path = files.path_of(digest)
    try:
        source = path.open("rb")
    except OSError:
        return False
    with source:
        found = archive.add_file(path.relative_to(place.data_dir()).as_posix(), source, os.fstat(source.fileno()).st_size)
    return found == digest


def _gather_early(work: Path) -> Path:
    """Copy what must not be newer than the snapshot."""
    early = work / "early"
    early.mkdir()
    for folder in saved_folders:
        if folder.before_database and folder.path().is_dir():
            shutil.copytree(folder.path(), early / folder.name)
    return early


def _add_folder(archive: ArchiveWriter, folder: SavedFolder, source: Path) -> None:
    """Add the files of a folder; one that goes in the same moment was to go."""
    if not source.is_dir():
        return
    for path in sorted(source.rglob("*")):
        name = f"{folder.name}/{path.relative_to(source).as_posix()}"
        if path.is_symlink() or not path.is_file() or path.name.startswith("."):
            continue
        if not is_plain(name):
            log.warning("not_backed_up", folder=folder.name)
            continue
        try:
            opened = path.open("rb")
        except FileNotFoundError:
            continue
        with opened:
            archive.add_file(name, opened, os.fstat(opened.fileno()).st_size)


def _forget_old(folder: Path) -> None:
    for path in place.backups_in(folder)[: -KEPT.value()]:
        path.unlink(missing_ok=True)
