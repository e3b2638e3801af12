"""A key as a browser and a stick together would answer with it: real signatures, and whatever is wrong on command."""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

HALF_BYTES = 32
PRESENT, HAS_KEY = AuthenticatorData.FLAG.UP, AuthenticatorData.FLAG.AT


@dataclass
class Authenticator:
    """One key. `uses` is its counter."""

    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    credential_id: bytes = b"mot-khoa-cua-can-bo"
    uses: int = 0

    def made(self, wish: str, origin: str, host: str) -> str:
        """Answer the wish to make a key."""
        point = self.key.public_key().public_numbers()
        public = ES256({1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(HALF_BYTES), -3: point.y.to_bytes(HALF_BYTES)})  # RFC 9053, 7.1.1
        credential = AttestedCredentialData.create(Aaguid(bytes(16)), self.credential_id, public)
        facts = AuthenticatorData.create(sha256(host.encode()).digest(), PRESENT | HAS_KEY, self.uses, credential)
        made = AttestationObject.create("none", facts, {})
        return self._answer({"clientDataJSON": _client("webauthn.create", wish, origin), "attestationObject": bytes(made)})

    def signed(self, wish: str, origin: str, host: str) -> str:
        """Answer the wish to sign; the counter goes up."""
        self.uses += 1
        facts = AuthenticatorData.create(sha256(host.encode()).digest(), PRESENT, self.uses)
        client = _client("webauthn.get", wish, origin)
        signature = self.key.sign(bytes(facts) + sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._answer({"clientDataJSON": client, "authenticatorData": bytes(facts), "signature": signature})

    def _answer(self, response: dict[str, bytes]) -> str:
        own = websafe_encode(self.credential_id)
        plain: dict[str, Any] = {name: websafe_encode(value) for name, value in response.items()}
        return json.dumps({"id": own, "rawId": own, "type": "public-key", "response": plain, "clientExtensionResults": {}})


def _client(kind: str, wish: str, origin: str) -> bytes:
    return json.dumps({"type": kind, "challenge": json.loads(wish)["publicKey"]["challenge"], "origin": origin}).encode()
