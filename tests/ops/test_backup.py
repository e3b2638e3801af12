"""Backups as they must behave when things go wrong: each refusal says what to do, and nothing that was there is touched."""

import errno
import json
import os
import resource
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests import postgres
from xaso.apps.audit import testing as record
from xaso.apps.audit.actions import anchoring, sealing
from xaso.apps.backups import age, place, told
from xaso.apps.backups.actions import running
from xaso.apps.backups.actions.making import Made, write_backup
from xaso.apps.backups.actions.restoring import mark_path, restore_backup
from xaso.apps.backups.archive import MANIFEST, ArchiveReader, ArchiveWriter
from xaso.apps.backups.databases import Database
from xaso.apps.backups.databases.postgresql import PostgresqlDatabase
from xaso.apps.backups.databases.sqlite import SqliteDatabase
from xaso.apps.backups.models import BackupRun
from xaso.apps.backups.opening import read_identities
from xaso.apps.people import testing as people
from xaso.kernel.errors import Refusal
from xaso.platform import files
from xaso.platform.models import StoredFile

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
KEY = age.Identity.make()
pytestmark = pytest.mark.django_db(transaction=True)
"""Those marked `once` ask about the archive, which is the same whatever database lies in it."""


@pytest.fixture
def commune(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[StoredFile]]:
    """A commune with a sealed record, an anchor, a key and three files, one content twice; backups go to `backups`."""
    settings.DATA_DIR = tmp_path / "data"
    (tmp_path / "backups").mkdir()
    monkeypatch.setenv("XASO_BACKUP_FOLDER", str(tmp_path / "backups"))
    monkeypatch.setenv("XASO_BACKUP_RECIPIENTS", str(KEY.recipient))
    commune_id = people.commune().id
    record.write_entries(3, now=NOW, commune_id=commune_id)
    sealing.seal_waiting(NOW)
    anchoring.write_anchors(settings.DATA_DIR / "anchors", NOW)
    contents = [bytes(300_000), b"Giay khai sinh", bytes(300_000)]
    yield [files.keep(one, name="a.jpg", media_type="image/jpeg", commune_id=commune_id, now=NOW) for one in contents]
    with record.locks_picked(), connection.cursor() as cursor:
        for table in ("audit_auditlink", "audit_unsealedentry", "audit_lookquestion", "audit_auditentry"):
            cursor.execute(f"DELETE FROM {table}")


@pytest.fixture
def elsewhere(tmp_path: Path, settings: Any) -> Iterator[Callable[[], Database]]:
    """Move this process to an empty data folder and give it an empty database of the same kind."""
    name, url = f"xaso_elsewhere_{os.getpid()}", os.environ.get("DATABASE_URL", "")

    def move() -> Database:
        settings.DATA_DIR = tmp_path / "elsewhere"
        settings.DATA_DIR.mkdir()
        if connection.vendor == "sqlite":
            return SqliteDatabase({"NAME": settings.DATA_DIR / "xaso.sqlite3"})
        postgres.drop_database(url, name)
        return PostgresqlDatabase.at(postgres.create_database(url, name, template="template0"))

    yield move
    if connection.vendor == "postgresql":
        postgres.drop_database(url, name)


def everything_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def made(now: datetime = NOW) -> Made:
    return running.make_backup(now=now)


def refusal(work: Callable[[], object]) -> Refusal:
    with pytest.raises(Refusal) as caught:
        work()
    return caught.value


def changed(path: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    """Write the backup anew with other members, as somebody can who knows the public key."""
    with path.open("rb") as source:
        members = [(one.name, one.content()) for one in ArchiveReader(age.Reader(source, [KEY]))]
    with path.open("wb") as target:
        sealed = age.Writer(target, [KEY.recipient])
        archive = ArchiveWriter(sealed)
        for name, content in members:
            other = change(name, content)
            if other is not None:
                archive.add(name, other)
        archive.close()
        sealed.close()


def test_database_files_keys_and_anchors_come_back_and_nothing_else_is_touched(
    commune: list[StoredFile], elsewhere: Callable[[], Database], settings: Any
) -> None:
    backup = made()
    before = everything_in(settings.DATA_DIR)
    database = elsewhere()
    (settings.DATA_DIR / "secret-key").write_text("the machine's own")

    manifest, ending = restore_backup(backup.path, [KEY], database)

    after = everything_in(settings.DATA_DIR)
    kept = {name: content for name, content in before.items() if name.startswith(("files/", "keys/", "anchors/")) and "/." not in name}
    assert len([name for name in kept if name.startswith("files/")]) == 2
    assert [name.split("/")[0] for name in kept if not name.startswith("files/")] != []
    assert {name: after.get(name) for name in kept} == kept
    assert after["secret-key"] == b"the machine's own"
    assert (manifest.files, manifest.files_bytes, ending.damaged) == (2, 300_014, [])
    assert database.what_is_there() != ""
    assert (backup.manifest.facts.rows["platform_storedfile"], backup.manifest.facts.rows["audit_auditlink"]) == (3, 3)
    assert not mark_path().exists()


@pytest.mark.once
def test_nothing_of_the_backup_can_be_read_without_the_key(commune: list[StoredFile]) -> None:
    content = made().path.read_bytes()

    assert b"Giay khai sinh" not in content
    assert commune[1].sha256.encode() not in content
    assert b"platform_storedfile" not in content


def test_a_place_that_holds_data_is_refused_whatever_it_holds(
    commune: list[StoredFile], elsewhere: Callable[[], Database], settings: Any
) -> None:
    backup = made()
    database = elsewhere()
    (settings.DATA_DIR / "keys").mkdir()
    (settings.DATA_DIR / "keys" / "a.key").write_text("another commune's")
    before = everything_in(settings.DATA_DIR)

    assert refusal(lambda: restore_backup(backup.path, [KEY], database)).code == "backups.not_empty"
    assert everything_in(settings.DATA_DIR) == before
    assert database.what_is_there() == ""

    (settings.DATA_DIR / "keys" / "a.key").unlink()
    restore_backup(backup.path, [KEY], database)
    before = everything_in(settings.DATA_DIR)
    assert refusal(lambda: restore_backup(backup.path, [KEY], database)).code == "backups.not_empty"
    assert everything_in(settings.DATA_DIR) == before


@pytest.mark.once
@pytest.mark.parametrize("where", [0.001, 0.5, 0.999])
def test_one_flipped_byte_is_told_with_its_place_and_nothing_is_restored(
    commune: list[StoredFile], elsewhere: Callable[[], Database], settings: Any, where: float
) -> None:
    backup = made()
    content = bytearray(backup.path.read_bytes())
    at = max(int(len(content) * where), 300)
    content[at] ^= 0x10
    backup.path.write_bytes(bytes(content))
    database = elsewhere()

    found = refusal(lambda: restore_backup(backup.path, [KEY], database))

    assert found.code == "backups.altered"
    assert found.params["at"] <= at < found.params["at"] + age.CHUNK_BYTES + age.TAG_BYTES
    assert everything_in(settings.DATA_DIR) == {}
    assert database.what_is_there() == ""


@pytest.mark.once
@pytest.mark.parametrize("kept", [10, 300, 100_000])
def test_a_backup_that_was_cut_off_is_not_restored(
    commune: list[StoredFile], elsewhere: Callable[[], Database], settings: Any, kept: int
) -> None:
    backup = made()
    backup.path.write_bytes(backup.path.read_bytes()[:kept])
    database = elsewhere()

    assert refusal(lambda: restore_backup(backup.path, [KEY], database)).code in {"backups.altered", "backups.not_a_backup"}
    assert everything_in(settings.DATA_DIR) == {}


@pytest.mark.once
def test_another_key_and_a_lost_key_are_told_in_clear_words_and_nothing_is_written(
    commune: list[StoredFile], elsewhere: Callable[[], Database], settings: Any, tmp_path: Path
) -> None:
    backup = made()
    database = elsewhere()
    said = refusal(lambda: restore_backup(backup.path, [age.Identity.make()], database))

    assert said.code == "backups.wrong_key"
    assert told.refusal_lines(said)[0] == (
        f"Khóa này không mở được bản sao lưu {backup.path.name}: bản ấy được mã hóa cho khóa khác. Chưa ghi gì."
    )
    assert refusal(lambda: read_identities(tmp_path / "lost.txt")).code == "backups.key_missing"
    (tmp_path / "torn.txt").write_text(KEY.text()[:-3])
    assert refusal(lambda: read_identities(tmp_path / "torn.txt")).code == "backups.key_malformed"
    assert everything_in(settings.DATA_DIR) == {}


def test_a_backup_of_a_newer_version_waits_for_that_version(
    commune: list[StoredFile], elsewhere: Callable[[], Database], settings: Any
) -> None:
    backup = made()

    def from_the_future(name: str, content: bytes) -> bytes:
        manifest = json.loads(content) if name == MANIFEST else {}
        if manifest:
            manifest["facts"]["migrations"].append("people.0999_thought_reading")
        return json.dumps(manifest).encode() if manifest else content

    changed(backup.path, from_the_future)
    database = elsewhere()

    found = refusal(lambda: restore_backup(backup.path, [KEY], database))
    assert (found.code, "people.0999_thought_reading" in found.params["what"]) == ("backups.newer", True)
    assert everything_in(settings.DATA_DIR) == {}
    changed(backup.path, lambda name, content: b'{"format": 2, "program": "9"}' if name == MANIFEST else content)
    assert refusal(lambda: restore_backup(backup.path, [KEY], database)).code == "backups.newer"


@pytest.mark.once
@pytest.mark.parametrize("forgery", ["another file", "a file less", "no end"])
def test_what_somebody_put_in_who_knows_only_the_public_key_is_not_restored(
    commune: list[StoredFile], elsewhere: Callable[[], Database], settings: Any, forgery: str
) -> None:
    backup = made()

    def forged(name: str, content: bytes) -> bytes | None:
        if forgery == "another file" and name.endswith(commune[1].sha256):
            return b"Giay khai tu"
        gone = commune[1].sha256 if forgery == "a file less" else "end.json" if forgery == "no end" else "-"
        return None if name.endswith(gone) else content

    changed(backup.path, forged)
    database = elsewhere()

    found = refusal(lambda: restore_backup(backup.path, [KEY], database))
    assert found.code == ("backups.forged" if forgery == "another file" else "backups.not_a_backup")
    assert everything_in(settings.DATA_DIR) == {}
    assert database.what_is_there() == ""


@pytest.fixture
def largest_file() -> Iterator[Callable[[int], None]]:
    """A disk that takes no file above a size that the test chooses."""
    kept, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    yield lambda size_bytes: resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, kept[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, kept)
    signal.signal(signal.SIGXFSZ, handler)


@pytest.mark.parametrize("short_of", ["the container", "the snapshot"])
def test_a_disk_that_takes_no_more_spoils_no_old_backup_and_leaves_nothing(
    commune: list[StoredFile], tmp_path: Path, largest_file: Callable[[int], None], short_of: str
) -> None:
    whole = made().size_bytes
    before = everything_in(tmp_path / "backups")
    largest_file(whole - 100_000 if short_of == "the container" else 4096)

    found = refusal(lambda: write_backup(tmp_path / "backups", now=NOW + timedelta(days=1)))

    assert found.code in {"backups.not_written", "backups.database_failed"}
    assert everything_in(tmp_path / "backups") == before
    assert [path.name for path in (tmp_path / "data").iterdir() if path.name.startswith(".")] == []


def test_a_disk_that_would_be_left_too_full_is_not_filled_and_the_failure_is_written_down(
    commune: list[StoredFile], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XASO_BACKUP_SPARE_MB", str(10**9))

    assert refusal(made).code == "backups.disk_full"
    assert everything_in(tmp_path / "backups") == {}
    assert BackupRun.objects.values_list("outcome", "problem").get() == ("failed", "backups.disk_full")


@pytest.mark.once
def test_a_file_that_was_damaged_before_is_named_and_all_others_are_saved(
    commune: list[StoredFile], elsewhere: Callable[[], Database], settings: Any
) -> None:
    files.path_of(commune[0].sha256).write_bytes(b"rotten")
    files.path_of(commune[1].sha256).unlink()

    backup = made()

    assert sorted(backup.damaged) == sorted({commune[0].sha256, commune[1].sha256})
    assert BackupRun.objects.get().damaged_count == 2
    _manifest, ending = restore_backup(backup.path, [KEY], elsewhere())
    assert sorted(ending.damaged) == sorted(backup.damaged)


@pytest.mark.once
def test_the_newest_backups_are_kept_and_other_files_in_the_folder_left_alone(
    commune: list[StoredFile], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XASO_BACKUP_KEPT", "2")
    (tmp_path / "backups" / "notes.txt").write_text("a person's")
    (tmp_path / "backups" / "xaso-20261101T020000Z.tar.age.part").write_text("left by a kill")

    paths = [made(NOW + timedelta(days=day)).path for day in range(3)]

    assert sorted(everything_in(tmp_path / "backups")) == sorted([paths[1].name, paths[2].name, "notes.txt"])


@pytest.mark.once
def test_without_folder_key_or_disk_no_backup_is_begun(commune: list[StoredFile], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XASO_BACKUP_FOLDER", str(tmp_path / "not mounted"))
    assert refusal(made).code == "backups.folder_missing"
    assert not (tmp_path / "not mounted").exists()
    monkeypatch.delenv("XASO_BACKUP_FOLDER")
    assert refusal(made).code == "backups.no_folder"
    monkeypatch.setenv("XASO_BACKUP_FOLDER", str(tmp_path / "backups"))
    monkeypatch.delenv("XASO_BACKUP_RECIPIENTS")
    assert refusal(made).code == "backups.no_recipient"
    assert everything_in(tmp_path / "backups") == {}


def test_two_are_never_at_work_at_once(commune: list[StoredFile], tmp_path: Path) -> None:
    with place.at_work():
        assert refusal(made).code == "backups.runs_already"
    assert everything_in(tmp_path / "backups") == {}
    assert made().path.exists()


def test_contents_are_not_deleted_while_a_backup_holds_them(commune: list[StoredFile]) -> None:
    later = NOW + timedelta(days=3)
    path = files.path_of(commune[0].sha256)
    os.utime(path, (0, 0))
    with files.held():
        assert files.forget_unused(later) == 0
        assert StoredFile.objects.count() == 3
    assert files.forget_unused(later) > 0
    assert not path.exists()


def test_a_full_disk_is_told_as_such() -> None:
    from xaso.apps.backups.pace import refusal_of

    assert refusal_of(OSError(errno.ENOSPC, "full"), Path("/tmp")).code == "backups.disk_full"
    assert refusal_of(OSError(errno.EIO, "broken"), Path("/tmp")).params == {"problem": "EIO"}


def test_a_backup_of_the_other_kind_of_database_is_refused(commune: list[StoredFile], elsewhere: Callable[[], Database]) -> None:
    from xaso.apps.backups.opening import refuse_unfit

    manifest = made().manifest
    here = elsewhere()
    refuse_unfit(manifest, here)
    assert refusal(lambda: refuse_unfit(replace(manifest, vendor="oracle"), here)).code == "backups.other_database"
