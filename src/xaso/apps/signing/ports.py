"""What signing needs from whatever holds a private key: a file, a token, a remote service."""

from typing import Protocol


class Signer(Protocol):
    """A private key at work. It never hands the key out."""

    def sign(self, data: bytes) -> bytes:
        """Return the signature over the SHA-256 of the data, ECDSA (DER) or RSA (PKCS #1 v1.5) as the key is.

        Raises Refusal when the key can't be used.
        """
        ...

    def public_key(self) -> bytes:
        """Return the public key as DER SubjectPublicKeyInfo, to compare with the certificate."""
        ...
