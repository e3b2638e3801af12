"""What the authority signs: its own certificates, those of its customers, revocation lists, OCSP answers."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

YEARS = 10
LIST_LASTS = timedelta(days=7)
BACKDATED = timedelta(days=30)
"""Its certificates begin so long ago, so that papers signed lately can be tried."""
_USAGE = dict.fromkeys(
    ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"),
    False,
)


def new_key() -> ec.EllipticCurvePrivateKey:
    """Return a P-256 key."""
    return ec.generate_private_key(ec.SECP256R1())


@dataclass
class Authority:
    """A root and the authority under it that issues; `address` is where it answers; `revoked` holds serial numbers and when."""

    address: str
    root_key: ec.EllipticCurvePrivateKey = field(default_factory=new_key)
    key: ec.EllipticCurvePrivateKey = field(default_factory=new_key)
    other_key: ec.EllipticCurvePrivateKey = field(default_factory=new_key)
    revoked: dict[int, datetime] = field(default_factory=dict)
    issued: dict[int, x509.Certificate] = field(default_factory=dict)
    ahead: timedelta = timedelta()

    @property
    def now(self) -> datetime:
        """What its clock shows, which runs `ahead` of the machine's."""
        return datetime.now(UTC) + self.ahead

    def __post_init__(self) -> None:
        root_name, own_name = _name("CA gốc giả lập"), _name("CA giả lập")
        self.root = self._signed(root_name, root_name, self.root_key.public_key(), self.root_key, days=365 * YEARS, ca=True)
        self.certificate = self._signed(own_name, root_name, self.key.public_key(), self.root_key, days=365 * YEARS, ca=True)

    def issue(self, name: str, days: int, passphrase: str) -> bytes:
        """Return a PKCS#12 file with a new key, its certificate and the chain."""
        key = new_key()
        certificate = self.certify(name, key.public_key(), days=days)
        lock = serialization.BestAvailableEncryption(passphrase.encode())
        return pkcs12.serialize_key_and_certificates(b"khoa", key, certificate, [self.certificate, self.root], lock)

    def certify(self, name: str, key: ec.EllipticCurvePublicKey, *, days: int) -> x509.Certificate:
        """Return a certificate for somebody's key."""
        certificate = self._signed(_name(name), self.certificate.subject, key, self.key, days=days, ca=False)
        self.issued[certificate.serial_number] = certificate
        return certificate

    def issue_for_stamps(self, key: ec.EllipticCurvePublicKey, *, days: int, for_stamps: bool = True) -> x509.Certificate:
        """Return a certificate for a time-stamp server; it ends `days` from now, or ended before."""
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING if for_stamps else ExtendedKeyUsageOID.EMAIL_PROTECTION])
        subject = _name("Máy chủ dấu thời gian giả lập")
        certificate = self._signed(subject, self.certificate.subject, key, self.key, days=days, ca=False, only_for=usage)
        self.issued[certificate.serial_number] = certificate
        return certificate

    def revocation_list(self, which: str, *, wrong: bool = False) -> bytes:
        """Return the list (DER) of the root or of the issuing authority; `wrong`: signed by somebody else."""
        issuer, key = (self.root, self.root_key) if which == "root" else (self.certificate, self.key)
        now = self.now
        builder = x509.CertificateRevocationListBuilder().issuer_name(issuer.subject).last_update(now).next_update(now + LIST_LASTS)
        for serial, at in self.revoked.items() if which != "root" else ():
            entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(at)
            builder = builder.add_revoked_certificate(entry.build())
        return builder.sign(self.other_key if wrong else key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    def ocsp_answer(self, question: bytes, *, wrong: bool = False) -> bytes:
        """Return the OCSP answer (DER) about a certificate that this authority issued."""
        asked = ocsp.load_der_ocsp_request(question)
        certificate = self.issued.get(asked.serial_number)
        if certificate is None:
            return ocsp.OCSPResponseBuilder.build_unsuccessful(ocsp.OCSPResponseStatus.UNAUTHORIZED).public_bytes(
                serialization.Encoding.DER
            )
        now, at = self.now, self.revoked.get(asked.serial_number)
        answer = ocsp.OCSPResponseBuilder().add_response(
            cert=certificate,
            issuer=self.certificate,
            algorithm=hashes.SHA256(),
            cert_status=ocsp.OCSPCertStatus.REVOKED if at else ocsp.OCSPCertStatus.GOOD,
            this_update=now,
            next_update=now + LIST_LASTS,
            revocation_time=at,
            revocation_reason=x509.ReasonFlags.key_compromise if at else None,
        )
        answer = answer.responder_id(ocsp.OCSPResponderEncoding.HASH, self.certificate)
        return answer.sign(self.other_key if wrong else self.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    def _signed(
        self,
        subject: x509.Name,
        issuer: x509.Name,
        key: Any,
        issuer_key: Any,
        *,
        days: int,
        ca: bool,
        only_for: x509.ExtendedKeyUsage | None = None,
    ) -> x509.Certificate:
        now = datetime.now(UTC)
        usage = {**_USAGE, "digital_signature": not ca, "content_commitment": not ca, "key_cert_sign": ca, "crl_sign": ca}
        builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
        builder = builder.serial_number(x509.random_serial_number())
        first, last = min(now, now + timedelta(days=days)) - BACKDATED, now + timedelta(days=days)
        builder = builder.not_valid_before(first).not_valid_after(last)
        builder = builder.add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        builder = builder.add_extension(x509.KeyUsage(**usage), critical=True)
        builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        builder = builder.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
        if only_for is not None:
            builder = builder.add_extension(only_for, critical=True)
        if subject != issuer:
            builder = self._with_addresses(builder, is_customer=not ca)
        return builder.sign(issuer_key, hashes.SHA256())

    def _with_addresses(self, builder: x509.CertificateBuilder, *, is_customer: bool) -> x509.CertificateBuilder:
        place = x509.UniformResourceIdentifier(f"{self.address}/crl/{'own' if is_customer else 'root'}.crl")
        builder = builder.add_extension(x509.CRLDistributionPoints([x509.DistributionPoint([place], None, None, None)]), critical=False)
        if not is_customer:
            return builder
        responder = x509.UniformResourceIdentifier(f"{self.address}/ocsp")
        access = x509.AccessDescription(AuthorityInformationAccessOID.OCSP, responder)
        return builder.add_extension(x509.AuthorityInformationAccess([access]), critical=False)


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Đơn vị giả lập"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )
