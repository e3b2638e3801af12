"""A certificate authority for trials, made by the machine itself on first start. All that it issues says so."""

import fcntl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from xaso.apps.signing.adapters.software_keys import keep_key, keep_new_key, load_key

TEST_MARK = "BẢN THỬ – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
ROOT_NAME = "Xã Số CA BẢN THỬ"
ROOT_YEARS = 10
LEAF_DAYS = 730
LIST_DAYS = 7
BACKDATED_DAYS = 366
"""A trial holds months of past cases, signed on their own days; so certificates of the trial begin before it."""

LONGEST_NAME_BYTES = 64
"""What the library takes; a Vietnamese letter takes up to three."""


@dataclass(frozen=True)
class TestAuthority:
    """The authority's folder, certificate and key."""

    __test__ = False

    directory: Path
    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode()


@dataclass(frozen=True)
class IssuedCertificate:
    """A fresh certificate; its key lies in the authority's folder under `key_name`."""

    certificate: x509.Certificate
    key_name: str


def ensure_test_authority(directory: Path, *, now: datetime) -> TestAuthority:
    """Return the authority of the folder; make its key (0600) and its root certificate where there are none. Safe in several processes."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    key_path, certificate_path = directory / "test-ca.key", directory / "test-ca.pem"
    with _alone(directory):
        if not certificate_path.exists():
            key_path.unlink(missing_ok=True)
            key = ec.generate_private_key(ec.SECP256R1())
            keep_key(key_path, key)
            certificate_path.write_bytes(_root(key, now).public_bytes(serialization.Encoding.PEM))
    loaded = load_key(key_path)
    assert isinstance(loaded, ec.EllipticCurvePrivateKey)
    return TestAuthority(directory, x509.load_pem_x509_certificate(certificate_path.read_bytes()), loaded)


def issue(authority: TestAuthority, *, name: str, organisation: str, now: datetime) -> IssuedCertificate:
    """Make a P-256 key in the authority's folder and a certificate for it that says it is a trial."""
    key = ec.generate_private_key(ec.SECP256R1())
    key_name = keep_new_key(authority.directory, key)
    subject = _name(name, organisation)
    first_day = max(now - timedelta(days=BACKDATED_DAYS), authority.certificate.not_valid_before_utc)
    last_day = min(now + timedelta(days=LEAF_DAYS), authority.certificate.not_valid_after_utc)
    builder = _builder(subject, authority.certificate.subject, key.public_key(), first_day, last_day)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_usage(signs_documents=True), critical=True)
    root_identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key())
    builder = builder.add_extension(root_identifier, critical=False)
    return IssuedCertificate(builder.sign(authority.key, hashes.SHA256()), key_name)


def revocation_list(authority: TestAuthority, revoked: Mapping[int, datetime], *, now: datetime) -> bytes:
    """Return the authority's list (DER) of the serial numbers that were revoked and when, good for a week."""
    builder = x509.CertificateRevocationListBuilder().issuer_name(authority.certificate.subject)
    builder = builder.last_update(now).next_update(now + timedelta(days=LIST_DAYS))
    for serial, at in revoked.items():
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(at)
        builder = builder.add_revoked_certificate(entry.build())
    return builder.sign(authority.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def _root(key: ec.EllipticCurvePrivateKey, now: datetime) -> x509.Certificate:
    name = _name(ROOT_NAME, TEST_MARK)
    first_day = now - timedelta(days=BACKDATED_DAYS)
    builder = _builder(name, name, key.public_key(), first_day, now + timedelta(days=365 * ROOT_YEARS))
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    return builder.add_extension(_usage(signs_documents=False), critical=True).sign(key, hashes.SHA256())


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, first_day: datetime, last_day: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(first_day)
        .not_valid_after(last_day)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _name(name: str, organisation: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, _fitting(organisation)),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, TEST_MARK),
            x509.NameAttribute(NameOID.COMMON_NAME, _fitting(name)),
        ]
    )


def _fitting(name: str) -> str:
    return name.encode()[:LONGEST_NAME_BYTES].decode(errors="ignore").rstrip()


def _usage(*, signs_documents: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs_documents,
        content_commitment=signs_documents,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not signs_documents,
        crl_sign=not signs_documents,
        encipher_only=False,
        decipher_only=False,
    )


@contextmanager
def _alone(directory: Path) -> Iterator[None]:
    with (directory / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
