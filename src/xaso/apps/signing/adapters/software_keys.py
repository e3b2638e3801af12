"""Private keys in files of the data folder, readable by the service alone; each is read once a process."""

import os
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from xaso.kernel.errors import Refusal

KEYS_HELD = 256


class SoftwareSigner:
    """A P-256 key held in memory."""

    def __init__(self, key: ec.EllipticCurvePrivateKey) -> None:
        self._key = key

    def sign(self, data: bytes) -> bytes:
        return self._key.sign(data, ec.ECDSA(hashes.SHA256()))

    def public_key(self) -> bytes:
        return self._key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


@lru_cache(maxsize=KEYS_HELD)
def software_signer(path: Path) -> SoftwareSigner:
    """Return the signer whose key is in the file. Raises Refusal `signing.key_missing`."""
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError) as error:
        raise Refusal("signing.key_missing") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise Refusal("signing.key_missing")
    return SoftwareSigner(key)


def keep_key(path: Path, key: ec.EllipticCurvePrivateKey) -> None:
    """Write the key with mode 0600; a key that is there already stays. Raises FileExistsError."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
