"""Makes a signed PDF prove itself for decades: all evidence inside (B-LT), and a document time stamp over it, renewed in time (B-LTA)."""

from dataclasses import replace
from datetime import datetime
from io import BytesIO

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from xaso.apps.signing import evidence
from xaso.apps.signing.document_stamps import stamp_revision
from xaso.apps.signing.document_times import read_document_stamps
from xaso.apps.signing.pades import open_pdf
from xaso.apps.signing.ports import Stamper, StampToken
from xaso.apps.signing.trust import Evidence, Known


def with_evidence(content: bytes, known: Known, stamper: Stamper | None, *, now: datetime) -> tuple[bytes, StampToken | None]:
    """Return the file with the evidence it lacks and, where there is a stamper, a new document time stamp over all of it.

    Both come in one further revision. Raises `evidence.Lacking` while something is not known here, NoStamp, Refusal `signing.unreadable`.
    """
    reader = open_pdf(content)
    embedded = list(reader.embedded_signatures)
    there = evidence.read_evidence(reader) or Evidence()
    stamps = read_document_stamps(embedded, replace(known, own_roots=()), there, now=now)
    found = evidence.gather(evidence.claims_of(embedded, stamps, now=now), known, there)
    writer = IncrementalPdfFileWriter(BytesIO(content), strict=False)
    evidence.add(writer, found)
    if stamper is not None:
        stamped = stamp_revision(writer, stamper, now=now)
        return stamped.content, stamped.token
    out = BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]
    return out.getvalue(), None
