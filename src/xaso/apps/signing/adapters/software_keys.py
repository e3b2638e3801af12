"""Private keys in files of the data folder, encrypted and readable by the service alone; each is read once a process."""

import os
import secrets
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from xaso.apps.signing.protection import keys_passphrase
from xaso.kernel.errors import Refusal

KEYS_HELD = 256
PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


class SoftwareSigner:
    """An elliptic-curve or RSA key held in memory."""

    def __init__(self, key: PrivateKey) -> None:
        self._key = key

    def sign(self, data: bytes) -> bytes:
        if isinstance(self._key, rsa.RSAPrivateKey):
            return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return self._key.sign(data, ec.ECDSA(hashes.SHA256()))

    def public_key(self) -> bytes:
        return self._key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


@lru_cache(maxsize=KEYS_HELD)
def software_signer(path: Path) -> SoftwareSigner:
    """Return the signer whose key is in the file. Raises Refusal `signing.key_missing`, `signing.key_locked`."""
    return SoftwareSigner(load_key(path))


def load_key(path: Path) -> PrivateKey:
    """Return the key in the file, encrypted or, as early installations kept it, plain. Raises Refusal as `software_signer`."""
    try:
        content = path.read_bytes()
        is_plain = b"ENCRYPTED" not in content.partition(b"\n")[0]
    except OSError as error:
        raise Refusal("signing.key_missing") from error
    try:
        key = serialization.load_pem_private_key(content, password=None if is_plain else keys_passphrase())
    except ValueError as error:
        raise Refusal("signing.key_missing" if is_plain else "signing.key_locked") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise Refusal("signing.key_missing")
    return key


def keep_key(path: Path, key: PrivateKey) -> None:
    """Write the key, encrypted, with mode 0600; a key that is there already stays. Raises FileExistsError."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    lock = serialization.BestAvailableEncryption(keys_passphrase())
    with os.fdopen(descriptor, "wb") as file:
        file.write(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, lock))
        file.flush()
        os.fsync(file.fileno())


def keep_new_key(directory: Path, key: PrivateKey) -> str:
    """Write the key under a name of its own in the folder, which is made if it is absent; return the name."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"{secrets.token_hex(16)}.key"
    keep_key(directory / name, key)
    return name
