"""Keeps signed papers provable: notes them when they are kept, and writes down what was added to them later."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from xaso.apps.audit import facade as audit
from xaso.apps.signing.models import SignedPaper
from xaso.apps.signing.ports import StampToken
from xaso.apps.signing.rules import next_proof_at, pause_after
from xaso.apps.signing.shapes import Level, SignedPdf
from xaso.platform import files, outbox
from xaso.platform.actor import Actor
from xaso.platform.models import StoredFile

EXTENDED = "signing.paper_extended"
"""The fact that a paper has a newer form: payload `before` and `after` are ids of kept files, `paper` the paper's."""


@dataclass(frozen=True)
class Extended:
    """A newer form of a paper: its bytes begin with those of the older one."""

    content: bytes
    level: Level
    token: StampToken


def keep_provable(stored: StoredFile, signed: SignedPdf, subject: str, *, now: datetime) -> SignedPaper:
    """Note a signed paper in the caller's transaction, so that the worker adds to it what it lacks. Writes a SignedPaper."""
    level = Level.STAMPED if signed.stamped_at else Level.BASIC
    ends = [one.stamp_ends_at for one in signed.records if one.stamp_ends_at is not None]
    row = SignedPaper(
        commune_id=stored.commune_id,
        subject=subject,
        file=stored,
        level=level,
        is_test=any(one.is_test for one in signed.records),
        signed_at=now,
        stamped_at=signed.stamped_at,
        stamp_ends_at=min(ends, default=None),
    )
    row.next_at = next_proof_at(level, is_test=row.is_test, signed_at=now, renewed_at=None, stamp_ends_at=row.stamp_ends_at)
    row.save()
    return row


@transaction.atomic
def extend(paper: SignedPaper, extended: Extended, *, now: datetime) -> bool:
    """Keep the newer form and tell whose paper it is; False when another form came in between.

    Writes the file, the SignedPaper, an audit entry and the fact `signing.paper_extended`. Raises Refusal `files.not_kept`.
    """
    row = SignedPaper.objects.select_for_update().select_related("file").get(pk=paper.pk)
    if row.file_id != paper.file_id:
        return False
    before = row.file
    row.file = files.keep(extended.content, name=before.name, media_type=before.media_type, commune_id=before.commune_id, now=now)
    row.level, row.renewed_at, row.stamp_ends_at = extended.level, extended.token.at, extended.token.ends_at
    row.stamped_at = row.stamped_at or extended.token.at
    row.tries, row.trouble = 0, ""
    row.next_at = next_proof_at(
        extended.level, is_test=row.is_test, signed_at=row.signed_at, renewed_at=row.renewed_at, stamp_ends_at=row.stamp_ends_at
    )
    row.save()
    detail = {"level": extended.level, "at": extended.token.at.isoformat(), "by": extended.token.by, "sha256": row.file.sha256}
    audit.record(Actor.system(row.commune_id, "signing"), "signing.time_stamped", row.subject, detail, now=now)
    outbox.publish(EXTENDED, row.subject, {"paper": str(row.pk), "before": str(before.pk), "after": str(row.file_id)}, now=now)
    return True


def postpone(paper_ids: list[UUID], trouble: str, *, now: datetime) -> None:
    """Write down that nothing could be added now, and try again later: after a minute, then ever longer, at most an hour."""
    for row in SignedPaper.objects.filter(pk__in=paper_ids):
        row.tries += 1
        row.trouble, row.next_at = trouble, now + pause_after(row.tries)
        row.save(update_fields=["tries", "trouble", "next_at"])
