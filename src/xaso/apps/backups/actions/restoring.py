"""Restores a backup into an empty place: all of it or nothing, also when it is killed.

What is read goes into a folder aside until the last byte has proven to be what was written. Then the files take their places, and last of
all the database, in one step. A mark in the data folder says from the first moment on that a restore is under way: nothing starts on half
of one, and the same command run again begins anew or finds that only the mark was left.
"""

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from xaso.apps.backups import age, place
from xaso.apps.backups.archive import DATABASE, ENDING, ArchiveReader, Member, NotABackup
from xaso.apps.backups.databases import Database
from xaso.apps.backups.manifest import Ending, Manifest, seal_of, secret_mark
from xaso.apps.backups.opening import opened, refuse_unfit
from xaso.apps.backups.pace import need_room, refusal_of
from xaso.kernel.errors import Refusal
from xaso.platform.files.store import flush_folder, write_durably
from xaso.platform.registries import saved_folders

WORK = ".restore-work"
MARK = "restoring"
FILES = "files"


def restore_backup(path: Path, identities: Sequence[age.Identity], database: Database) -> tuple[Manifest, Ending]:
    """Put the backup into this installation's data folder and the database; returns what it says of itself.

    Raises Refusal: those of `opening.opened` and `refuse_unfit`, `backups.not_empty`, `backups.disk_full`, `backups.forged`. Then nothing
    is there that was not there before. The caller is `place.at_work`.
    """
    began_before = mark_path().exists()
    if began_before and database.what_is_there():
        return _already_there(path, identities)
    if began_before:
        _clear()
    refuse_unless_empty(database)
    with opened(path, identities) as (manifest, _archive, _members):
        refuse_unfit(manifest, database)
        need_room(place.data_dir(), manifest.files_bytes + manifest.database_bytes)
    write_durably(mark_path(), json.dumps({"backup": path.name}).encode())
    try:
        return _restore(path, identities, database)
    except OSError as error:
        _clear()
        raise refusal_of(error, place.data_dir()) from error
    except Refusal:
        _clear()
        raise


def mark_path() -> Path:
    """Return the mark of a restore that has not ended."""
    return place.data_dir() / MARK


def refuse_unless_empty(database: Database) -> None:
    """Raise Refusal `backups.not_empty` when a restore would write over anything."""
    there = database.what_is_there() or next(iter(_things_there()), "")
    if there:
        raise Refusal("backups.not_empty", what=there)


def _things_there() -> Iterator[str]:
    for name in _own_folders():
        for path in (place.data_dir() / name).rglob("*"):
            if path.is_file() and not path.name.startswith("."):
                yield str(path)


def _own_folders() -> list[str]:
    """Return the folders of the data folder that a restore puts there; one that a setting moved elsewhere is not touched."""
    own = (folder.name for folder in saved_folders if folder.join is None and folder.path() == place.data_dir() / folder.name)
    return [FILES, *own]


def _restore(path: Path, identities: Sequence[age.Identity], database: Database) -> tuple[Manifest, Ending]:
    with place.working_folder(WORK) as work:
        with opened(path, identities) as (manifest, archive, members):
            ending = _unpack(members, archive, work, manifest, path.name)
        os.sync()
        for name in _own_folders():
            if (work / name).is_dir():
                shutil.rmtree(place.data_dir() / name, ignore_errors=True)
                (work / name).rename(place.data_dir() / name)
        for folder in saved_folders:
            if folder.join is not None and (work / folder.name).is_dir():
                folder.join(work / folder.name)
        flush_folder(place.data_dir())
        database.restore(work / DATABASE)
    mark_path().unlink()
    flush_folder(place.data_dir())
    return manifest, ending


def _unpack(members: Iterator[Member], archive: ArchiveReader, work: Path, manifest: Manifest, name: str) -> Ending:
    """Write the members aside; returns the ending once everything has proven to be whole."""
    ending = None
    for member in members:
        if ending is not None:
            raise NotABackup("members after the end")
        if member.name == ENDING:
            ending = Ending.read(member.content())
            if ending.members != archive.members_before:
                raise NotABackup("members are missing")
            if manifest.secret == secret_mark() and ending.seal != seal_of(archive.digest_before):
                raise Refusal("backups.forged", file=name)
        else:
            member.save(work / member.name)
    if ending is None or not (work / DATABASE).is_file():
        raise NotABackup("the end is missing")
    return ending


def _already_there(path: Path, identities: Sequence[age.Identity]) -> tuple[Manifest, Ending]:
    """Take the mark of a restore away that was killed after its last step; the backup is read once more for what it says of itself."""
    with opened(path, identities) as (manifest, _archive, members):
        last = None
        for member in members:
            last = Ending.read(member.content()) if member.name == ENDING else None
            for _block in member.blocks():
                pass
    if last is None:
        raise Refusal("backups.not_a_backup", file=path.name)
    shutil.rmtree(place.data_dir() / WORK, ignore_errors=True)
    mark_path().unlink()
    return manifest, last


def _clear() -> None:
    """Take away what an unfinished restore put here: before its mark was set there was nothing of the kind."""
    for name in (WORK, *_own_folders()):
        shutil.rmtree(place.data_dir() / name, ignore_errors=True)
    mark_path().unlink(missing_ok=True)
