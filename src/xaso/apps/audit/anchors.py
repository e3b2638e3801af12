"""Anchors: what a chain came to on a day, signed and written outside the database.

Who can rewrite the whole database can seal it anew from the first link on, but not what an anchor kept elsewhere says. An anchor is a file
`<chain>/<day>.json` with the exact signed text, its signature and the key to check it; each names the one before it.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from xaso.apps.audit.chain import GENESIS, Fault


@dataclass(frozen=True)
class Anchor:
    """An anchor as its file says: on that day the chain had so many links, the last with this digest.

    `before` is the digest of the anchor before it, "" for the first; `key` the public key in DER.
    """

    day: str
    made_at: str
    chain: str
    links: int
    digest: str
    before: str
    key: bytes

    def text(self) -> str:
        """Return what is signed."""
        return json.dumps({**self.__dict__, "key": base64.b64encode(self.key).decode(), "xaso": 1}, sort_keys=True)

    @property
    def fingerprint(self) -> str:
        """Return by what people compare the key."""
        return hashlib.sha256(self.key).hexdigest()[:16]


@dataclass(frozen=True)
class Kept:
    """An anchor's file: its name, its digest, and the anchor, None when it says nothing that its key signed."""

    name: str
    digest: str
    anchor: Anchor | None


def as_file(anchor: Anchor, signature: bytes) -> bytes:
    """Return the content of an anchor's file."""
    return json.dumps({"signed": anchor.text(), "signature": base64.b64encode(signature).decode()}, indent=1).encode()


def kept_anchors(folder: Path, chain: UUID) -> list[Kept]:
    """Return the anchors of a chain in the folder, by day."""
    return [_read(path) for path in sorted((folder / chain.hex).glob("*.json"))]


def _read(path: Path) -> Kept:
    content = path.read_bytes()
    return Kept(path.name, hashlib.sha256(content).hexdigest(), _signed_anchor(content))


def _signed_anchor(content: bytes) -> Anchor | None:
    try:
        file = json.loads(content)
        said: Mapping[str, Any] = json.loads(file["signed"])
        key = base64.b64decode(said["key"], validate=True)
        signature = base64.b64decode(file["signature"], validate=True)
        anchor = Anchor(**{name: said[name] for name in ("day", "made_at", "chain", "links", "digest", "before")}, key=key)
    except (ValueError, KeyError, TypeError):
        return None
    return anchor if isinstance(anchor.links, int) and _is_signature(signature, file["signed"].encode(), key) else None


def _is_signature(signature: bytes, data: bytes, key: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    try:
        public = load_der_public_key(key)
        if isinstance(public, ec.EllipticCurvePublicKey):
            public.verify(signature, data, ec.ECDSA(hashes.SHA256()))
            return True
    except (InvalidSignature, ValueError):
        pass
    return False


def faults_of(kept: Iterable[Kept], chain: UUID, digests: Mapping[int, str]) -> Iterator[Fault]:
    """Yield what is wrong between anchors, by day, and the chain's links, whose digests are given by number.

    `forged`: a file that its key did not sign, or for another chain. `anchor_gone`: the anchor before it is gone or another.
    `unanchored`: the chain no longer says what it said on that day. `key_changed`: another key than before signed from this day on.
    """
    before: Kept | None = None
    for one in kept:
        anchor = one.anchor
        if anchor is None or anchor.chain != chain.hex:
            yield Fault("forged", entry=one.name)
            before = one
            continue
        if anchor.before != (before.digest if before else ""):
            yield Fault("anchor_gone", entry=one.name)
        if before and before.anchor and before.anchor.key != anchor.key:
            yield Fault("key_changed", entry=one.name)
        if anchor.digest != (digests.get(anchor.links) if anchor.links else GENESIS):
            yield Fault("unanchored", anchor.links, entry=one.name)
        before = one
