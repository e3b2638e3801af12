"""Reads what a certification authority gives out: a PKCS#12 file with a private key, its certificate and the authority's chain.

Nothing is kept here, and the passphrase goes no further than this module.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from asn1crypto import pkcs12 as asn1
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from xaso.apps.signing.adapters.software_keys import PrivateKey
from xaso.kernel.errors import Refusal

BYTES_AT_MOST = 128 * 1024
RSA_BITS = (2048, 8192)
CURVES = (ec.SECP256R1, ec.SECP384R1, ec.SECP521R1)
LONGEST_CHAIN = 6

T = TypeVar("T", bound=x509.ExtensionType)


@dataclass(frozen=True)
class KeyFile:
    """A private key that may sign documents, its certificate, and the certificates of who issued it, nearest first."""

    key: PrivateKey
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]

    @property
    def holder_name(self) -> str:
        """Whom the certificate names."""
        return common_name(self.certificate.subject)

    @property
    def chain_pem(self) -> str:
        return "".join(one.public_bytes(serialization.Encoding.PEM).decode() for one in self.chain)


def read_key_file(content: bytes, passphrase: str, *, known: Iterable[x509.Certificate] = (), now: datetime) -> KeyFile:
    """Return what the file holds; `known` are authorities that complete a chain which the file leaves open.

    Raises Refusal `signing.p12_too_large`, `_unreadable`, `_passphrase`, `_no_key`, `_mismatch`, `_weak`, `_not_for_signing`,
    `_self_signed`, `_no_chain`, `_chain_broken`.
    """
    if len(content) > BYTES_AT_MOST:
        raise Refusal("signing.p12_too_large")
    key, own, others = _opened(content, passphrase)
    if key is None:
        raise Refusal("signing.p12_no_key")
    certificate = next((one for one in (own, *others) if one is not None and _spki(one) == _spki(key)), None)
    if certificate is None:
        raise Refusal("signing.p12_mismatch")
    chain = checked_chain(certificate, [*others, *known], now=now)
    return KeyFile(_strong(key), certificate, chain)


def checked_chain(certificate: x509.Certificate, pool: list[x509.Certificate], *, now: datetime) -> tuple[x509.Certificate, ...]:
    """Return who issued the certificate, nearest first, out of the pool; it must be one that may sign documents.

    Raises Refusal `signing.p12_weak`, `_not_for_signing`, `_self_signed`, `_no_chain`, `_chain_broken`.
    """
    key = certificate.public_key()
    is_strong_rsa = isinstance(key, rsa.RSAPublicKey) and RSA_BITS[0] <= key.key_size <= RSA_BITS[1]
    if not is_strong_rsa and not (isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, CURVES)):
        raise Refusal("signing.p12_weak")
    return _chain(_for_signing(certificate), pool, now=now)


def common_name(name: x509.Name) -> str:
    """Return the common name, else the whole name."""
    found = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if found else name.rfc4514_string()


def _opened(content: bytes, passphrase: str) -> tuple[object, x509.Certificate | None, list[x509.Certificate]]:
    try:
        is_protected = bool(asn1.Pfx.load(content, strict=True).native["mac_data"])
    except (ValueError, TypeError, KeyError) as error:
        raise Refusal("signing.p12_unreadable") from error
    try:
        return pkcs12.load_key_and_certificates(content, passphrase.encode() if passphrase else None)
    except UnsupportedAlgorithm as error:
        raise Refusal("signing.p12_unreadable") from error
    except ValueError as error:
        raise Refusal("signing.p12_passphrase" if is_protected else "signing.p12_unreadable") from error


def _spki(one: object) -> bytes:
    public = one.public_key()  # type: ignore[attr-defined]
    encoded: bytes = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return encoded


def _strong(key: object) -> PrivateKey:
    if isinstance(key, rsa.RSAPrivateKey) and RSA_BITS[0] <= key.key_size <= RSA_BITS[1]:
        return key
    if isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, CURVES):
        return key
    raise Refusal("signing.p12_weak")


def _for_signing(certificate: x509.Certificate) -> x509.Certificate:
    """A certificate without the extension is not restricted (RFC 5280, 4.2.1.3); one of an authority signs no papers."""
    usage = _extension(certificate, x509.KeyUsage)
    allows = usage is None or usage.digital_signature or usage.content_commitment
    if not allows or is_authority(certificate):
        raise Refusal("signing.p12_not_for_signing")
    return certificate


def _chain(certificate: x509.Certificate, pool: list[x509.Certificate], *, now: datetime) -> tuple[x509.Certificate, ...]:
    if certificate.issuer == certificate.subject:
        raise Refusal("signing.p12_self_signed")
    chain: list[x509.Certificate] = []
    current = certificate
    while current.issuer != current.subject and len(chain) < LONGEST_CHAIN:
        named = [one for one in pool if one.subject == current.issuer]
        if not named:
            break
        issuer = next((one for one in named if _issued(one, current, now)), None)
        if issuer is None:
            raise Refusal("signing.p12_chain_broken")
        chain.append(issuer)
        current = issuer
    if not chain:
        raise Refusal("signing.p12_no_chain", issuer=common_name(certificate.issuer))
    return tuple(chain)


def _issued(issuer: x509.Certificate, subject: x509.Certificate, now: datetime) -> bool:
    if not is_authority(issuer) or not issuer.not_valid_before_utc <= now <= issuer.not_valid_after_utc:
        return False
    try:
        subject.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def is_authority(certificate: x509.Certificate) -> bool:
    """Tell whether the certificate is an authority's own."""
    constraints = _extension(certificate, x509.BasicConstraints)
    return constraints is not None and constraints.ca


def _extension(certificate: x509.Certificate, kind: type[T]) -> T | None:
    try:
        return certificate.extensions.get_extension_for_class(kind).value
    except (x509.ExtensionNotFound, ValueError):
        return None
