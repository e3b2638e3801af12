"""The only writers of files on their way: announced, appended to, taken back, forgotten.

A byte counts once it is flushed to the disk and the row says so; then it is acknowledged. Each request that appends takes a turn: an older
one that still hangs in a dead connection writes no more, so that a phone can go on at once.
"""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Protocol

from django.db import IntegrityError, transaction
from django.db.models import Q, Sum

from xaso.kernel.errors import Refusal
from xaso.platform import ratelimit
from xaso.platform.admission import Limits
from xaso.platform.uploads import disk
from xaso.platform.uploads.models import Upload
from xaso.platform.uploads.options import PER_ADDRESS_MB, SPARE_MB, TOTAL_MB
from xaso.platform.uploads.protocol import Announced, Checksum

MB = 1024 * 1024
MAX_BYTES = Limits().max_bytes
KEPT = timedelta(days=7)
REMEMBERED = timedelta(days=30)
"""How long after its end a file is still answered with “gone” instead of “unknown”."""
ANNOUNCED_AN_HOUR = 600
READ_BYTES = 16 * 1024
FLUSH_BYTES = 256 * 1024
FLUSH_SECONDS = 2.0


class Source(Protocol):
    """What the bytes are read from; at a cut it ends early or raises OSError."""

    def read(self, size: int, /) -> bytes: ...


def announce(file: Announced, *, address: str, now: datetime) -> Upload:
    """Begin a file, or find the one that this phone began before.

    Raises Refusal `uploads.too_heavy`, `.too_many`, `.no_room`, `platform.too_many`.
    """
    if file.size_bytes > MAX_BYTES:
        raise Refusal("uploads.too_heavy", limit=MAX_BYTES // MB)
    known = _begun_before(file, now)
    if known is not None:
        return known
    ratelimit.count(f"uploads:{address}", limit=ANNOUNCED_AN_HOUR, window_seconds=3600, now=now)
    _check_room(file.size_bytes, address, now)
    try:
        with transaction.atomic():
            return Upload.objects.create(
                size_bytes=file.size_bytes,
                name=file.name[:200],
                sha256=file.sha256,
                fingerprint=file.fingerprint,
                metadata=file.metadata,
                address=address,
                created_at=now,
                expires_at=now + KEPT,
            )
    except IntegrityError:
        known = _begun_before(file, now)
        if known is None:
            raise
        return known


def append(upload_id: str, offset_bytes: int, source: Source, length: int, *, checksum: Checksum | None = None, now: datetime) -> Upload:
    """Append what comes, up to `length` bytes; at a cut, what had come is kept, unless it was to be checked.

    Raises Refusal `uploads.unknown`, `.gone`, `.offset_differs`, `.too_long`, `.superseded`, `.checksum_differs`, `.no_room`.
    """
    turn = _take_turn(upload_id, offset_bytes, length, now)
    at = offset_bytes
    for piece in _pieces(source):
        if checksum is not None:
            checksum.digest.update(piece)
        _put(upload_id, turn, at, piece, counts=checksum is None)
        at += len(piece)
    if checksum is not None:
        if not checksum.fits():
            raise Refusal("uploads.checksum_differs")
        _put(upload_id, turn, at, b"", counts=True)
    return get_open(upload_id, now=now)


def get_open(upload_id: str, *, now: datetime, lock: bool = False) -> Upload:
    """Return a file on its way. Raises Refusal `uploads.unknown`, or `uploads.gone` when it was taken back or is too old."""
    rows = Upload.objects.select_for_update() if lock else Upload.objects
    upload = rows.filter(pk=upload_id).first()
    if upload is None:
        raise Refusal("uploads.unknown")
    if upload.ended_at is not None or upload.expires_at <= now:
        raise Refusal("uploads.gone")
    return upload


def take_back(upload_id: str, *, now: datetime) -> None:
    """Delete a file at the wish of who sends it. Raises Refusal `uploads.unknown`, `uploads.gone`."""
    _end(get_open(upload_id, now=now).pk, now)


def forget_expired(now: datetime) -> int:
    """Delete files whose days are over, then their rows some weeks later, then what lies on the disk without a row.

    Returns how many files went.
    """
    expired = list(Upload.objects.filter(expires_at__lte=now, ended_at=None).values_list("pk", flat=True))
    for upload_id in expired:
        _end(upload_id, now)
    Upload.objects.filter(expires_at__lte=now - REMEMBERED).delete()
    _sweep()
    return len(expired)


def _begun_before(file: Announced, now: datetime) -> Upload | None:
    """Return what the phone began with the same key and sum, with its days counted anew; an expired one makes room for a new one."""
    if file.fingerprint is None:
        return None
    same = Upload.objects.filter(fingerprint=file.fingerprint)
    same.filter(expires_at__lte=now).update(fingerprint=None)
    same.filter(ended_at=None).update(expires_at=now + KEPT)
    return same.first()


def _check_room(more_bytes: int, address: str, now: datetime) -> None:
    weight = Upload.objects.filter(ended_at=None, expires_at__gt=now).aggregate(
        everywhere=Sum("size_bytes", default=0), here=Sum("size_bytes", filter=Q(address=address), default=0)
    )
    if weight["here"] + more_bytes > PER_ADDRESS_MB.value() * MB:
        raise Refusal("uploads.too_many")
    if weight["everywhere"] + more_bytes > TOTAL_MB.value() * MB or disk.free_bytes() - more_bytes < SPARE_MB.value() * MB:
        raise Refusal("uploads.no_room")


@transaction.atomic
def _take_turn(upload_id: str, offset_bytes: int, length: int, now: datetime) -> int:
    upload = get_open(upload_id, now=now, lock=True)
    if upload.offset_bytes != offset_bytes:
        raise Refusal("uploads.offset_differs")
    if offset_bytes + length > upload.size_bytes:
        raise Refusal("uploads.too_long")
    upload.turn += 1
    upload.save(update_fields=["turn"])
    return upload.turn


def _pieces(source: Source) -> Iterator[bytes]:
    """Yield what comes in pieces worth a flush: large ones, or what a thin signal brought in two seconds."""
    waiting, since = bytearray(), time.monotonic()
    while some := _read(source):
        waiting += some
        if len(waiting) >= FLUSH_BYTES or time.monotonic() - since >= FLUSH_SECONDS:
            yield bytes(waiting)
            waiting, since = bytearray(), time.monotonic()
    if waiting:
        yield bytes(waiting)


def _read(source: Source) -> bytes:
    try:
        return source.read(READ_BYTES)
    except OSError:
        return b""


def _put(upload_id: str, turn: int, at: int, piece: bytes, *, counts: bool) -> None:
    """Write a piece at its place while it is our turn; when it counts, flush it and say so in the row.

    The last piece counts only when the whole has the sum that was announced; else the file begins anew.
    """
    try:
        with disk.locked(upload_id) as handle:
            mine = Upload.objects.filter(pk=upload_id, turn=turn, ended_at=None)
            upload = mine.first()
            if upload is None:
                raise Refusal("uploads.superseded")
            disk.write(handle, at, piece)
            if not counts:
                return
            end = at + len(piece)
            if end == upload.size_bytes and upload.sha256 and disk.sha256_of(handle, end) != upload.sha256:
                mine.update(offset_bytes=0)
                raise Refusal("uploads.checksum_differs")
            disk.flush(upload_id, handle)
            mine.update(offset_bytes=end)
    except OSError as error:
        raise Refusal("uploads.no_room") from error


def _end(upload_id: str, now: datetime) -> None:
    """End the row first, so that whoever still writes stops, then delete the file."""
    Upload.objects.filter(pk=upload_id).update(ended_at=now, fingerprint=None, name="", metadata="", address="")
    disk.path_of(upload_id).unlink(missing_ok=True)


def _sweep() -> None:
    """Delete files without a row: rests of what ended while somebody still wrote. A row is always there before its file."""
    paths = list(disk.folder().glob("??/*"))
    kept = set(Upload.objects.filter(ended_at=None).values_list("pk", flat=True))
    for path in paths:
        if path.name not in kept:
            path.unlink(missing_ok=True)
