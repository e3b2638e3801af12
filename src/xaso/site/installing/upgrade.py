"""`xaso upgrade`: the next release beside the present one, the database kept, then the change; what does not work is taken back.

A note on the disk says from the first change on what is under way. Whoever finds it without the lock that a running upgrade holds (the
machine lost power, the command was killed) goes back to the release and the database of before: `recover`, which systemd runs before the
programs start.
"""

import fcntl
import json
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from xaso.site.installing import health, proxy, releases, units
from xaso.site.installing.places import RELEASES_KEPT, Places
from xaso.site.installing.releases import Release
from xaso.site.installing.running import Problem, as_owner, as_service, prepare
from xaso.site.installing.writing import folder, write

Say = Callable[[str], None]


class Busy(Problem):
    """Another upgrade of this installation runs."""


@dataclass(frozen=True)
class Note:
    """What an upgrade that is under way goes back to: the name of the release, and the folder of the database's copy."""

    release: str
    copy: str


def upgrade(places: Places, wanted: str, source: str, say: Say) -> int:
    """Bring the installation to a release; returns 0, or 1 after everything is as it was before. Raises Problem before any change."""
    with _alone(places):
        recover_unfinished(places, say)
        before = releases.running(places)
        if before is None:
            raise Problem("Máy này chưa cài Xã Số: xaso install (not installed)")
        releases.fetch(places, source)
        commit = releases.chosen(places, wanted)
        release = _built(places, commit, say)
        if release == before:
            say(f"Đang chạy đúng bản này rồi: {release.name} (already running)")
            return 0
        _back_up(places, say)
        return _change(places, before, release, say)


def recover(places: Places, say: Say) -> int:
    """Go back if an upgrade was cut off; while one runs, leave it to that one.

    Raises Problem when it can't be gone back: the programs then do not start on data that are half changed.
    """
    with suppress(Busy), _alone(places):
        recover_unfinished(places, say)
    return 0


def recover_unfinished(places: Places, say: Say) -> None:
    """Put back what a cut upgrade left half done; nothing without its note."""
    note = _read_note(places)
    if note is None:
        return
    say("Lần nâng cấp trước bị ngắt; đang trở lại bản cũ (an upgrade was cut off; going back)")
    _put_back(places, Release(note.release, places.releases / note.release), Path(note.copy))
    places.upgrading.unlink()
    say(f"Đã trở lại {note.release} (went back)")


def _built(places: Places, commit: str, say: Say) -> Release:
    say("Tải và dựng bản mới; bản cũ vẫn chạy (fetching and building; the old one serves on)")
    release = releases.build(places, commit)
    say(f"  {release.name}")
    return release


def _back_up(places: Places, say: Say) -> None:
    """Make a whole, sealed backup where the installation makes any. Raises Problem when it fails: no upgrade without it."""
    text = places.environment.read_text(encoding="utf-8")
    if not any(line.startswith("XASO_BACKUP_FOLDER=") for line in text.splitlines()):
        say("! Chưa đặt sao lưu (XASO_BACKUP_FOLDER): chỉ giữ cơ sở dữ liệu trên máy này (no backups are set up)")
        return
    say("Sao lưu… (backing up)")
    as_service(places, "backup")


def _change(places: Places, before: Release, release: Release, say: Say) -> int:
    copy = places.upgrades / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{before.name}"
    try:
        units.stop(places)
        folder(places.upgrades, mode=0o700, owner=places.user)
        say(f"Giữ cơ sở dữ liệu: {as_owner(places, 'upgrade-step', 'keep', str(copy))} (keeping the database)")
    except Problem as problem:
        _start_again(places, problem)
        raise
    _write_note(places, Note(before.name, str(copy)))
    try:
        _start_new(places, before, release, say)
    except Problem as problem:
        say(f"! {problem}")
        _go_back(places, before, copy, say)
        return 1
    places.upgrading.unlink()
    proxy.settle(places)
    _forget_old(places)
    units.drop_old(places, release.folder)
    say(f"Xong: {release.name} (done)")
    return 0


def _start_again(places: Places, problem: Problem) -> None:
    """Start what was stopped, nothing having changed. Raises Problem with both troubles when that fails too."""
    try:
        units.start(places)
    except Problem as second:
        raise Problem(f"{problem}\n    {second}") from problem


def _start_new(places: Places, before: Release, release: Release, say: Say) -> None:
    """Migrate, start and ask the new release. Raises Problem at the first thing that does not work."""
    say("Nâng cấp dữ liệu… (migrating)")
    prepare(places, release=release.folder)
    as_service(places, "check-production", release=release.folder)
    releases.point_to(places, release)
    units.provide(places, release.folder)
    left = proxy.follow(places, before.folder, release.folder)
    if left:
        say(left)
    begun = time.time()
    units.start(places)
    say("Kiểm tra bản mới… (checking)")
    faults = health.faults(places, since=begun)
    if faults:
        raise Problem("Bản mới không chạy đúng (the new release does not work):\n    " + "\n    ".join(faults))


def _go_back(places: Places, before: Release, copy: Path, say: Say) -> None:
    say(f"Trở lại {before.name}… (going back)")
    units.stop(places)
    _put_back(places, before, copy)
    places.upgrading.unlink()
    begun = time.time()
    units.start(places)
    faults = health.faults(places, since=begun)
    say("\n".join(faults) or "Bản cũ đang chạy trên dữ liệu như trước khi nâng cấp (the old release runs on the data of before)")


def _put_back(places: Places, before: Release, copy: Path) -> None:
    as_owner(places, "upgrade-step", "put-back", str(copy), release=before.folder)
    releases.point_to(places, before)
    units.provide(places, before.folder)
    proxy.put_back(places)


def _forget_old(places: Places) -> None:
    releases.forget_old(places)
    for old in sorted(places.upgrades.iterdir())[: -RELEASES_KEPT + 1]:
        if old.is_dir():
            shutil.rmtree(old)


@contextmanager
def _alone(places: Places) -> Iterator[None]:
    """Be the only upgrade of this installation; freed when the process dies. Raises Busy."""
    with (places.settings / "upgrade.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy("Một lần nâng cấp khác đang chạy (another upgrade runs)") from None
        yield


def _write_note(places: Places, note: Note) -> None:
    write(places.upgrading, json.dumps(asdict(note)).encode(), mode=0o600)


def _read_note(places: Places) -> Note | None:
    path = places.upgrading
    return Note(**json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None
