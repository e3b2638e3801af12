"""Puts PAdES signatures, B-B or with a time stamp B-T, into a PDF (ETSI.CAdES.detached, ECDSA or RSA with SHA-256).

Each is an incremental update: no byte that an earlier signature covers changes.

pyHanko is imported here and in `verification`; both are imported late, so that a process which never signs never loads it.
"""

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from io import BytesIO

from asn1crypto import pem, x509
from asn1crypto.algos import SignedDigestAlgorithm
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, append_signature_field, enumerate_sig_fields
from pyhanko.sign.signers.pdf_byterange import PreparedByteRangeDigest
from pyhanko.stamp import StaticStampStyle

from xaso.apps.signing.cms import SigningCertificate, container, signed_attributes
from xaso.apps.signing.fitting import require_fits
from xaso.apps.signing.places import Place, find_sign_place
from xaso.apps.signing.ports import NoStamp, Signer, Stamper, StampToken
from xaso.apps.signing.time_stamps import TOO_LONG
from xaso.kernel.errors import Refusal

SIGNATURE_FIELD, SEAL_FIELD = "ChuKy", "DauCoQuan"
CONTAINER_FRAME_BYTES = 1024
"""Room in the CMS container for all but the certificates, the issuer's name and an RSA signature: attributes, digests, the frame."""

_BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]")


@dataclass(frozen=True)
class Stamp:
    """What one signature says and shows: its field, the picture (a PDF of one page) and its place; None shows nothing."""

    field: str
    place: Place | None
    picture: bytes
    name: str
    reason: str
    location: str


@dataclass(frozen=True)
class Prepared:
    """A PDF that lacks one signature: its bytes, where the room for the container begins and ends, and the attributes to be signed."""

    content: bytes
    room: tuple[int, int]
    attributes: bytes


@dataclass(frozen=True)
class Sealed:
    """The signed bytes, with the range they cover and its SHA-256; the time stamp, or why there is none where one was wanted."""

    content: bytes
    digest: str
    byte_range: tuple[int, ...]
    time_stamp: StampToken | None = None
    no_stamp: str = ""


def open_pdf(content: bytes) -> PdfFileReader:
    """Return a reader. Raises Refusal `signing.unreadable`."""
    try:
        return PdfFileReader(BytesIO(content), strict=False)
    except (PdfError, ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
        raise Refusal("signing.unreadable") from error


def place_for_signature(content: bytes) -> Place | None:
    """Return where the paper keeps room for a signature; None when it keeps none. Raises Refusal `signing.unreadable`."""
    return find_sign_place(open_pdf(content))


def add_signature(
    content: bytes,
    stamp: Stamp,
    signer: Signer,
    certificate_pem: str,
    chain_pem: str,
    *,
    now: datetime,
    reserved: Stamp | None = None,
    stamper: Stamper | None = None,
) -> Sealed:
    """Return the PDF with one more signature, by a key that signs at once. Raises as `attach_signature` and the signer."""
    prepared = prepare_signature(
        content, stamp, certificate_pem, chain_pem, now=now, reserved=reserved, stamp_room_bytes=stamper.room_bytes if stamper else 0
    )
    return attach_signature(prepared, signer.sign(prepared.attributes), certificate_pem, chain_pem, now=now, stamper=stamper)


def prepare_signature(
    content: bytes,
    stamp: Stamp,
    certificate_pem: str,
    chain_pem: str,
    *,
    now: datetime,
    reserved: Stamp | None = None,
    stamp_room_bytes: int = 0,
) -> Prepared:
    """Return the PDF with all but one more signature. `reserved` gets an empty field in the same revision, for the one who signs next."""
    writer = IncrementalPdfFileWriter(BytesIO(content), strict=False)
    taken = {name for name, value, _ in enumerate_sig_fields(writer.prev) if value is not None}
    waiting = {name for name, value, _ in enumerate_sig_fields(writer.prev) if value is None}
    field = free_name(stamp.field, taken)
    for name, place in ((field, stamp.place), (reserved.field, reserved.place) if reserved else (field, None)):
        if name not in waiting | taken:
            waiting.add(name)
            append_signature_field(writer, _field_spec(name, place))
    meta = signers.PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=stamp.name,
        reason=stamp.reason,
        location=stamp.location,
    )
    certificate = _certificate(certificate_pem, chain_pem)
    layout = signers.PdfSigner(meta, _FilledElsewhere(certificate), stamp_style=_style(stamp))
    session = layout.init_signing_session(writer, existing_fields_only=True)
    session.system_time = now
    digits = _container_digits(certificate) + 2 * stamp_room_bytes
    laid_out = BytesIO()
    digested, _ = session.prepare_tbs_document(None, digits).digest_tbs_document(output=laid_out)
    attributes = signed_attributes(digested.document_digest, certificate)
    room = digested.reserved_region_start, digested.reserved_region_end
    return Prepared(laid_out.getvalue(), room, attributes)


def attach_signature(
    prepared: Prepared, signature: bytes, certificate_pem: str, chain_pem: str, *, now: datetime, stamper: Stamper | None = None
) -> Sealed:
    """Return the PDF with the signature over the prepared attributes laid into it; none of its other bytes changes.

    Where the stamper has no time stamp to give, or no room was kept for one, the signature goes out without. Raises Refusal
    `signing.signature_wrong` unless the certificate vouches for the signature.
    """
    certificate = _certificate(certificate_pem, chain_pem)
    require_fits(certificate.der, prepared.attributes, signature)
    start, end = prepared.room
    stamp_room_bytes = (end - start - 2 - _container_digits(certificate)) // 2
    stamped = _Stamped(stamper if stamp_room_bytes else None, now, stamp_room_bytes)
    cms = container(prepared.attributes, signature, certificate, stamped.token_over(signature))
    filled = BytesIO(prepared.content)
    PreparedByteRangeDigest(b"", start, end).fill_with_cms(filled, cms)
    return replace(_described(filled.getvalue()), time_stamp=stamped.token, no_stamp=stamped.trouble)


class _Stamped:
    """Asks for the time stamp of one signature, and remembers what came of it."""

    def __init__(self, stamper: Stamper | None, now: datetime, room_bytes: int) -> None:
        self._stamper, self._now, self._room_bytes = stamper, now, room_bytes
        self.token: StampToken | None = None
        self.trouble = ""

    def token_over(self, signature: bytes) -> bytes:
        """Return the token (DER); empty where none is wanted or none could be had."""
        if self._stamper is None:
            return b""
        try:
            token = self._stamper.stamp(hashlib.sha256(signature).digest(), now=self._now)
            if len(token.der) > self._room_bytes:
                raise NoStamp(TOO_LONG)
        except NoStamp as failure:
            self.trouble = failure.reason
            return b""
        self.token = token
        return token.der


class _FilledElsewhere(signers.Signer):
    """Lets pyHanko lay the file out; the container is ours, and filled in later."""

    def __init__(self, certificate: SigningCertificate) -> None:
        super().__init__(
            signing_cert=x509.Certificate.load(certificate.der),
            signature_mechanism=SignedDigestAlgorithm({"algorithm": "sha256_rsa" if certificate.rsa_bytes else "sha256_ecdsa"}),
        )

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        raise NotImplementedError


class _Picture(PdfContent):
    """The first page of a PDF held in memory."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self._content = content

    def render(self) -> bytes:
        writer = self._ensure_writer
        picture = writer.import_page_as_xobject(PdfFileReader(BytesIO(self._content)), page_ix=0)
        self.resources.xobject["/Picture"] = picture
        left, bottom, right, top = picture.get_object()["/BBox"]
        self.box.width, self.box.height = abs(right - left), abs(top - bottom)
        return b"/Picture Do"


def _style(stamp: Stamp) -> StaticStampStyle | None:
    if stamp.place is None:
        return None
    middle = SimpleBoxLayoutRule(x_align=AxisAlignment.ALIGN_MID, y_align=AxisAlignment.ALIGN_MID, margins=Margins())
    return StaticStampStyle(border_width=0, background=_Picture(stamp.picture), background_layout=middle, background_opacity=1.0)


def _field_spec(name: str, place: Place | None) -> SigFieldSpec:
    return SigFieldSpec(name, on_page=place.page, box=place.box) if place else SigFieldSpec(name)


def free_name(wanted: str, taken: set[str]) -> str:
    """Return the wanted name of a field, with a number if it is taken."""
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}{number}"
    return name


@lru_cache(maxsize=256)
def _certificate(certificate_pem: str, chain_pem: str) -> SigningCertificate:
    der, *chain = (der for _, _, der in pem.unarmor((certificate_pem + chain_pem).encode(), multiple=True))
    certificate = x509.Certificate.load(der)
    key = certificate.public_key
    rsa_bytes = (key.bit_size + 7) // 8 if key.algorithm == "rsa" else 0
    return SigningCertificate(der, certificate.issuer.dump(), certificate.serial_number, tuple(chain), rsa_bytes)


def _container_digits(certificate: SigningCertificate) -> int:
    """Return the hexadecimal digits to keep free for the container."""
    parts = (certificate.der, *certificate.chain, certificate.issuer)
    return 2 * (CONTAINER_FRAME_BYTES + certificate.rsa_bytes + sum(map(len, parts)))


def algorithm_of(certificate_pem: str) -> str:
    """Return what the certificate's key signs with, for the record: “ECDSA P-256, SHA-256” or “RSA 2048, SHA-256”."""
    certificate = _certificate(certificate_pem, "")
    if certificate.rsa_bytes:
        return f"RSA {8 * certificate.rsa_bytes}, SHA-256"
    return f"ECDSA P-{x509.Certificate.load(certificate.der).public_key.bit_size}, SHA-256"


def _described(signed: bytes) -> Sealed:
    start, length, rest, rest_length = map(int, _BYTE_RANGE.findall(signed)[-1])
    covered = signed[start : start + length] + signed[rest : rest + rest_length]
    return Sealed(signed, hashlib.sha256(covered).hexdigest(), (start, length, rest, rest_length))
