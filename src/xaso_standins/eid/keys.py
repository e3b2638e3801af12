"""Secrets that the stand-in makes on its first start and keeps in files that only the owner reads."""

import secrets
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat


def kept_text(path: Path) -> str:
    """Return the random text in the file; make it where there is none."""
    if not path.exists():
        _write(path, secrets.token_urlsafe(50))
    return path.read_text().strip()


def kept_key(path: Path) -> str:
    """Return the RSA key in the file as PEM; make it where there is none."""
    if not path.exists():
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        _write(path, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode())
    return path.read_text()


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(text)
