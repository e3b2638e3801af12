"""Fetches revocation lists and OCSP answers, only from where the operator allows; each within a few seconds and megabytes.

The addresses stand in certificates that an administrator registered, or in the operator's own setting, never in a stranger's file.
Redirects are not followed.
"""

from dataclasses import dataclass
from itertools import pairwise

from asn1crypto import pem
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID

from xaso.apps.signing.adapters.bounded_http import NoAnswer, fetch

SECONDS_IN_ALL = 10
MOST_BYTES = 16 * 1024 * 1024
CRL, OCSP = "crl", "ocsp"


@dataclass(frozen=True)
class Question:
    """What is asked where; `name` is what its answer is kept under. `body` is empty for a list."""

    kind: str
    name: str
    url: str
    body: bytes = b""


def questions(chains: list[str], allowed: tuple[str, ...]) -> list[Question]:
    """Return what to ask about certificates, each with its chain (PEM, nearest first), each address once."""
    found = {url: Question(CRL, _name(url), url) for url in allowed if url.endswith(".crl")}
    for chain in chains:
        certificates = x509.load_pem_x509_certificates(chain.encode())
        for one in certificates:
            found.update({url: Question(CRL, _name(url), url) for url in _list_addresses(one) if _is_allowed(url, allowed)})
        for one, issuer in pairwise(certificates):
            fingerprint = one.fingerprint(hashes.SHA256()).hex()
            for url in (url for url in _responders(one) if _is_allowed(url, allowed)):
                found[f"{fingerprint} {url}"] = Question(OCSP, fingerprint[:40], url, _ocsp_question(one, issuer))
    return list(found.values())


def ask(question: Question) -> bytes:
    """Return the answer (DER). Raises NoAnswer."""
    media_type = "application/ocsp-request" if question.body else ""
    content = fetch(question.url, question.body, media_type, seconds=SECONDS_IN_ALL, most_bytes=MOST_BYTES)
    return _checked(question.kind, pem.unarmor(content)[2] if pem.detect(content) else content)


def _checked(kind: str, content: bytes) -> bytes:
    try:
        if kind == CRL:
            x509.load_der_x509_crl(content)
        elif ocsp.load_der_ocsp_response(content).response_status != ocsp.OCSPResponseStatus.SUCCESSFUL:
            raise NoAnswer("refused")
    except ValueError as error:
        raise NoAnswer("not an answer") from error
    return content


def _is_allowed(url: str, allowed: tuple[str, ...]) -> bool:
    return any(url == one or (one.endswith("/") and url.startswith(one)) for one in allowed)


def _list_addresses(certificate: x509.Certificate) -> list[str]:
    try:
        points = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    except (x509.ExtensionNotFound, ValueError):
        return []
    return [name.value for point in points for name in point.full_name or () if isinstance(name, x509.UniformResourceIdentifier)]


def _responders(certificate: x509.Certificate) -> list[str]:
    try:
        places = certificate.extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    except (x509.ExtensionNotFound, ValueError):
        return []
    return [
        place.access_location.value
        for place in places
        if place.access_method == AuthorityInformationAccessOID.OCSP and isinstance(place.access_location, x509.UniformResourceIdentifier)
    ]


def _ocsp_question(certificate: x509.Certificate, issuer: x509.Certificate) -> bytes:
    built = ocsp.OCSPRequestBuilder().add_certificate(certificate, issuer, hashes.SHA1()).build()  # noqa: S303 - what RFC 6960 answers to
    return built.public_bytes(serialization.Encoding.DER)


def _name(url: str) -> str:
    digest = hashes.Hash(hashes.SHA256())
    digest.update(url.encode())
    return digest.finalize().hex()[:40]
