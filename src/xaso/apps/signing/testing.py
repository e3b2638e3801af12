"""For tests of this room and of others: the stand-in authority with its time-stamp server, and a signing device, taken into use here."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives import hashes, serialization

from xaso.apps.signing import keys, proving
from xaso.apps.signing.actions import offers
from xaso.apps.signing.actions.certificates import register_held_certificate
from xaso.apps.signing.adapters.pkcs11_keys import door_to
from xaso.apps.signing.adapters.software_keys import SoftwareSigner
from xaso.apps.signing.keys import keys_directory
from xaso.apps.signing.models import Certificate
from xaso.apps.signing.stampers import find_stamper
from xaso.apps.signing.tests.authority import Authority, elliptic
from xaso.apps.signing.tests.standin import Standin, running
from xaso.apps.signing.tests.token import MODULE, PIN, Token
from xaso.platform.actor import Actor

__all__ = [
    "HAS_DEVICE",
    "PIN",
    "Standin",
    "Token",
    "add_stamps",
    "be_patient",
    "certificate_id",
    "device",
    "end_seals",
    "forget_sessions",
    "give_device_certificate",
    "give_own_token_certificate",
    "lose_seals",
    "new_key",
    "offer_certificate",
    "running",
    "signed_by",
    "take_into_use",
]
HAS_DEVICE = MODULE is not None and bool(shutil.which("softhsm2-util"))


def take_into_use(standin: Standin, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program behave, trust its authority, and name its time-stamp server."""
    standin.control(stamps="good", clock="0", stamper_for="stamps")
    trusted = keys_directory() / "trusted"
    trusted.mkdir(parents=True, exist_ok=True)
    (trusted / "tsa.pem").write_bytes(standin.get("/root.pem"))
    monkeypatch.setenv("XASO_TIME_STAMP_ADDRESS", f"{standin.address}/tsa")
    monkeypatch.setenv("XASO_TIME_STAMP_SECONDS", "1")
    be_patient()


def be_patient() -> None:
    """Let the server be asked at once, though it failed a moment ago."""
    stamper = find_stamper()
    assert stamper is not None
    stamper.rest_no_longer()


def add_stamps(now: datetime) -> int:
    """Do what the worker does for papers that lack a time stamp; return how many got one."""
    return proving.prove_now(now)


@contextmanager
def device(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Token]:
    """Yield a signing device of this server, made in the folder."""
    monkeypatch.setenv("SOFTHSM2_CONF", "")
    made = Token.made(folder / "hsm")
    monkeypatch.setenv("XASO_PKCS11_MODULE", str(MODULE))
    monkeypatch.setenv("XASO_PKCS11_PIN_FILE", str(made.pin_file))
    door_to.cache_clear()
    keys.device()._opened()
    keys.device()._forget()
    yield made
    keys.device()._forget()
    door_to.cache_clear()


def forget_sessions() -> None:
    """Let the device be opened anew, as after a restart."""
    keys.device()._forget()


def give_device_certificate(token: Token, administrator: Actor, account_id: UUID, name: str, *, now: datetime) -> None:
    """Put a key with a certificate for the official on the device, and take it into use."""
    authority, key = Authority.founded(now), elliptic()
    trusted = keys_directory() / "trusted"
    trusted.mkdir(parents=True, exist_ok=True)
    (trusted / "thiet-bi.pem").write_bytes(authority.certificate.public_bytes(serialization.Encoding.PEM))
    certificate = authority.issues(name, key)
    token.holds(key, certificate)
    register_held_certificate(administrator, account_id, keys.held_on_device(), certificate.fingerprint(hashes.SHA256()).hex(), now=now)


def give_own_token_certificate(administrator: Actor, account_id: UUID, name: str, *, now: datetime, **facts: Any) -> Any:
    """Take into use a certificate for the official whose key lies on her own token, and return the key: the test is her computer."""
    authority, key = Authority.founded(now), elliptic()
    trusted = keys_directory() / "trusted"
    trusted.mkdir(parents=True, exist_ok=True)
    (trusted / "usb.pem").write_bytes(authority.certificate.public_bytes(serialization.Encoding.PEM))
    certificate = authority.issues(name, key, **facts)
    there = [keys.HeldKey(keys.HOLDERS_OWN, certificate)]
    register_held_certificate(administrator, account_id, there, certificate.fingerprint(hashes.SHA256()).hex(), now=now)
    return key


def offer_certificate(official: Actor, *, now: datetime) -> UUID:
    """Let the official offer a certificate of her own token to the administrators; return the offer's id."""
    authority = Authority.founded(now)
    trusted = keys_directory() / "trusted"
    trusted.mkdir(parents=True, exist_ok=True)
    (trusted / "usb.pem").write_bytes(authority.certificate.public_bytes(serialization.Encoding.PEM))
    certificate = authority.issues(official.name, elliptic())
    there = [keys.HeldKey(keys.HOLDERS_OWN, certificate)]
    return offers.offer(official, there, certificate.fingerprint(hashes.SHA256()).hex(), now=now).pk


def signed_by(key: Any, attributes: bytes) -> bytes:
    """Return the signature that a key makes."""
    return SoftwareSigner(key).sign(attributes)


def new_key() -> Any:
    """Return a key that nobody registered."""
    return elliptic()


def certificate_id(fingerprint: str) -> UUID:
    """Return the id of a registered certificate."""
    found: UUID = Certificate.objects.values_list("pk", flat=True).get(fingerprint=fingerprint)
    return found


def lose_seals() -> None:
    """Let no commune have a seal."""
    Certificate.objects.filter(kind="seal").delete()


def end_seals(now: datetime) -> None:
    """Withdraw every seal."""
    Certificate.objects.filter(kind="seal").update(revoked_at=now)
