"""Keys that a remote signing service keeps: which there are, and one of them at work.

The service signs a digest once it has been authorised: by the person on the phone (`implicit`; the service asks, we wait), or by a PIN that
stands in a file of the server (`explicit`; for the seal). A page never takes somebody's PIN for a service.
"""

import hashlib
import hmac
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from xaso.apps.signing.adapters.csc_service import CscService, Rejected, from_base64, in_base64, refused
from xaso.apps.signing.adapters.csc_versions import CERTIFICATES, version_of
from xaso.apps.signing.protection import keys_passphrase
from xaso.kernel.errors import Refusal

ECDSA_SHA256, RSA_SHA256 = "1.2.840.10045.4.3.2", "1.2.840.113549.1.1.11"
PENDING = "authorization_pending"
DECLINED = frozenset({"access_denied", "authorization_declined", "expired_token", "invalid_otp"})
WRONG_PIN = frozenset({"invalid_pin"})
POLL_SECONDS = 1.0


@dataclass(frozen=True)
class RemoteCredential:
    """A key at the service: its identifier there, its certificate and that one's issuers as the service gives them."""

    id: str
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]


@dataclass(frozen=True)
class Terms:
    """How signing with remote keys goes here: how long to wait for a person, the PIN's file, and where a refused PIN is remembered."""

    seconds: float
    pin_file: Path | None
    refused_file: Path


class RemoteSigner:
    """One key of the service at work."""

    def __init__(self, service: CscService, credential_id: str, terms: Terms) -> None:
        self._service, self._id, self._terms = service, credential_id, terms
        self._version = version_of(service)

    def public_key(self) -> bytes:
        key = _credential(self._id, self._facts).certificate.public_key()
        return key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)

    def sign(self, data: bytes) -> bytes:
        facts = self._facts
        digest = in_base64(hashlib.sha256(data).digest())
        is_elliptic = isinstance(_credential(self._id, facts).certificate.public_key(), ec.EllipticCurvePublicKey)
        signed = self._asked(
            "signatures/signHash",
            credentialID=self._id,
            SAD=self._authorised(facts, digest),
            signAlgo=ECDSA_SHA256 if is_elliptic else RSA_SHA256,
            **self._version.signature(digest),
        )
        signatures = signed.get("signatures")
        if not isinstance(signatures, list) or len(signatures) != 1:
            raise Refusal("signing.remote_down")
        return from_base64(signatures[0])

    @cached_property
    def _facts(self) -> dict[str, Any]:
        return self._asked("credentials/info", credentialID=self._id, authInfo=True, **CERTIFICATES)

    def _authorised(self, facts: dict[str, Any], digest: str) -> str:
        """Return the service's leave (SAD) for a signature over this digest alone; waits for the person where the service asks one."""
        asked = {"credentialID": self._id, **self._version.authorisation(digest)}
        if self._version.mode(facts) == "explicit":
            return self._by_pin(asked)
        deadline = time.monotonic() + self._terms.seconds
        try:
            answer = self._asked("credentials/authorize", self._terms.seconds, **asked)
        except Refusal as refusal:
            if self._version.waits_within_the_call and time.monotonic() >= deadline:
                raise Refusal("signing.remote_declined") from refusal
            raise
        while not answer.get("SAD"):
            if not answer.get("handle") or time.monotonic() > deadline:
                raise Refusal("signing.remote_declined")
            time.sleep(POLL_SECONDS)
            answer = self._still_pending(str(answer["handle"]))
        return str(answer["SAD"])

    def _still_pending(self, handle: str) -> dict[str, Any]:
        try:
            return self._service.call("credentials/authorizeCheck", handle=handle)
        except Rejected as rejected:
            if rejected.error == PENDING:
                return {"handle": handle}
            raise _told(rejected) from rejected

    def _by_pin(self, asked: dict[str, Any]) -> str:
        """Authorise with the server's PIN; one that was refused is never tried again: services lock a key after a few."""
        pin = self._pin()
        mark = hmac.digest(keys_passphrase(), f"{self._id}\0{pin}".encode(), "sha256").hex()
        if not pin or (self._terms.refused_file.exists() and self._terms.refused_file.read_text() == mark):
            raise Refusal("signing.remote_pin")
        try:
            answer = self._service.call("credentials/authorize", **self._version.pin(pin), **asked)
        except Rejected as rejected:
            if rejected.error in WRONG_PIN:
                self._terms.refused_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._terms.refused_file.write_text(mark)
                raise Refusal("signing.remote_pin") from rejected
            raise _told(rejected) from rejected
        self._terms.refused_file.unlink(missing_ok=True)
        return str(answer.get("SAD", ""))

    def _pin(self) -> str:
        try:
            return self._terms.pin_file.read_text(encoding="utf-8").strip() if self._terms.pin_file else ""
        except OSError as error:
            raise Refusal("signing.remote_pin") from error

    def _asked(self, method: str, seconds: float = 0, /, **asked: Any) -> dict[str, Any]:
        try:
            return self._service.call(method, seconds, **asked) if seconds else self._service.call(method, **asked)
        except Rejected as rejected:
            raise _told(rejected) from rejected


def credentials_of(service: CscService, user: str) -> list[RemoteCredential]:
    """Return the keys that somebody has at the service, at most 50. Raises Refusal `signing.remote_*`."""
    try:
        return [_credential(one, facts) for one, facts in version_of(service).credentials(service, user)]
    except Rejected as rejected:
        raise refused(rejected) from rejected


def _credential(credential_id: str, facts: dict[str, Any]) -> RemoteCredential:
    """Read a key's certificates, its own first. Raises Refusal `signing.key_missing` where there is none."""
    cert = facts.get("cert")
    texts = cert.get("certificates") if isinstance(cert, dict) else None
    try:
        own, *chain = (x509.load_der_x509_certificate(from_base64(text)) for text in texts or ())
    except ValueError as error:
        raise Refusal("signing.key_missing") from error
    return RemoteCredential(credential_id, own, tuple(chain))


def _told(rejected: Rejected) -> Refusal:
    return Refusal("signing.remote_declined") if rejected.error in DECLINED else refused(rejected)
