"""PDFs signed under a foreign authority, good ones and those that a check must tell from them; what two other programs say of each."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import PageObject

from xaso.apps.signing.adapters.software_keys import SoftwareSigner
from xaso.apps.signing.pades import SEAL_FIELD, SIGNATURE_FIELD, Stamp, add_signature
from xaso.apps.signing.tests.authority import Authority, elliptic

SIGNER = "Vàng Seo Dín"


@dataclass(frozen=True)
class Signature:
    """A key with its certificate and the chain that goes into the file."""

    key: Any
    certificate: Any
    chain: tuple[Any, ...]

    def on(self, paper: bytes, at: datetime, field: str = SIGNATURE_FIELD) -> bytes:
        """Return the paper with one more signature."""
        stamp = Stamp(field, None, b"", SIGNER, "Thử", "Bảo Nhai")
        return add_signature(paper, stamp, SoftwareSigner(self.key), _pem(self.certificate), "".join(map(_pem, self.chain)), now=at).content


def signature(authority: Authority, name: str = SIGNER, **facts: Any) -> Signature:
    """Return a new key with a certificate of the authority."""
    key = elliptic()
    return Signature(key, authority.issues(name, key, **facts), (authority.certificate,))


def altered(signed: bytes) -> bytes:
    """Return the file with one byte changed that a signature covers."""
    changed = bytearray(signed)
    changed[changed.index(b"/Creator")] ^= 1
    return bytes(changed)


def with_a_page_more(signed: bytes) -> bytes:
    """Return the file with a page added in a further revision."""
    changes: Any = IncrementalPdfFileWriter(BytesIO(signed))
    page: Any = PageObject
    changes.insert_page(page(contents=changes.add_object(generic.StreamObject(stream_data=b"q Q")), media_box=(0, 0, 200, 200)))
    return _written(changes)


def with_other_words(signed: bytes) -> bytes:
    """Return the file with something drawn over its first page in a further revision."""
    changes: Any = IncrementalPdfFileWriter(BytesIO(signed))
    over = changes.add_object(generic.StreamObject(stream_data=b"1 0 0 rg 100 100 200 200 re f"))
    changes.add_stream_to_page(0, over)
    return _written(changes)


def with_a_note(signed: bytes) -> bytes:
    """Return the file with a note laid over its first page in a further revision."""
    changes: Any = IncrementalPdfFileWriter(BytesIO(signed))
    page = changes.find_page_for_modification(0)[0].get_object()
    dictionary: Any = generic.DictionaryObject
    note = dictionary(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/FreeText"),
            generic.pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (100, 100, 300, 140))),
            generic.pdf_name("/Contents"): generic.TextStringObject("Đã sửa"),
        }
    )
    notes = [*page.get("/Annots", ()), changes.add_object(note)]
    page[generic.pdf_name("/Annots")] = generic.ArrayObject(notes)
    changes.update_container(page)
    return _written(changes)


def files(paper: bytes, authority: Authority, stranger: Authority, now: datetime) -> tuple[dict[str, bytes], dict[str, Any]]:
    """Return the files by name, and the certificates that were revoked: `earlier` before they signed, `later` after."""
    good, earlier, later = signature(authority), signature(authority), signature(authority)
    expired = signature(authority, days=(-200, -20))
    lapsed = signature(authority, days=(-200, -5))
    signed = good.on(paper, now)
    return {
        "good": signed,
        "signed twice": signature(authority, "Hoàng Thị Lan").on(signed, now, SEAL_FIELD),
        "altered": altered(signed),
        "a page added": with_a_page_more(signed),
        "drawn over": with_other_words(signed),
        "a note laid over": with_a_note(signed),
        "expired": expired.on(paper, now),
        "expired since": lapsed.on(paper, now - timedelta(days=6)),
        "revoked": earlier.on(paper, now),
        "revoked since": later.on(paper, now - timedelta(days=3)),
        "untrusted": signature(stranger).on(paper, now),
        "signed tomorrow": good.on(paper, now + timedelta(days=1)),
        "for other uses": signature(authority, usage={"key_encipherment": True}).on(paper, now),
    }, {"earlier": earlier.certificate, "later": later.certificate}


def _written(changes: Any) -> bytes:
    out = BytesIO()
    changes.write(out)
    return out.getvalue()


def _pem(certificate: Any) -> str:
    return str(certificate.public_bytes(serialization.Encoding.PEM).decode())
