"""The tokens that are plugged in, through their PKCS#11 modules. One thread at a time; each act looks anew at what is there.

The token counts wrong PINs itself. A PIN is given to it once, as it was typed, and no PIN is kept after the papers it was typed for.
"""

import hashlib
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pkcs11
from pkcs11 import exceptions as faults
from pkcs11.constants import Attribute, ObjectClass, TokenFlag
from pkcs11.mechanisms import KeyType, Mechanism
from pkcs11.util.ec import encode_ecdsa_signature

from xaso_signer.asking import Answer, Question
from xaso_signer.attributes import holder

MOST_PINS = 3
"""Wrong ones that are typed for one paper; then the page has to ask anew."""
MOST_CERTIFICATES = 50

_DIGEST_INFO_SHA256 = bytes.fromhex("3031300d060960864801650304020105000420")
"""What stands before a SHA-256 in a PKCS #1 v1.5 signature (RFC 8017, 9.2)."""
_WRONG_PIN = (faults.PinIncorrect, faults.PinInvalid, faults.PinLenRange)
_LOCKED = (faults.PinLocked, faults.PinExpired, faults.UserPinNotInitialized)
_NO_KEY = (faults.NoSuchKey, faults.MultipleObjectsReturned)


class Trouble(Exception):
    """Why there is no signature. `code` is what the page is told: see `README.md`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Found:
    """A certificate on a token (DER), with its key's identifier there."""

    certificate: bytes
    label: str
    key_id: bytes
    token: Any

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the certificate, by which pages name it."""
        return hashlib.sha256(self.certificate).hexdigest()


@dataclass(frozen=True)
class Paper:
    """What a page calls it, and the signed attributes."""

    title: str
    attributes: bytes


Ask = Callable[[Question], Answer | None]


class Tokens:
    """All tokens behind some modules."""

    def __init__(self, modules: Sequence[str]) -> None:
        self._modules = tuple(modules)
        self._lock = threading.Lock()

    def certificates(self) -> list[Found]:
        """Return the certificates that are readable without a PIN. Raises Trouble `no_module`, `token_gone`."""
        with self._lock:
            return list(self._found())

    def sign(self, fingerprint: str, papers: Sequence[Paper], ask: Ask, *, origin: str) -> Iterator[bytes]:
        """Yield the signature of each paper in turn, as the official gives her PIN for it.

        Raises Trouble `key_missing`, `declined`, `pin_wrong`, `pin_locked`, `token_gone`, `no_module`; what was yielded before holds.
        """
        with self._lock:
            found = next((one for one in self._found() if one.fingerprint == fingerprint), None)
            if found is None:
                raise Trouble("key_missing")
            done = 0
            while done < len(papers):
                left = papers[done:]
                with self._opened(found, left, ask, origin) as (session, answer):
                    for paper in left if answer.for_all else left[:1]:
                        yield _signature(found, session, paper.attributes, answer.pin)
                        done += 1

    def _found(self) -> Iterator[Found]:
        if not self._modules:
            raise Trouble("no_module")
        seen = 0
        for module in self._modules:
            for token in _tokens_of(module):
                for one in _certificates_on(token):
                    seen += 1
                    if seen <= MOST_CERTIFICATES:
                        yield one

    @contextmanager
    def _opened(self, found: Found, left: Sequence[Paper], ask: Ask, origin: str) -> Iterator[tuple[Any, Answer]]:
        titles = tuple(paper.title for paper in left)
        was_wrong = False
        for _ in range(MOST_PINS):
            flags = _flags(found)
            if TokenFlag.USER_PIN_LOCKED in flags:
                raise Trouble("pin_locked")
            on_reader = TokenFlag.PROTECTED_AUTHENTICATION_PATH in flags
            question = Question(origin, holder(found.certificate), titles, len(titles) > 1, was_wrong, _tries(flags), on_reader)
            answer = ask(question)
            if answer is None:
                raise Trouble("declined")
            try:
                session = found.token.open(user_pin=pkcs11.PROTECTED_AUTH if on_reader else answer.pin)
            except _WRONG_PIN:
                was_wrong = True
                continue
            except _LOCKED as fault:
                raise Trouble("pin_locked") from fault
            except faults.PKCS11Error as fault:
                raise Trouble("token_gone") from fault
            try:
                yield session, answer
            finally:
                _close(session)
            return
        raise Trouble("pin_wrong")


def _tokens_of(module: str) -> Iterator[Any]:
    try:
        library = pkcs11.lib(module)
        library.reinitialize()
        slots = library.get_slots(token_present=True)
        for slot in slots:
            token = slot.get_token()
            if TokenFlag.TOKEN_INITIALIZED in token.flags:
                yield token
    except (faults.PKCS11Error, RuntimeError, OSError) as fault:
        raise Trouble("token_gone") from fault


def _certificates_on(token: Any) -> list[Found]:
    found = []
    try:
        with token.open() as session:
            for one in list(session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE})):
                try:
                    found.append(Found(bytes(one[Attribute.VALUE]), token.label, bytes(one[Attribute.ID]), token))
                except faults.AttributeTypeInvalid:
                    continue
    except faults.PKCS11Error as fault:
        raise Trouble("token_gone") from fault
    return found


def _flags(found: Found) -> TokenFlag:
    """Return the token's flags as they are now, not as they were when it was found."""
    try:
        flags: TokenFlag = found.token.slot.get_token().flags
    except faults.PKCS11Error as fault:
        raise Trouble("token_gone") from fault
    return flags


def _tries(flags: TokenFlag) -> str:
    if TokenFlag.USER_PIN_FINAL_TRY in flags:
        return "last"
    return "some_wrong" if TokenFlag.USER_PIN_COUNT_LOW in flags else ""


def _signature(found: Found, session: Any, attributes: bytes, pin: str) -> bytes:
    """Return the signature over the SHA-256 of the attributes: ECDSA in DER, or RSA by PKCS #1 v1.5."""
    digest = hashlib.sha256(attributes).digest()
    try:
        key = session.get_key(ObjectClass.PRIVATE_KEY, id=found.key_id)
        again = {"pin": pin} if _asks_each_time(key) else {}
        if key.key_type == KeyType.EC:
            return bytes(encode_ecdsa_signature(key.sign(digest, mechanism=Mechanism.ECDSA, **again)))
        return bytes(key.sign(_DIGEST_INFO_SHA256 + digest, mechanism=Mechanism.RSA_PKCS, **again))
    except _NO_KEY as fault:
        raise Trouble("key_missing") from fault
    except _WRONG_PIN as fault:
        raise Trouble("pin_wrong") from fault
    except _LOCKED as fault:
        raise Trouble("pin_locked") from fault
    except faults.PKCS11Error as fault:
        raise Trouble("token_gone") from fault


def _asks_each_time(key: Any) -> bool:
    try:
        return bool(key[Attribute.ALWAYS_AUTHENTICATE])
    except faults.PKCS11Error:
        return False


def _close(session: Any) -> None:
    try:
        session.close()
    except faults.PKCS11Error:
        """The token is gone, and with it the session."""
