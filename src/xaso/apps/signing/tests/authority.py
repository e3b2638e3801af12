"""A certification authority as communes buy from: it gives out PKCS#12 files, good ones and those that must be refused."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

PASSPHRASE = "mat-khau-cua-tep-2026"
USAGE = dict.fromkeys(
    (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    ),
    False,
)
SIGNS = {"digital_signature": True, "content_commitment": True}


def name(common: str) -> x509.Name:
    """Return a subject's name."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Đơn vị mẫu"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def elliptic() -> Any:
    """Return a new P-256 key."""
    return ec.generate_private_key(ec.SECP256R1())


def rsa_key(bits: int = 2048) -> Any:
    """Return a new RSA key."""
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


@dataclass(frozen=True)
class Authority:
    """A root, and an authority under it that issues certificates; both are good for ten years from `now`."""

    now: datetime
    root_key: Any
    root: x509.Certificate
    key: Any
    certificate: x509.Certificate

    @classmethod
    def founded(cls, now: datetime) -> "Authority":
        """Return a new authority."""
        root_key, key = _own_keys()
        root = signed(name("CA gốc mẫu"), name("CA gốc mẫu"), root_key, root_key, now=now, ca=True)
        return cls(now, root_key, root, key, signed(name("CA cấp mẫu"), name("CA gốc mẫu"), key, root_key, now=now, ca=True))

    def issues(self, common: str, key: Any, **facts: Any) -> x509.Certificate:
        """Return a certificate for the key."""
        return signed(name(common), self.certificate.subject, key, self.key, now=self.now, **facts)

    def key_file(self, common: str, key: Any = None, *, chain: tuple[x509.Certificate, ...] | None = None, **facts: Any) -> bytes:
        """Return a PKCS#12 file under PASSPHRASE with the key, its certificate and the chain."""
        key = key or elliptic()
        given = (self.certificate, self.root) if chain is None else chain
        return packed(key, self.issues(common, key, **facts), given)

    def revocations(self, *revoked: x509.Certificate, at: datetime, made: datetime | None = None) -> bytes:
        """Return the authority's revocation list (DER), made at `made`, in which the certificates were revoked at `at`."""
        return _list(self.certificate.subject, self.key, revoked, at, made or self.now)

    def root_revocations(self, *revoked: x509.Certificate, at: datetime) -> bytes:
        """Return the root's revocation list (DER)."""
        return _list(self.root.subject, self.root_key, revoked, at, self.now)


def _list(issuer: x509.Name, key: Any, revoked: tuple[x509.Certificate, ...], at: datetime, made: datetime) -> bytes:
    builder = x509.CertificateRevocationListBuilder().issuer_name(issuer).last_update(made).next_update(made + timedelta(days=30))
    for one in revoked:
        entry = x509.RevokedCertificateBuilder().serial_number(one.serial_number).revocation_date(at)
        builder = builder.add_revoked_certificate(entry.build())
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


@cache
def _own_keys() -> tuple[Any, Any]:
    return elliptic(), rsa_key()


def packed(key: Any, certificate: x509.Certificate, chain: tuple[x509.Certificate, ...] = (), passphrase: str = PASSPHRASE) -> bytes:
    """Return a PKCS#12 file."""
    lock = serialization.BestAvailableEncryption(passphrase.encode())
    return pkcs12.serialize_key_and_certificates(b"khoa", key, certificate, list(chain), lock)


def signed(
    subject: x509.Name,
    issuer: x509.Name,
    key: Any,
    issuer_key: Any,
    *,
    now: datetime,
    ca: bool = False,
    days: tuple[int, int] = (-10, 365),
    usage: dict[str, bool] | None = None,
) -> x509.Certificate:
    """Return a certificate; `days` are its first and last day counted from `now`."""
    first, last = (-10, 3650) if ca else days
    allowed = {"key_cert_sign": True, "crl_sign": True} if ca else SIGNS if usage is None else usage
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(now + timedelta(days=first)).not_valid_after(now + timedelta(days=last))
    builder = builder.add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    builder = builder.add_extension(x509.KeyUsage(**{**USAGE, **allowed}), critical=True)
    return builder.sign(issuer_key, hashes.SHA256())
