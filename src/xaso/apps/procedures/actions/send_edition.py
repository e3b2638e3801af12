"""A file that an administrator sends to be read as an edition: taken at the door, read by the worker, told on a page."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q

from xaso.apps.audit import facade as audit
from xaso.apps.people.facade import Role
from xaso.apps.procedures.actions.import_edition import import_edition
from xaso.apps.procedures.models import SentEdition
from xaso.apps.procedures.national.files import Told, require_edition
from xaso.kernel.errors import Refusal
from xaso.kernel.identifiers import uuid7
from xaso.platform import clock
from xaso.platform.actor import Actor

log = structlog.get_logger(__name__)

LARGEST_FILE_BYTES = 40 * 1024 * 1024
LEASE = timedelta(minutes=2)
MOST_TRIES = 2


@dataclass(frozen=True)
class EditionFile:
    """What came in: its name, the day from which the edition is said to hold (None: unknown), and its content in pieces."""

    name: str
    as_of: date | None
    pieces: Iterator[bytes]


def send_edition(actor: Actor, file: EditionFile, *, now: datetime) -> SentEdition:
    """Keep the file for the worker; the same file with the same day, sent again while it is read, is the same sending.

    Its first record is looked at now, the rest later. Raises Refusal `procedures.not_allowed`, `.edition_being_read`, `files.not_kept`,
    or what `read_edition` raises.
    """
    if actor.account_id is None or not actor.holds(Role.ADMINISTRATOR.value):
        raise Refusal("procedures.not_allowed")
    sent = SentEdition(id=uuid7(), file_name=file.name[:200], as_of=file.as_of, sent_at=now, sent_by_id=actor.account_id)
    path = path_of(sent.id)
    try:
        sent.sha256, sent.size_bytes = _write(path, file.pieces)
        require_edition(path)
        return _keep(actor, sent, now)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def read_next(now: datetime) -> int:
    """Read the file that was sent, if one waits; returns 1 when its outcome is known. What a dead worker began is begun once more."""
    free = Q(state="reading") & (Q(leased_until=None) | Q(leased_until__lt=now))
    sent = SentEdition.objects.filter(free).first()
    if sent is None or not SentEdition.objects.filter(free, pk=sent.pk).update(leased_until=now + LEASE, tries=F("tries") + 1):
        return 0
    if sent.tries >= MOST_TRIES:
        _end(sent, state="failed")
        return 1
    try:
        done = import_edition(path_of(sent.id), as_of=sent.as_of, now=now, name=sent.file_name, told=_teller(sent))
    except Refusal as refusal:
        is_gone = refusal.code == "procedures.file_missing"
        _end(sent, state="failed") if is_gone else _end(sent, state="refused", refusal={"code": refusal.code, "params": refusal.params})
    except Exception:
        log.exception("edition_not_read", sent_edition=str(sent.id))
        _end(sent, state="failed")
    else:
        _end(sent, state="read", counts=done.counts, edition_id=done.edition_id)
    return 1


def path_of(sent_id: UUID) -> Path:
    """Return where the file lies until it was read."""
    return Path(settings.DATA_DIR) / "editions" / str(sent_id)


def _write(path: Path, pieces: Iterator[bytes]) -> tuple[str, int]:
    """Write the content durably; returns its SHA-256 and its size."""
    digest, size = hashlib.sha256(), 0
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as target:
            for piece in pieces:
                digest.update(piece)
                size += len(piece)
                if size > LARGEST_FILE_BYTES:
                    raise Refusal("procedures.file_too_large", limit=LARGEST_FILE_BYTES // 1024 // 1024)
                target.write(piece)
            target.flush()
            os.fsync(target.fileno())
    except OSError as fault:
        raise Refusal("files.not_kept") from fault
    return digest.hexdigest(), size


def _keep(actor: Actor, sent: SentEdition, now: datetime) -> SentEdition:
    try:
        with transaction.atomic():
            sent.save(force_insert=True)
            audit.record(actor, "procedures.edition_sent", f"sent-edition:{sent.id}", {"size_bytes": sent.size_bytes}, now=now)
    except IntegrityError as taken:
        same = SentEdition.objects.filter(state="reading", sha256=sent.sha256, as_of=sent.as_of).first()
        if same is None:
            raise Refusal("procedures.edition_being_read") from taken
        path_of(sent.id).unlink(missing_ok=True)
        return same
    return sent


def _teller(sent: SentEdition) -> Told:
    def told(step: str, done: int, total: int) -> None:
        ahead = {"step": step, "done": done, "total": total, "leased_until": clock.now() + LEASE}
        SentEdition.objects.filter(pk=sent.pk, state="reading").update(**ahead)

    return told


def _end(sent: SentEdition, **outcome: object) -> None:
    SentEdition.objects.filter(pk=sent.pk, state="reading").update(**outcome, ended_at=clock.now(), leased_until=None)
    path_of(sent.id).unlink(missing_ok=True)
