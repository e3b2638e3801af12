"""What signing needs from outside: whatever holds a private key (a file, a token, a remote service), and who vouches for the time."""

from dataclasses import dataclass
from datetime import datetime
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


@dataclass(frozen=True)
class StampToken:
    """A time stamp that was checked: the token (DER), the time it vouches for, by whom, and when that one's certificate ends.

    `chain` is the server's certificate with its issuers (DER), the trusted one last.
    """

    der: bytes
    at: datetime
    by: str
    ends_at: datetime
    chain: tuple[bytes, ...] = ()


class NoStamp(Exception):
    """No time stamp could be had. `reason` is a word of `time_stamps.TROUBLES`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Stamper(Protocol):
    """A time-stamp server. `room_bytes` is how much room its next token needs; one that is longer is not used."""

    @property
    def room_bytes(self) -> int: ...

    def stamp(self, digest: bytes, *, now: datetime) -> StampToken:
        """Return a time stamp over the SHA-256 digest. `now` is our own clock's time. Raises NoStamp."""
        ...
