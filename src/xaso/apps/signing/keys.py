"""Finds the signer that a certificate's key location names: `file:<name>`, `pkcs11:<token>/<key id>` or `csc:<key at the service>`.

`token:` is a key on the holder's own USB token: no signer of ours reaches it, her computer does (`actions.own_token`).
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from django.conf import settings

from xaso.apps.signing import options
from xaso.apps.signing.models import Certificate
from xaso.apps.signing.ports import Signer
from xaso.kernel.errors import Refusal

if TYPE_CHECKING:
    from cryptography import x509

    from xaso.apps.signing.adapters.csc_service import CscService
    from xaso.apps.signing.adapters.pkcs11_keys import Door

HOLDERS_OWN = "token:"
_FILE, _TOKEN, _REMOTE = "file:", "pkcs11:", "csc:"


@dataclass(frozen=True)
class HeldKey:
    """A key that something else keeps: its location, its certificate, and others that may be that one's issuers."""

    location: str
    certificate: "x509.Certificate"
    others: "tuple[x509.Certificate, ...]" = ()


def keys_directory() -> Path:
    """Return the folder of keys: only the service may read it."""
    return Path(settings.DATA_DIR) / "keys"


def signer_of(certificate: Certificate) -> Signer:
    """Return the signer behind the certificate.

    Raises Refusal `signing.key_missing`, `signing.key_locked`, `signing.key_mismatch`,
    of a device `signing.token_*`, of a service `signing.remote_*`; `signing.own_token` of a key that no server reaches.
    """
    from cryptography import x509
    from cryptography.hazmat.primitives import serialization

    signer = _signer_at(certificate.key_location)
    key = x509.load_pem_x509_certificate(certificate.pem.encode()).public_key()
    if key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo) != signer.public_key():
        raise Refusal("signing.key_mismatch")
    return signer


def is_own_token(certificate: Certificate) -> bool:
    """Tell whether the key lies on the holder's own USB token."""
    return certificate.key_location == HOLDERS_OWN


def require_key(certificate: Certificate) -> None:
    """Raise what `signer_of` raises; whether a holder's own token is at hand shows only when she signs."""
    if not is_own_token(certificate):
        signer_of(certificate)


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


def has_remote_service() -> bool:
    """Tell whether the operator named a remote signing service."""
    return bool(options.REMOTE_ADDRESS.value())


def held_on_device() -> list[HeldKey]:
    """Return the keys on the server's signing device. Raises Refusal `signing.token_*`."""
    from xaso.apps.signing.adapters.pkcs11_keys import certificates_on

    there = certificates_on(device())
    others = tuple(one.certificate for one in there)
    return [HeldKey(f"{_TOKEN}{one.place}", one.certificate, others) for one in there]


def held_remotely(user: str) -> list[HeldKey]:
    """Return the keys that somebody has at the remote service, by the name used there. Raises Refusal `signing.remote_*`."""
    from xaso.apps.signing.adapters.csc_keys import credentials_of

    found = credentials_of(remote_service(), user)
    return [HeldKey(f"{_REMOTE}{quote(one.id, safe='')}", one.certificate, one.chain) for one in found]


def remote_service() -> "CscService":
    """Return the way to the remote service. Raises Refusal `signing.remote_unset`."""
    address = options.REMOTE_ADDRESS.value()
    if not address:
        raise Refusal("signing.remote_unset")
    return _service_at(address, options.REMOTE_CLIENT.value(), options.REMOTE_SECRET_FILE.value())


@cache
def _service_at(address: str, client: str, secret_file: Path | None) -> "CscService":
    from xaso.apps.signing.adapters.csc_service import CscService

    return CscService(address, client, secret_file)


def file_location(name: str) -> str:
    """Return the key location of a file in the folder of keys."""
    return f"{_FILE}{name}"


def remove_key(certificate: Certificate) -> None:
    """Delete the private key of a certificate that signs no more; a key that is gone already is no matter, and a device keeps its own."""
    path = _file_of(certificate.key_location)
    if path is not None:
        path.unlink(missing_ok=True)


def _signer_at(location: str) -> Signer:
    if location == HOLDERS_OWN:
        raise Refusal("signing.own_token")
    if location.startswith(_TOKEN):
        from xaso.apps.signing.adapters.pkcs11_keys import KeyPlace, TokenSigner

        return TokenSigner(device(), KeyPlace.read(location.removeprefix(_TOKEN)))
    if location.startswith(_REMOTE):
        from xaso.apps.signing.adapters.csc_keys import RemoteSigner, Terms

        terms = Terms(options.REMOTE_SECONDS.value(), options.REMOTE_PIN_FILE.value(), keys_directory() / "csc-refused")
        return RemoteSigner(remote_service(), unquote(location.removeprefix(_REMOTE)), terms)
    from xaso.apps.signing.adapters.software_keys import software_signer

    path = _file_of(location)
    if path is None:
        raise Refusal("signing.key_missing")
    return software_signer(path)


def _file_of(location: str) -> Path | None:
    scheme, _, name = location.partition(":")
    return keys_directory() / name if f"{scheme}:" == _FILE and name and Path(name).name == name else None
