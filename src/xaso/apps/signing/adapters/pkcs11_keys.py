"""Keys on a signing device of the server (HSM, card in a reader) behind PKCS#11. The PIN comes from a file that only the service reads.

A module keeps the state of its sessions for the whole process and may be used by one thread at a time, so each process has one door to it,
opened on first use. A PIN that the device refused is never tried a second time: a device locks itself after a few wrong ones.
"""

import hashlib
import hmac
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote, unquote

import pkcs11
from asn1crypto import core, keys
from cryptography import x509
from pkcs11 import exceptions as faults
from pkcs11.constants import Attribute, ObjectClass, TokenFlag
from pkcs11.mechanisms import KeyType, Mechanism
from pkcs11.util.ec import encode_ec_public_key, encode_ecdsa_signature
from pkcs11.util.rsa import encode_rsa_public_key

from xaso.apps.signing.protection import keys_passphrase
from xaso.kernel.errors import Refusal

MOST_CERTIFICATES = 100
T = TypeVar("T")


@dataclass(frozen=True)
class KeyPlace:
    """A key on a device: the token's label and the identifier that key and certificate share."""

    token: str
    key_id: bytes

    def __str__(self) -> str:
        return f"{quote(self.token, safe='')}/{self.key_id.hex()}"

    @classmethod
    def read(cls, text: str) -> "KeyPlace":
        """Return the place that `str` wrote. Raises ValueError."""
        token, _, key_id = text.partition("/")
        return cls(unquote(token), bytes.fromhex(key_id))


@dataclass(frozen=True)
class TokenCertificate:
    """A certificate that lies on the device; `place` is where its key is."""

    place: KeyPlace
    certificate: x509.Certificate


class TokenSigner:
    """One key of the device at work."""

    def __init__(self, door: "Door", place: KeyPlace) -> None:
        self._door, self._place = door, place

    def sign(self, data: bytes) -> bytes:
        return self._door.using(self._place.token, lambda session: _signature(_key(session, self._place), data))

    def public_key(self) -> bytes:
        return self._door.using(self._place.token, lambda session: _public_key(session, self._place))


class Door:
    """This process's way to the module: one session a token, one thread at a time."""

    def __init__(self, module: Path, pin_file: Path | None, refused_file: Path) -> None:
        self._module, self._pin_file, self._refused_file = module, pin_file, refused_file
        self._lock = threading.Lock()
        self._library: Any = None
        self._sessions: dict[str, Any] = {}

    def using(self, token: str, work: Callable[[Any], T]) -> T:
        """Return what the work returns with a session of the token; a device that came back is opened anew, once.

        Raises Refusal `signing.token_gone`, `signing.token_pin`, `signing.token_locked`, `signing.key_missing`.
        """
        with self._lock:
            try:
                return work(self._session(token))
            except Refusal:
                raise
            except faults.PKCS11Error:
                self._forget()
            try:
                return work(self._session(token))
            except (faults.NoSuchKey, faults.MultipleObjectsReturned) as error:
                raise Refusal("signing.key_missing") from error
            except faults.PKCS11Error as error:
                self._forget()
                raise Refusal("signing.token_gone") from error

    def tokens(self) -> list[str]:
        """Return the labels of the tokens that are there. Raises Refusal `signing.token_gone`."""
        with self._lock:
            try:
                return [token.label for token in self._opened().get_tokens() if TokenFlag.TOKEN_INITIALIZED in token.flags]
            except faults.PKCS11Error as error:
                self._forget()
                raise Refusal("signing.token_gone") from error

    def _session(self, token: str) -> Any:
        if token not in self._sessions:
            self._sessions[token] = self._open(self._opened().get_token(token_label=token), token)
        return self._sessions[token]

    def _open(self, token: Any, label: str) -> Any:
        pin = self._pin()
        mark = hmac.digest(keys_passphrase(), f"{label}\0{pin}".encode(), "sha256").hex()
        if self._refused_file.exists() and self._refused_file.read_text() == mark:
            raise Refusal("signing.token_pin")
        try:
            session = token.open(user_pin=pin)
        except (faults.PinIncorrect, faults.PinInvalid, faults.PinLenRange) as error:
            self._refused_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._refused_file.write_text(mark)
            raise Refusal("signing.token_pin") from error
        except (faults.PinLocked, faults.PinExpired) as error:
            raise Refusal("signing.token_locked") from error
        self._refused_file.unlink(missing_ok=True)
        return session

    def _pin(self) -> str:
        try:
            return self._pin_file.read_text(encoding="utf-8").strip() if self._pin_file else ""
        except OSError as error:
            raise Refusal("signing.token_pin") from error

    def _opened(self) -> Any:
        if self._library is None:
            try:
                self._library = pkcs11.lib(str(self._module))
            except (RuntimeError, OSError) as error:
                raise Refusal("signing.token_gone") from error
        return self._library

    def _forget(self) -> None:
        """Let go of all sessions, so that the module looks anew at what is plugged in."""
        self._sessions.clear()
        if self._library is not None:
            try:
                self._library.reinitialize()
            except faults.PKCS11Error:
                self._library = None


@cache
def door_to(module: Path, pin_file: Path | None, refused_file: Path) -> Door:
    """Return this process's door to the module."""
    return Door(module, pin_file, refused_file)


def certificates_on(door: Door) -> list[TokenCertificate]:
    """Return the certificates on all tokens whose key may be there too, at most 100. Raises Refusal as `Door.using`."""
    found = []
    for token in door.tokens():
        found += door.using(token, lambda session, token=token: _certificates(session, token))  # type: ignore[misc]
    return found[:MOST_CERTIFICATES]


def _certificates(session: Any, token: str) -> list[TokenCertificate]:
    found = []
    for one in list(session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE})):
        try:
            certificate = x509.load_der_x509_certificate(bytes(one[Attribute.VALUE]))
            found.append(TokenCertificate(KeyPlace(token, bytes(one[Attribute.ID])), certificate))
        except (ValueError, faults.AttributeTypeInvalid):
            continue
    return found


def _key(session: Any, place: KeyPlace) -> Any:
    return session.get_key(ObjectClass.PRIVATE_KEY, id=place.key_id)


def _signature(key: Any, data: bytes) -> bytes:
    if key.key_type == KeyType.EC:
        raw: bytes = key.sign(hashlib.sha256(data).digest(), mechanism=Mechanism.ECDSA)
        return bytes(encode_ecdsa_signature(raw))
    signature: bytes = key.sign(data, mechanism=Mechanism.SHA256_RSA_PKCS)
    return signature


def _public_key(session: Any, place: KeyPlace) -> bytes:
    key = session.get_key(ObjectClass.PUBLIC_KEY, id=place.key_id)
    if key.key_type == KeyType.EC:
        return bytes(encode_ec_public_key(key))
    rsa = keys.RSAPublicKey.load(encode_rsa_public_key(key))
    info = keys.PublicKeyInfo({"algorithm": {"algorithm": "rsa", "parameters": core.Null()}, "public_key": rsa})
    return bytes(info.dump())
