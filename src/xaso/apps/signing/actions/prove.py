"""Keeps signed papers provable: notes them when they are kept, and writes down what was added to them later."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from xaso.apps.audit import facade as audit
from xaso.apps.signing.models import SignedPaper
from xaso.apps.signing.options import RENEWED_AFTER_YEARS
from xaso.apps.signing.ports import StampToken
from xaso.apps.signing.proofs_apart import NO_LISTS
from xaso.apps.signing.rules import PaperFacts, next_proof_at, pause_after
from xaso.apps.signing.shapes import Level, SignedPdf
from xaso.platform import files, outbox
from xaso.platform.actor import Actor
from xaso.platform.models import StoredFile

EXTENDED = "signing.paper_extended"
"""The fact that a paper has a newer form: payload `before` and `after` are ids of kept files, `paper` the paper's."""


@dataclass(frozen=True)
class Extended:
    """A newer form of a paper: its bytes begin with those of the older one. `token` is its new document time stamp, if it has one."""

    content: bytes
    level: Level
    token: StampToken | None


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
    row.next_at = _next_at(row)
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
    row.level, row.tries, row.trouble = extended.level, 0, ""
    detail = {"level": extended.level, "sha256": row.file.sha256}
    if extended.token is not None:
        row.renewed_at, row.stamp_ends_at = extended.token.at, extended.token.ends_at
        row.stamped_at = row.stamped_at or extended.token.at
        detail |= {"at": extended.token.at.isoformat(), "by": extended.token.by}
    row.next_at = _next_at(row)
    row.save()
    verb = "signing.time_stamped" if extended.token else "signing.evidence_added"
    audit.record(Actor.system(row.commune_id, "signing"), verb, row.subject, detail, now=now)
    outbox.publish(EXTENDED, row.subject, {"paper": str(row.pk), "before": str(before.pk), "after": str(row.file_id)}, now=now)
    return True


def postpone(paper_ids: list[UUID], trouble: str, *, now: datetime) -> None:
    """Write down that nothing could be added now, and try again later (see `rules.pause_after`)."""
    for row in SignedPaper.objects.filter(pk__in=paper_ids):
        row.tries += 1
        row.trouble, row.next_at = trouble, now + pause_after(row.tries, for_lists=trouble == NO_LISTS)
        row.save(update_fields=["tries", "trouble", "next_at"])


def _next_at(row: SignedPaper) -> datetime:
    facts = PaperFacts(row.level, row.signed_at, row.stamped_at, row.renewed_at, row.stamp_ends_at)
    return next_proof_at(facts, renewed_after_years=RENEWED_AFTER_YEARS.value())
