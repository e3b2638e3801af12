"""Compares the record with its chain: what is sealed, what waits, and what is not as it was written."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db.models import Max

from xaso.apps.audit import stored
from xaso.apps.audit.anchors import Kept, faults_of, kept_anchors
from xaso.apps.audit.chain import GENESIS, Fault, walk
from xaso.apps.audit.models import AuditChain, AuditEntry, AuditLink, UnsealedEntry
from xaso.platform.append_only import is_append_only

LOCKED_TABLES = ("audit_auditentry", "audit_auditlink")


@dataclass(frozen=True)
class Verdict:
    """What was found in one chain. `waiting` entries are not sealed yet, the oldest written at `waiting_since`.

    `anchored_on` is the day of the last anchor, `key` by what people compare the key that signed it; both empty without one.
    """

    chain: UUID
    links: int
    digest: str
    waiting: int
    waiting_since: datetime | None
    faults: tuple[Fault, ...]
    anchors: int
    anchored_on: str
    key: str

    @property
    def is_sound(self) -> bool:
        return not self.faults


def chains() -> list[UUID]:
    """Return every chain that has a link or for which something waits, the installation's first."""
    waiting = UnsealedEntry.objects.values_list("chain", flat=True).distinct()
    return sorted({*AuditChain.objects.values_list("chain", flat=True), *waiting})


def verify(chain: UUID, anchors: Path) -> Verdict:
    """Go along the whole chain and compare it with the anchors in the folder.

    Writers are kept from nothing; what they write meanwhile is among what waits. Time grows with the number of links, memory does not.
    """
    head = AuditChain.objects.filter(pk=chain).first()
    links, digest = (head.links, head.digest) if head else (0, GENESIS)
    walked = walk(chain.hex, stored.linked_rows(chain, links))
    faults = list(walked.faults)
    if walked.links < links:
        faults.append(Fault("truncated", walked.links + 1, links))
    elif walked.digest != digest:
        faults.append(Fault("relinked", links))
    faults += _beyond_the_head(chain)
    faults += [Fault("removed", entry=entry) for entry in stored.gone_while_waiting(chain)]
    faults += [Fault("inserted", entry=entry) for entry in stored.never_waited(chain)]
    kept = kept_anchors(anchors, chain)
    faults += faults_of(kept, chain, _anchored_digests(chain, kept))
    last = next((one.anchor for one in reversed(kept) if one.anchor), None)
    waiting = UnsealedEntry.objects.filter(chain=chain)
    oldest = AuditEntry.objects.filter(pk__in=waiting.values("entry_id")).order_by("at").values_list("at", flat=True).first()
    return Verdict(
        chain=chain,
        links=walked.links,
        digest=walked.digest,
        waiting=waiting.count(),
        waiting_since=oldest,
        faults=tuple(faults),
        anchors=len(kept),
        anchored_on=last.day if last else "",
        key=last.fingerprint if last else "",
    )


def _anchored_digests(chain: UUID, kept: list[Kept]) -> dict[int, str]:
    numbers = [one.anchor.links for one in kept if one.anchor]
    return dict(AuditLink.objects.filter(chain=chain, number__in=numbers).values_list("number", "digest"))


def _beyond_the_head(chain: UUID) -> list[Fault]:
    """Return a fault when there are links that the head knows nothing of; asked in this order, the sealer can't be mistaken for one."""
    last = AuditLink.objects.filter(chain=chain).aggregate(last=Max("number"))["last"] or 0
    known = AuditChain.objects.filter(pk=chain).values_list("links", flat=True).first() or 0
    return [Fault("relinked", known + 1, last)] if last > known else []


def unlocked_tables() -> list[str]:
    """Return the tables of the record that the database would let somebody change."""
    return [table for table in LOCKED_TABLES if not is_append_only(table)]
