"""What this room needs from whoever keeps private keys: an anchor's signature. An upper room fills the place."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from xaso.platform.registries import Registry


@dataclass(frozen=True)
class AnchorKey:
    """Signs the anchors of a chain with the key that is kept for it: ECDSA (DER) over the data's SHA-256.

    Both raise Refusal when the key can't be used; `public_key` gives DER SubjectPublicKeyInfo.
    """

    name: str
    sign: Callable[[UUID, bytes], bytes]
    public_key: Callable[[UUID], bytes]


anchor_keys: Registry[AnchorKey] = Registry("anchor keys")
