"""Adds a document time stamp (ETSI.RFC3161) to a PDF, in a further revision: it vouches for every byte before it.

pyHanko is imported here, as in `pades`; both are imported late.
"""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from asn1crypto import cms, tsp
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.timestamps import TimeStamper

from xaso.apps.signing.pades import free_name
from xaso.apps.signing.ports import NoStamp, Stamper, StampToken
from xaso.apps.signing.time_stamps import TOO_LONG

FIELD = "DauThoiGian"


@dataclass(frozen=True)
class Stamped:
    """The file with its new time stamp."""

    content: bytes
    token: StampToken


def with_time_stamp(content: bytes, stamper: Stamper, *, now: datetime) -> Stamped:
    """Return the file with a document time stamp over all that is in it. Raises NoStamp."""
    writer = IncrementalPdfFileWriter(BytesIO(content), strict=False)
    return stamp_revision(writer, stamper, now=now)


def stamp_revision(writer: IncrementalPdfFileWriter, stamper: Stamper, *, now: datetime) -> Stamped:
    """Return the file of the writer, with what it changes and a document time stamp over that. Raises NoStamp."""
    field = free_name(FIELD, {name for name, _value, _reference in enumerate_sig_fields(writer.prev)})
    bridge = _Bridge(stamper, now)
    added = PdfTimeStamper(bridge, field_name=field).timestamp_pdf(writer, "sha256", bytes_reserved=2 * bridge.room_bytes)
    assert bridge.token is not None
    return Stamped(added.getvalue(), bridge.token)


class _Bridge(TimeStamper):
    """Lets a stamper behind our port answer where pyHanko asks."""

    def __init__(self, stamper: Stamper, now: datetime) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._stamper, self._now = stamper, now
        self.room_bytes = stamper.room_bytes
        self.token: StampToken | None = None

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        self.token = self._stamper.stamp(message_digest, now=self._now)
        if len(self.token.der) > self.room_bytes:
            raise NoStamp(TOO_LONG)
        return cms.ContentInfo.load(self.token.der)

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        raise NotImplementedError
