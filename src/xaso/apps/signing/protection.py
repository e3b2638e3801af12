"""What private keys are encrypted with on the disk: a passphrase derived from the installation's secret, which lies elsewhere."""

from django.conf import settings


def keys_passphrase() -> bytes:
    """Return the passphrase of the key files. Whoever has only the files, or only a backup of the data folder, can't open them."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=b"xaso.signing", info=b"private keys").derive(settings.SECRET_KEY.encode())
    return derived.hex().encode()
