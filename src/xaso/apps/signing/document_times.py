"""Reads the document time stamps of a PDF: which of its revisions existed when, and who vouches for it.

The last stamp must hold now; each earlier one only when the next was made, which is how a chain of renewed stamps outlives their servers'
certificates (EN 319 142-1, B-LTA).
"""

from dataclasses import dataclass
from datetime import datetime

from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature, async_validate_pdf_timestamp
from pyhanko.sign.validation.status import SignatureCoverageLevel

from xaso.apps.signing import trust
from xaso.apps.signing.trust import Evidence, Known

MOST_STAMPS = 20
_COVERS_ITS_REVISION = {SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION}


@dataclass(frozen=True)
class Vouched:
    """A document time stamp that holds: everything up to its revision (counted from 0) existed at its time."""

    revision: int
    at: datetime
    by: str


def read_document_stamps(embedded: list[EmbeddedPdfSignature], known: Known, evidence: Evidence, *, now: datetime) -> list[Vouched]:
    """Return which of a file's document time stamps hold, the earliest first; at most the last 20 are looked at."""
    found: list[Vouched] = []
    moment = now
    for stamp in reversed([one for one in embedded if is_stamp(one)][-MOST_STAMPS:]):
        vouched = _vouched(stamp, known, evidence, moment)
        if vouched is not None:
            found.append(vouched)
            moment = vouched.at
    return found[::-1]


def is_stamp(one: EmbeddedPdfSignature) -> bool:
    """Tell whether it is a document time stamp and nobody's signature."""
    return bool(one.sig_object_type == "/DocTimeStamp")


def first_over(stamps: list[Vouched], revision: int) -> Vouched | None:
    """Return the earliest stamp that covers a revision."""
    return next((one for one in stamps if one.revision >= revision), None)


def _vouched(stamp: EmbeddedPdfSignature, known: Known, evidence: Evidence, moment: datetime) -> Vouched | None:
    ctx = trust.context(known, evidence, moment, require_revocation=False)
    try:
        status = trust.at_once(async_validate_pdf_timestamp(stamp, ctx, skip_diff=True))
    except Exception:  # a hostile stamp proves nothing, and must not stop the check of the signatures
        return None
    if not (status.intact and status.valid and status.coverage in _COVERS_ITS_REVISION):
        return None
    if not status.trusted and not trust.vouches_for_time(stamp.signer_cert, stamp.other_embedded_certs, known, evidence, at=moment):
        return None
    return Vouched(stamp.signed_revision, status.timestamp, str(status.signing_cert.subject.native.get("common_name") or ""))
