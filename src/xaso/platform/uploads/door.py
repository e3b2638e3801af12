"""What rooms ask: which file an id stands for, and what is in it. Taking it changes nothing, so that it can be taken again after a cut."""

import re
from datetime import datetime

from xaso.kernel.errors import Refusal
from xaso.platform import clock
from xaso.platform.uploads import disk
from xaso.platform.uploads.models import Upload

ID = re.compile(r"[0-9a-f]{40}")


def find(upload_id: str, *, now: datetime | None = None) -> Upload | None:
    """Return the file on its way, whole or not; None when there is none of that id, or not any more."""
    if not ID.fullmatch(upload_id):
        return None
    return Upload.objects.filter(pk=upload_id, ended_at=None, expires_at__gt=now or clock.now()).first()


def is_sent(upload_id: str, *, now: datetime | None = None) -> bool:
    """Tell whether the whole file is here."""
    upload = find(upload_id, now=now)
    return upload is not None and upload.is_complete


def content(upload: Upload) -> bytes:
    """Return all bytes. Raises Refusal `uploads.incomplete` while some are missing, `files.missing` when the disk has lost them."""
    if not upload.is_complete:
        raise Refusal("uploads.incomplete", name=upload.name)
    if not upload.size_bytes:
        return b""
    try:
        kept = disk.path_of(upload.pk).read_bytes()[: upload.size_bytes]
    except OSError as error:
        raise Refusal("files.missing") from error
    if len(kept) < upload.size_bytes:
        raise Refusal("files.missing")
    return kept
