"""What the service keeps in memory: people's keys with certificates, tokens it gave, and authorisations under way."""

import base64
import hashlib
import secrets
import time
from dataclasses import dataclass, field

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

from xaso_standins.authority.papers import Authority, new_key

CURVE, ECDSA_SHA256, SHA256 = "1.2.840.10045.3.1.7", "1.2.840.10045.4.3.2", "2.16.840.1.101.3.4.2.1"
SAD_SECONDS = 120


class No(Exception):
    """The service refuses: status, code word, words."""

    def __init__(self, status: int, error: str, said: str) -> None:
        super().__init__(error)
        self.status, self.error, self.said = status, error, said


@dataclass
class Credential:
    """A key with its certificate; `mode` is `implicit` (asked on the phone) or `explicit` (asked a PIN)."""

    id: str
    user: str
    mode: str
    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate
    pin: str = ""
    wrong_pins: int = 0


@dataclass
class Leave:
    """An authorisation: for these digests alone, once; `good_from` is when the person will have confirmed."""

    credential_id: str
    hashes: tuple[str, ...]
    good_from: float
    is_used: bool = False

    @property
    def is_given(self) -> bool:
        """Whether the person has confirmed, not too long ago."""
        return self.good_from <= time.monotonic() <= self.good_from + SAD_SECONDS


@dataclass
class KeyHouse:
    """Everything the service knows."""

    authority: Authority
    credentials: dict[str, Credential] = field(default_factory=dict)
    tokens: set[str] = field(default_factory=set)
    leaves: dict[str, Leave] = field(default_factory=dict)

    def add(self, user: str, name: str, mode: str, pin: str) -> Credential:
        """Give somebody a key."""
        key = new_key()
        made = Credential(secrets.token_hex(8), user, mode, key, self.authority.certify(name, key.public_key(), days=365), pin)
        self.credentials[made.id] = made
        return made

    def described(self, credential: Credential) -> dict[str, object]:
        """Return the answer of `credentials/info`."""
        chain = (credential.certificate, self.authority.certificate, self.authority.root)
        texts = [base64.b64encode(one.public_bytes(serialization.Encoding.DER)).decode() for one in chain]
        auth: dict[str, object] = {"mode": credential.mode}
        if credential.mode == "explicit":
            auth |= {"expression": "PIN", "objects": [{"type": "Password", "id": "PIN", "format": "N", "label": "PIN"}]}
        return {
            "description": credential.user,
            "key": {"status": "enabled", "algo": [ECDSA_SHA256], "len": 256, "curve": CURVE},
            "cert": {"status": "valid", "certificates": texts},
            "auth": auth,
            "SCAL": "2",
            "multisign": 1,
        }

    def grant(self, credential_id: str, digests: list[str], *, after_seconds: float) -> str:
        """Give leave for these digests, from then on; return the word for it."""
        word = secrets.token_urlsafe(24)
        self.leaves[word] = Leave(credential_id, tuple(digests), time.monotonic() + after_seconds)
        return word

    def signed(self, credential: Credential, digest: str, *, wrong: bool) -> str:
        """Return the signature over a digest; `wrong` makes one over something else."""
        content = hashlib.sha256(b"something else").digest() if wrong else base64.b64decode(digest, validate=True)
        return base64.b64encode(credential.key.sign(content, ec.ECDSA(Prehashed(hashes.SHA256())))).decode()
