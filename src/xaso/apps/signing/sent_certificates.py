"""Certificates as a page sends them: by the program on the official's computer, or as a file."""

from base64 import b64decode, b64encode

from cryptography import x509
from django.http import HttpRequest

from xaso.apps.signing.keys import HOLDERS_OWN, HeldKey
from xaso.kernel.errors import Refusal

MOST, MOST_BYTES = 20, 16 * 1024


def certificates_sent(request: HttpRequest) -> list[HeldKey]:
    """Return the certificates that came, none of an authority's among them. Raises Refusal `signing.certificate_unreadable`."""
    if request.method != "POST":
        return []
    from xaso.apps.signing.adapters.pkcs12 import is_authority

    upload = request.FILES.get("tep")
    contents = [upload.read(MOST_BYTES)] if upload else [_read(text) for text in request.POST.getlist("der")[:MOST]]
    found = [_certificate(content) for content in contents]
    own = [HeldKey(HOLDERS_OWN, one) for one in found if not is_authority(one)]
    if not own:
        raise Refusal("signing.certificate_unreadable")
    return own


def written(one: HeldKey) -> str:
    """Return a certificate as a form sends it again."""
    from cryptography.hazmat.primitives.serialization import Encoding

    return b64encode(one.certificate.public_bytes(Encoding.DER)).decode()


def _read(text: str) -> bytes:
    try:
        return b64decode(text[: 2 * MOST_BYTES], validate=True)
    except ValueError as error:
        raise Refusal("signing.certificate_unreadable") from error


def _certificate(content: bytes) -> x509.Certificate:
    read = x509.load_pem_x509_certificate if b"-----BEGIN" in content else x509.load_der_x509_certificate
    try:
        return read(content)
    except ValueError as error:
        raise Refusal("signing.certificate_unreadable") from error
