"""A commune's own certificate authority, for where no public one reaches: a network without a domain name, or without internet.

It may vouch for this installation's names and addresses only (name constraints, RFC 5280, 4.2.1.10): whoever puts its certificate into a
phone gives it power over nothing else. Its key stays on this machine. The server's certificate is short enough for every phone
(iOS: at most 825 days for an authority that a person added) and is made anew two months before it ends.
"""

from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from xaso.site.installing.writing import write

AUTHORITY_DAYS, SERVER_DAYS, RENEWED_BEFORE_DAYS = 3650, 397, 60
CLOCKS_APART = timedelta(hours=1)


class PrivateAuthority:
    """The files `ca.crt`, `ca.key`, `server.crt` (with its chain) and `server.key` of a folder."""

    def __init__(self, folder: Path) -> None:
        self.certificate, self._key = folder / "ca.crt", folder / "ca.key"
        self.server_certificate, self.server_key = folder / "server.crt", folder / "server.key"

    def provide(self, hosts: list[str], *, now: datetime) -> bool:
        """Make what is missing, for other hosts, or about to end; tells whether anything was made."""
        if not self._covers(hosts):
            self._make_authority(hosts, now)
            self._make_server(hosts, now)
            return True
        if self._is_ending(now):
            self._make_server(hosts, now)
            return True
        return False

    def ends_at(self) -> datetime:
        """Return until when the server's certificate holds."""
        return _read(self.server_certificate).not_valid_after_utc

    def _covers(self, hosts: list[str]) -> bool:
        paths = (self.certificate, self._key, self.server_certificate, self.server_key)
        return all(path.exists() for path in paths) and _names(_read(self.server_certificate)) == set(map(_name, hosts))

    def _is_ending(self, now: datetime) -> bool:
        return self.ends_at() - now < timedelta(days=RENEWED_BEFORE_DAYS)

    def _make_authority(self, hosts: list[str], now: datetime) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Xã Số {hosts[0]} (riêng)")])
        made = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - CLOCKS_APART)
            .not_valid_after(now + timedelta(days=AUTHORITY_DAYS))
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(signs_certificates=True), critical=True)
            .add_extension(x509.NameConstraints([_constraint(host) for host in hosts], None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .sign(key, hashes.SHA256())
        )
        write(self._key, _private(key), mode=0o600)
        write(self.certificate, made.public_bytes(serialization.Encoding.PEM), mode=0o644)

    def _make_server(self, hosts: list[str], now: datetime) -> None:
        authority = _read(self.certificate)
        signing = serialization.load_pem_private_key(self._key.read_bytes(), None)
        assert isinstance(signing, ec.EllipticCurvePrivateKey)
        key = ec.generate_private_key(ec.SECP256R1())
        made = (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, hosts[0])]))
            .issuer_name(authority.subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - CLOCKS_APART)
            .not_valid_after(now + timedelta(days=SERVER_DAYS))
            .add_extension(x509.SubjectAlternativeName([_name(host) for host in hosts]), critical=False)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(signs_certificates=False), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key()), critical=False)
            .sign(signing, hashes.SHA256())
        )
        chain = made.public_bytes(serialization.Encoding.PEM) + self.certificate.read_bytes()
        write(self.server_key, _private(key), mode=0o600)
        write(self.server_certificate, chain, mode=0o644)


def is_address(host: str) -> bool:
    """Tell whether the host is a number rather than a name."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _name(host: str) -> x509.GeneralName:
    return x509.IPAddress(ip_address(host)) if is_address(host) else x509.DNSName(host)


def _constraint(host: str) -> x509.GeneralName:
    return x509.IPAddress(ip_network(host)) if is_address(host) else x509.DNSName(host)


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _names(certificate: x509.Certificate) -> set[x509.GeneralName]:
    return set(certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value)


def _read(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
