"""Keeps the authority's keys and certificates in a folder, so that what it vouched for yesterday is believed after the next start."""

from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from xaso_standins.authority.papers import Authority, new_key
from xaso_standins.authority.stamping import TimeStamper


def kept(folder: Path, address: str) -> tuple[Authority, TimeStamper]:
    """Return the authority of the folder and its time-stamp server; made on the first start.

    Keys and root stay. What names an address is certified anew when the authority answers at another one.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    authority = Authority(address, root_key=_key(folder / "root.key"), key=_key(folder / "own.key"))
    authority.root = _certificate(folder / "root.pem", authority.root)
    moved = _replace(folder / "address", address)
    authority.certificate = _certificate(folder / "own.pem", authority.certificate, anew=moved)
    stamper = TimeStamper(authority, key=_key(folder / "stamps.key"))
    stamper.certificate = _certificate(folder / "stamps.pem", stamper.certificate, anew=moved)
    authority.issued[stamper.certificate.serial_number] = stamper.certificate
    return authority, stamper


def _key(path: Path) -> ec.EllipticCurvePrivateKey:
    if not path.exists():
        path.touch(mode=0o600)
        path.write_bytes(new_key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    key = load_pem_private_key(path.read_bytes(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key


def _certificate(path: Path, fresh: x509.Certificate, *, anew: bool = False) -> x509.Certificate:
    """Return the certificate of the file; the fresh one, kept from now on, where there is none or it is wanted."""
    if anew or not path.exists():
        path.write_bytes(fresh.public_bytes(Encoding.PEM))
    return x509.load_pem_x509_certificate(path.read_bytes())


def _replace(path: Path, text: str) -> bool:
    """Write the text; tells whether another one stood there."""
    changed = not path.exists() or path.read_text() != text
    path.write_text(text)
    return changed
