"""Writes the day's anchor of each chain outside the database."""

from datetime import datetime, timedelta
from pathlib import Path

from django.utils.timezone import localdate

from xaso.apps.audit.anchors import Anchor, as_file, kept_anchors
from xaso.apps.audit.models import AuditChain
from xaso.apps.audit.options import anchors_folder
from xaso.apps.audit.ports import anchor_keys
from xaso.apps.audit.stored import moment_text
from xaso.platform.files.store import write_durably
from xaso.platform.worker import NowAndThen

LOOKS_EVERY = timedelta(minutes=10)
_now_and_then = NowAndThen(LOOKS_EVERY)


def anchor_daily(now: datetime) -> int:
    """Write the anchors that are missing today, looking now and then; returns how many were written.

    Raises what the key or the folder refuses; then the next look tries again.
    """
    return write_anchors(anchors_folder(), now) if _now_and_then.is_time(now) else 0


def write_anchors(folder: Path, now: datetime) -> int:
    """Write today's anchor of each chain that has grown since its last one; returns how many were written.

    An anchor that is there stays as it is. After a clock was set back, none is written until the last one's day is past again.
    """
    return sum(_write_anchor(folder, head, now) for head in AuditChain.objects.filter(links__gt=0).order_by("chain"))


def _write_anchor(folder: Path, head: AuditChain, now: datetime) -> bool:
    day = localdate(now).isoformat()
    path = folder / head.chain.hex / f"{day}.json"
    kept = kept_anchors(folder, head.chain)
    last = kept[-1] if kept else None
    if last and (last.name >= path.name or (last.anchor and last.anchor.digest == head.digest)):
        return False
    (key,) = anchor_keys
    anchor = Anchor(
        day=day,
        made_at=moment_text(now),
        chain=head.chain.hex,
        links=head.links,
        digest=head.digest,
        before=last.digest if last else "",
        key=key.public_key(head.chain),
    )
    write_durably(path, as_file(anchor, key.sign(head.chain, anchor.text().encode())))
    path.chmod(0o444)
    return True
