"""Keeps contents on the disk, each once, durable before the row that names it can be committed."""

import contextlib
import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, ForeignObjectRel, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from xaso.kernel.errors import Refusal
from xaso.platform.errors import declare_words
from xaso.platform.files.models import INFECTED, UNASKED, WAITING, StoredFile

if TYPE_CHECKING:
    from xaso.platform.admission import Admitted

UNUSED_FOR = timedelta(days=1)
NAMED_CONTENTS = "SELECT DISTINCT sha256, size_bytes FROM platform_storedfile ORDER BY sha256"
"""Which contents the rows of a database name; asked of a snapshot too, which the ORM can't read."""

declare_words(
    {
        "files.not_kept": _("Máy chủ của xã chưa lưu được tệp này (có thể đã hết chỗ). Anh/chị báo cán bộ, hoặc thử lại sau."),
        "files.missing": _("Không mở được tệp này. Cán bộ quản trị cần kiểm tra bản sao lưu."),
        "files.unchecked": _("Tệp này chưa quét vi-rút xong nên chưa mở được. Tệp vẫn còn đây; anh/chị thử lại sau ít phút."),
        "files.infected": _("Tệp này có mã độc (vi-rút) nên không ai mở được. Cần xin lại giấy tờ này."),
    }
)


def keep(content: bytes, *, name: str, media_type: str, commune_id: UUID, now: datetime, virus_check: str = UNASKED) -> StoredFile:
    """Write the content to the disk and its row in the caller's transaction; content that is there already is not written again.

    The content is flushed with its folders before the row is written. Raises Refusal `files.not_kept` when the disk takes it not:
    then there is no row.
    """
    digest = hashlib.sha256(content).hexdigest()
    try:
        with _lock(fcntl.LOCK_SH):
            _write_once(path_of(digest), content, digest)
    except OSError as error:
        raise Refusal("files.not_kept") from error
    return StoredFile.objects.create(
        commune_id=commune_id,
        sha256=digest,
        size_bytes=len(content),
        media_type=media_type,
        name=name[:200],
        created_at=now,
        virus_check=virus_check,
    )


def keep_admitted(admitted: "Admitted", *, commune_id: UUID, now: datetime) -> StoredFile:
    """Keep what was admitted, as `keep` does, with what the virus scanner said of it."""
    return keep(
        admitted.content,
        name=admitted.name,
        media_type=admitted.media_type,
        commune_id=commune_id,
        now=now,
        virus_check=admitted.virus_check,
    )


def read(stored: StoredFile) -> bytes:
    """Return the content. Raises Refusal `files.unchecked`, `files.infected`, or `files.missing`: gone, or no longer what was kept."""
    _require_harmless(stored)
    return content_of_row(stored)


def content_of_row(stored: StoredFile) -> bytes:
    """Return the content whatever the virus scanner said, for the scanner. Raises Refusal `files.missing`."""
    try:
        content = path_of(stored.sha256).read_bytes()
    except OSError as error:
        raise Refusal("files.missing") from error
    if hashlib.sha256(content).hexdigest() != stored.sha256:
        raise Refusal("files.missing")
    return content


def open_path(stored: StoredFile) -> Path:
    """Return where the content lies, for programs that read from a path. Raises Refusal of `files.`, as `read` does."""
    _require_harmless(stored)
    path = path_of(stored.sha256)
    if not path.is_file():
        raise Refusal("files.missing")
    return path


def _require_harmless(stored: StoredFile) -> None:
    if stored.virus_check == WAITING:
        raise Refusal("files.unchecked")
    if stored.virus_check == INFECTED:
        raise Refusal("files.infected")


def path_of(digest: str) -> Path:
    """Return the place of a content in the data folder."""
    return Path(settings.DATA_DIR) / "files" / digest[:2] / digest[2:4] / digest


def forget_unused(now: datetime) -> int:
    """Delete rows that no other table refers to, then contents that no row names, each older than a day; returns how many contents.

    The day's grace protects what a transaction in progress is about to name. While contents are held, nothing is deleted.
    """
    before = now - UNUSED_FOR
    with _deleting() as may_delete:
        if not may_delete:
            return 0
        StoredFile.objects.filter(~_referred_to(), created_at__lt=before).delete()
        return sum(_forget(path, before.timestamp()) for path in (Path(settings.DATA_DIR) / "files").glob("??/??/*"))


@contextlib.contextmanager
def held() -> Iterator[None]:
    """Keep every content that is there now until the end, whatever becomes of the rows that name it. Waits for a cleaning in progress."""
    with _open_lock(".held") as handle:
        fcntl.flock(handle, fcntl.LOCK_SH)
        yield


@contextlib.contextmanager
def _deleting() -> Iterator[bool]:
    """Keep others from holding contents; False when somebody holds them already."""
    with _open_lock(".held") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def write_durably(path: Path, content: bytes) -> None:
    """Put the content at the path in one step and flush it with its folders: after a crash it is whole or absent."""
    make_folders(path.parent)
    handle, temporary = tempfile.mkstemp(prefix=".new-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as target:
            target.write(content)
            target.flush()
            os.fsync(target.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    flush_folder(path.parent)


def _write_once(path: Path, content: bytes, digest: str) -> None:
    with contextlib.suppress(FileNotFoundError):
        if hashlib.sha256(path.read_bytes()).hexdigest() == digest:
            os.utime(path)
            flush_folder(path.parent)
            return
    write_durably(path, content)


def make_folders(folder: Path) -> None:
    """Make the folder with its parents, each entered durably in the one above."""
    if folder.is_dir():
        return
    make_folders(folder.parent)
    folder.mkdir(exist_ok=True)
    flush_folder(folder.parent)


def flush_folder(folder: Path) -> None:
    """Make the names in the folder survive a loss of power."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def _lock(kind: int) -> Iterator[None]:
    """Hold the store's lock: shared while writing, exclusive while deleting, so that no content goes while it is being named anew."""
    with _open_lock(".lock") as handle:
        fcntl.flock(handle, kind)
        yield


def _open_lock(name: str) -> IO[str]:
    folder = Path(settings.DATA_DIR) / "files"
    make_folders(folder)
    return (folder / name).open("a")


def _referred_to() -> Q:
    """Return the rows that a foreign key of any table points at."""
    referred = Q(pk__in=())
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel):
            field = relation.field
            referred |= Q(Exists(field.model._base_manager.filter(**{field.name: OuterRef("pk")})))
    return referred


def _forget(path: Path, before: float) -> bool:
    """Delete a content that is old and that no row names; a leftover of an interrupted write has no row either."""
    with _lock(fcntl.LOCK_EX), contextlib.suppress(FileNotFoundError):
        if path.stat().st_mtime < before and not StoredFile.objects.filter(sha256=path.name).exists():
            path.unlink()
            return True
    return False
