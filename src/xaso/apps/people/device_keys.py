"""The key pair of a phone: reads its public half, and tells whether a signature is that phone's. ECDSA, P-256, SHA-256."""

import re
from base64 import urlsafe_b64decode
from binascii import Error as Base64Error
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from xaso.kernel.errors import Refusal

HALF_BYTES = 32
BASE64URL = re.compile(r"[A-Za-z0-9_-]*={0,2}")


def read_public_key(jwk: Mapping[str, Any]) -> dict[str, str]:
    """Return the four members that make the key, without what else the browser wrote beside them (RFC 7517, RFC 7518 section 6.2).

    Raises Refusal `people.key_wrong` for another kind of key and for a point that does not lie on the curve.
    """
    members = {name: jwk.get(name) for name in ("kty", "crv", "x", "y")}
    if members["kty"] != "EC" or members["crv"] != "P-256":
        raise Refusal("people.key_wrong")
    plain = {name: str(value) for name, value in members.items()}
    _public_key(plain)
    return plain


def is_signed_by(key: Mapping[str, str], content: bytes, signature: str) -> bool:
    """Tell whether the signature, r and s one after the other in base64url as WebCrypto makes it, is the key's over these bytes."""
    raw = _decoded(signature, 2 * HALF_BYTES)
    if raw is None:
        return False
    r, s = int.from_bytes(raw[:HALF_BYTES]), int.from_bytes(raw[HALF_BYTES:])
    try:
        _public_key(key).verify(encode_dss_signature(r, s), content, ec.ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True


def _public_key(key: Mapping[str, str]) -> ec.EllipticCurvePublicKey:
    x, y = (_decoded(key[name], HALF_BYTES) for name in ("x", "y"))
    if x is None or y is None:
        raise Refusal("people.key_wrong")
    try:
        return ec.EllipticCurvePublicNumbers(int.from_bytes(x), int.from_bytes(y), ec.SECP256R1()).public_key()
    except ValueError as error:
        raise Refusal("people.key_wrong") from error


def _decoded(text: str, length: int) -> bytes | None:
    """Return the bytes of a base64url text that has exactly so many, None for any other text."""
    if not BASE64URL.fullmatch(text):
        return None
    try:
        raw = urlsafe_b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4))
    except (Base64Error, ValueError):
        return None
    return raw if len(raw) == length else None
