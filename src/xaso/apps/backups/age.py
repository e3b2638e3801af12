"""Writes and reads the file format of `age` (age-encryption.org/v1) for X25519 keys, as a stream.

What is written here opens with the program `age` too, without Xã Số. The format: a header that holds the file's own key once for each
recipient, then chunks of 64 KiB, each sealed with ChaCha20-Poly1305 under its number, the last one marked as such. So a byte that was
changed, moved, cut off or appended is found in its chunk, before anything of that chunk is handed on.
"""

import base64
import hashlib
import hmac
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import IO, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from xaso.apps.backups import bech32

INTRO = b"age-encryption.org/v1\n"
STANZA = b"-> X25519 "
MAC = b"---"
CHUNK_BYTES = 64 * 1024
TAG_BYTES = 16
LONGEST_HEADER_BYTES = 16 * 1024
PUBLIC, SECRET = "age", "age-secret-key-"


class Target(Protocol):
    """Where something is written to."""

    def write(self, content: bytes, /) -> object:
        """Take content."""


class NotReadable(Exception):
    """The file is not what was written: `at_byte` is where its first wrong chunk begins."""

    def __init__(self, at_byte: int) -> None:
        super().__init__(at_byte)
        self.at_byte = at_byte


class WrongKey(Exception):
    """None of the keys opens the file."""


@dataclass(frozen=True)
class Recipient:
    """Who may open what is written: the public half of a key, `age1…`."""

    raw: bytes

    @classmethod
    def read(cls, text: str) -> "Recipient":
        """Raise ValueError when the text is not a public key."""
        raw = bech32.decode(PUBLIC, text)
        X25519PublicKey.from_public_bytes(raw)
        return cls(raw)

    def __str__(self) -> str:
        return bech32.encode(PUBLIC, self.raw)


@dataclass(frozen=True, repr=False)
class Identity:
    """The secret half, `AGE-SECRET-KEY-1…`."""

    raw: bytes

    @classmethod
    def make(cls) -> "Identity":
        """Return a new key."""
        return cls(os.urandom(32))

    @classmethod
    def read(cls, text: str) -> "Identity":
        """Raise ValueError when the text is not a secret key."""
        raw = bech32.decode(SECRET, text)
        X25519PrivateKey.from_private_bytes(raw)
        return cls(raw)

    def text(self) -> str:
        """Return the key as it is kept on paper and in files."""
        return bech32.encode(SECRET, self.raw).upper()

    @property
    def recipient(self) -> Recipient:
        """Return the public half."""
        return Recipient(X25519PrivateKey.from_private_bytes(self.raw).public_key().public_bytes_raw())


def identities_in(text: str) -> list[Identity]:
    """Return the secret keys of a key file: one a line, lines that begin with `#` are remarks. Raises ValueError for any other line."""
    lines = [line.strip() for line in text.splitlines()]
    return [Identity.read(line) for line in lines if line and not line.startswith("#")]


class Writer:
    """Seals what is written to it, chunk by chunk; nothing is whole before `close`."""

    def __init__(self, target: Target, recipients: Sequence[Recipient]) -> None:
        file_key, nonce = os.urandom(16), os.urandom(16)
        target.write(_header(file_key, recipients) + nonce)
        self._cipher = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))
        self._target = target
        self._held = bytearray()
        self._number = 0

    def write(self, content: bytes) -> int:
        """Take content; a full chunk is sealed once more follows, because only then it is not the last."""
        self._held += content
        while len(self._held) > CHUNK_BYTES:
            self._seal(bytes(self._held[:CHUNK_BYTES]), last=False)
            del self._held[:CHUNK_BYTES]
        return len(content)

    def close(self) -> None:
        """Seal the last chunk. The target stays open."""
        self._seal(bytes(self._held), last=True)
        self._held.clear()

    def _seal(self, chunk: bytes, *, last: bool) -> None:
        self._target.write(self._cipher.encrypt(_nonce(self._number, last=last), chunk, None))
        self._number += 1


class Reader:
    """Hands out what was sealed; `read(n)` as a file's. Raises WrongKey at once, NotReadable where the file was altered."""

    def __init__(self, source: IO[bytes], identities: Sequence[Identity]) -> None:
        file_key, header_bytes = _opened_header(source, identities)
        nonce = source.read(16)
        self._cipher = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))
        self._chunks = self._opened_chunks(source, header_bytes + len(nonce))
        self._held = b""
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        """Return so many bytes, fewer only at the end."""
        parts, wanted = [], size if size >= 0 else 1 << 62
        while wanted:
            if self._at == len(self._held):
                self._held, self._at = next(self._chunks, b""), 0
                if not self._held:
                    break
            part = self._held[self._at : self._at + wanted]
            self._at += len(part)
            wanted -= len(part)
            parts.append(part)
        return b"".join(parts)

    def _opened_chunks(self, source: IO[bytes], at_byte: int) -> Iterator[bytes]:
        number, sealed = 0, source.read(CHUNK_BYTES + TAG_BYTES)
        while True:
            following = source.read(CHUNK_BYTES + TAG_BYTES)
            try:
                chunk = self._cipher.decrypt(_nonce(number, last=not following), sealed, None)
            except InvalidTag as error:
                raise NotReadable(at_byte) from error
            if not chunk and number:
                raise NotReadable(at_byte)
            yield chunk
            if not following:
                return
            number, at_byte, sealed = number + 1, at_byte + len(sealed), following


def _header(file_key: bytes, recipients: Sequence[Recipient]) -> bytes:
    stanzas = b"".join(_stanza(file_key, recipient) for recipient in recipients)
    header = INTRO + stanzas + MAC
    return header + b" " + _base64(_mac(file_key, header)) + b"\n"


def _stanza(file_key: bytes, recipient: Recipient) -> bytes:
    once = X25519PrivateKey.generate()
    share = once.public_key().public_bytes_raw()
    shared = once.exchange(X25519PublicKey.from_public_bytes(recipient.raw))
    wrapped = _wrapping(shared, share + recipient.raw).encrypt(bytes(12), file_key, None)
    return STANZA + _base64(share) + b"\n" + _base64(wrapped) + b"\n"


def _opened_header(source: IO[bytes], identities: Sequence[Identity]) -> tuple[bytes, int]:
    """Return the file's key, and how long the header is."""
    lines = list(_header_lines(source))
    header = b"".join(lines)
    signed = header[: -len(lines[-1])] + MAC
    for intro, body in pairwise(lines[1:]):
        file_key = _unwrapped(intro, body, identities) if intro.startswith(STANZA) else None
        if file_key is None:
            continue
        if not hmac.compare_digest(_base64(_mac(file_key, signed)), lines[-1][len(MAC) + 1 : -1]):
            raise NotReadable(0)
        return file_key, len(header)
    raise WrongKey


def _header_lines(source: IO[bytes]) -> Iterator[bytes]:
    left = LONGEST_HEADER_BYTES
    first = True
    while True:
        line = source.readline(left)
        left -= len(line)
        if not line.endswith(b"\n") or (first and line != INTRO):
            raise NotReadable(0)
        first = False
        yield line
        if line.startswith(MAC):
            return


def _unwrapped(intro: bytes, body: bytes, identities: Sequence[Identity]) -> bytes | None:
    try:
        share, wrapped = _from_base64(intro[len(STANZA) : -1]), _from_base64(body[:-1])
    except ValueError:
        return None
    for identity in identities:
        try:
            shared = X25519PrivateKey.from_private_bytes(identity.raw).exchange(X25519PublicKey.from_public_bytes(share))
            return _wrapping(shared, share + identity.recipient.raw).decrypt(bytes(12), wrapped, None)
        except (InvalidTag, ValueError):
            continue
    return None


def _wrapping(shared: bytes, salt: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(_derived(shared, salt, b"age-encryption.org/v1/X25519"))


def _derived(secret: bytes, salt: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=salt, info=purpose).derive(secret)


def _mac(file_key: bytes, header: bytes) -> bytes:
    return hmac.digest(_derived(file_key, b"", b"header"), header, hashlib.sha256)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _base64(content: bytes) -> bytes:
    return base64.b64encode(content).rstrip(b"=")


def _from_base64(text: bytes) -> bytes:
    return base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
