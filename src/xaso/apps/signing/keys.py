"""Finds the signer that a certificate's key location names: `file:<name>`. A token or a remote service is one more scheme here."""

from pathlib import Path

from django.conf import settings

from xaso.apps.signing.models import Certificate
from xaso.apps.signing.ports import Signer
from xaso.kernel.errors import Refusal

_FILE = "file:"


def keys_directory() -> Path:
    """Return the folder of keys: only the service may read it."""
    return Path(settings.DATA_DIR) / "keys"


def signer_of(certificate: Certificate) -> Signer:
    """Return the signer behind the certificate. Raises Refusal `signing.key_missing`, `signing.key_locked`, `signing.key_mismatch`."""
    from cryptography import x509
    from cryptography.hazmat.primitives import serialization

    from xaso.apps.signing.adapters.software_keys import software_signer

    path = _file_of(certificate)
    if path is None:
        raise Refusal("signing.key_missing")
    signer = software_signer(path)
    key = x509.load_pem_x509_certificate(certificate.pem.encode()).public_key()
    if key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo) != signer.public_key():
        raise Refusal("signing.key_mismatch")
    return signer


def file_location(name: str) -> str:
    """Return the key location of a file in the folder of keys."""
    return f"{_FILE}{name}"


def remove_key(certificate: Certificate) -> None:
    """Delete the private key of a certificate that signs no more; a key that is gone already is no matter."""
    path = _file_of(certificate)
    if path is not None:
        path.unlink(missing_ok=True)


def _file_of(certificate: Certificate) -> Path | None:
    scheme, _, name = certificate.key_location.partition(":")
    return keys_directory() / name if f"{scheme}:" == _FILE and name and Path(name).name == name else None
