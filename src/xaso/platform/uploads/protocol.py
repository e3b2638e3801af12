"""The words of tus 1.0: versions, sums, and what a phone says of a file before it sends it. Source: tus.io/protocols/resumable-upload."""

import base64
import binascii
import hashlib
import hmac
import re
from dataclasses import dataclass, field
from typing import Any

from xaso.kernel.errors import Refusal
from xaso.platform.admission.names import safe_name

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,checksum,expiration,termination"
ALGORITHMS = ("sha1", "sha256")
PIECE_TYPE = "application/offset+octet-stream"
MAX_METADATA_CHARS = 2000
SHA256_HEX = re.compile(r"[0-9a-f]{64}")
COUNT = re.compile(r"[0-9]{1,12}", re.ASCII)


@dataclass(frozen=True)
class Announced:
    """What a phone says of a file. `key` is a text that it made for this file: with the same key and sum it means the same file."""

    size_bytes: int
    name: str = ""
    sha256: str = ""
    key: str = ""
    metadata: str = ""

    @property
    def fingerprint(self) -> str | None:
        """Return what the same file of the same phone has in common; None where the phone did not say."""
        if not self.key or not self.sha256:
            return None
        return hashlib.sha256(f"{self.size_bytes}\n{self.sha256}\n{self.key}".encode()).hexdigest()


@dataclass(frozen=True)
class Checksum:
    """The sum that a piece must have."""

    expected: bytes
    digest: Any = field(compare=False)

    def fits(self) -> bool:
        """Tell whether what the digest was fed has the expected sum."""
        return hmac.compare_digest(self.digest.digest(), self.expected)


def announced(length: str | None, metadata: str) -> Announced:
    """Read the headers of a creation. Raises Refusal `uploads.malformed`."""
    values = _metadata(metadata)
    sha256 = values.get("sha256", "").lower()
    if sha256 and not SHA256_HEX.fullmatch(sha256):
        raise Refusal("uploads.malformed")
    name = values.get("filename") or values.get("name", "")
    return Announced(count_of(length), safe_name(name, "") if name else "", sha256, values.get("key", ""), metadata)


def checksum(header: str | None) -> Checksum | None:
    """Read the sum of a piece; None where there is none. Raises Refusal `uploads.checksum_unknown` or `uploads.malformed`."""
    if header is None:
        return None
    algorithm, _space, encoded = header.partition(" ")
    if algorithm not in ALGORITHMS:
        raise Refusal("uploads.checksum_unknown")
    return Checksum(_decoded(encoded), hashlib.new(algorithm, usedforsecurity=False))


def count_of(text: str | None) -> int:
    """Read a number of bytes. Raises Refusal `uploads.malformed`."""
    if text is None or not COUNT.fullmatch(text):
        raise Refusal("uploads.malformed")
    return int(text)


def _metadata(header: str) -> dict[str, str]:
    if len(header) > MAX_METADATA_CHARS:
        raise Refusal("uploads.malformed")
    values: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in header.split(","))):
        name, _space, encoded = pair.partition(" ")
        values[name] = _decoded(encoded).decode("utf-8", errors="replace")
    return values


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Refusal("uploads.malformed") from error
