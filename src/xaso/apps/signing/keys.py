"""Finds the signer that a certificate's key location names: `file:<name>` or `pkcs11:<token>/<key id>`. A remote service is one more."""

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from xaso.apps.signing import options
from xaso.apps.signing.models import Certificate
from xaso.apps.signing.ports import Signer
from xaso.kernel.errors import Refusal

if TYPE_CHECKING:
    from xaso.apps.signing.adapters.pkcs11_keys import Door, KeyPlace

_FILE, _TOKEN = "file:", "pkcs11:"


def keys_directory() -> Path:
    """Return the folder of keys: only the service may read it."""
    return Path(settings.DATA_DIR) / "keys"


def signer_of(certificate: Certificate) -> Signer:
    """Return the signer behind the certificate.

    Raises Refusal `signing.key_missing`, `signing.key_locked`, `signing.key_mismatch`, and of a device `signing.token_*`.
    """
    from cryptography import x509
    from cryptography.hazmat.primitives import serialization

    signer = _signer_at(certificate.key_location)
    key = x509.load_pem_x509_certificate(certificate.pem.encode()).public_key()
    if key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo) != signer.public_key():
        raise Refusal("signing.key_mismatch")
    return signer


def has_device() -> bool:
    """Tell whether the operator named a signing device of the server."""
    return options.PKCS11_MODULE.value() is not None


def device() -> "Door":
    """Return the way to the server's signing device. Raises Refusal `signing.token_unset`."""
    from xaso.apps.signing.adapters.pkcs11_keys import door_to

    module = options.PKCS11_MODULE.value()
    if module is None:
        raise Refusal("signing.token_unset")
    return door_to(module, options.PKCS11_PIN_FILE.value(), keys_directory() / "pkcs11-refused")


def file_location(name: str) -> str:
    """Return the key location of a file in the folder of keys."""
    return f"{_FILE}{name}"


def token_location(place: "KeyPlace") -> str:
    """Return the key location of a key on the server's device."""
    return f"{_TOKEN}{place}"


def remove_key(certificate: Certificate) -> None:
    """Delete the private key of a certificate that signs no more; a key that is gone already is no matter, and a device keeps its own."""
    path = _file_of(certificate.key_location)
    if path is not None:
        path.unlink(missing_ok=True)


def _signer_at(location: str) -> Signer:
    if location.startswith(_TOKEN):
        from xaso.apps.signing.adapters.pkcs11_keys import KeyPlace, TokenSigner

        return TokenSigner(device(), KeyPlace.read(location.removeprefix(_TOKEN)))
    from xaso.apps.signing.adapters.software_keys import software_signer

    path = _file_of(location)
    if path is None:
        raise Refusal("signing.key_missing")
    return software_signer(path)


def _file_of(location: str) -> Path | None:
    scheme, _, name = location.partition(":")
    return keys_directory() / name if f"{scheme}:" == _FILE and name and Path(name).name == name else None
