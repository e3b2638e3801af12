"""Builders for tests of this room and of rooms above."""

import json
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from django.test import Client
from django.utils import timezone

from xaso.apps.people import memory, totp
from xaso.apps.people.actions.devices import enrol_device, revoke_device
from xaso.apps.people.actors import actor_of
from xaso.apps.people.models import Account, Citizen, Commune, FormerUnit, Mandate, Post, TotpKey, Village
from xaso.apps.people.second_factor_queries import PURPOSE
from xaso.apps.people.signing_in import NEW_APP
from xaso.kernel.text import fold
from xaso.platform import clock
from xaso.platform.actor import Actor
from xaso.platform.sealing import seal
from xaso.platform.tests.ageless import ageless
from xaso.platform.to_phones import SIGNATURE

HALF_BYTES = 32
PASSWORD = "mat-khau-thu"
LONG_AGO = date(2025, 7, 1)
_numbers = count(1)
forget = memory.forget


def commune(**facts: Any) -> Commune:
    """Return a saved commune that is set up; the next page reads it."""
    number = next(_numbers)
    usual = {"slug": f"xa-{number}", "name": "Xã Thử Nghiệm", "short_name": "Thử Nghiệm", "province": "Lào Cai", "set_up_at": clock.now()}
    row = Commune.objects.create(**usual | facts)
    memory.forget()
    return row


@contextmanager
def remembering() -> Iterator[None]:
    """Let what the process remembers of the communes stay good within, so that queries may be counted."""
    with ageless(memory):
        yield


def village(commune: Commune, name: str = "Thôn Thử", **facts: Any) -> Village:
    """Return a saved village."""
    number = next(_numbers)
    return Village.objects.create(commune=commune, name=name, **{"code": f"V{number}", "order": number} | facts)


def former_unit(commune: Commune, name: str = "Cốc Ly", **facts: Any) -> FormerUnit:
    """Return a saved former unit."""
    return FormerUnit.objects.create(commune=commune, name=name, **facts)


def account(username: str | None = None, full_name: str = "Nguyễn Thị Thử", **facts: Any) -> Account:
    """Return a saved account; officials' accounts sign in with PASSWORD."""
    return Account.objects.create_user(username, PASSWORD if username else None, full_name=full_name, **facts)


def staff(commune: Commune, *roles: str, username: str | None = None, full_name: str = "", **post: Any) -> Account:
    """Return the account of an official who holds one post with the roles."""
    number = next(_numbers)
    owner = account(username or f"can-bo-{number}", full_name or f"Cán Bộ {number}")
    facts = {"unit": "Văn phòng", "title": "Công chức", "since": LONG_AGO, "order": number}
    Post.objects.create(commune=commune, account=owner, roles=[str(role) for role in roles], **facts | post)
    return owner


def with_totp(account: Account, *, is_shown: bool = False) -> str:
    """Give the official a second factor; returns the secret that her phone holds."""
    secret = totp.new_secret()
    facts = {"sealed_secret": seal(secret, PURPOSE), "confirmed_at": clock.now(), "is_shown": is_shown}
    TotpKey.objects.create(account=account, **facts)
    return secret


def code_now(secret: str) -> str:
    """Return the code that the phone shows."""
    return totp.code_of(secret, totp.step_of(clock.now()))


def set_app(client: Client) -> str:
    """Set the app as its page says, which an official without a second factor is led to; returns the secret."""
    found = re.search(r'<code id="khoa">([A-Z2-7 ]+)</code>', client.get(NEW_APP).content.decode())
    assert found is not None
    secret = found[1].replace(" ", "")
    assert client.post(NEW_APP, {"one_time_code": code_now(secret)}).status_code == 200
    return secret


def staff_of(commune_id: UUID, *roles: str, **post: Any) -> Account:
    """Return the account of one more official of a commune known by its id."""
    return staff(Commune.objects.get(pk=commune_id), *roles, **post)


def citizen(commune: Commune, full_name: str = "Giàng A Pao", *, with_account: bool = False, **facts: Any) -> Citizen:
    """Return a saved citizen, with an account of her own if asked."""
    number = next(_numbers)
    usual = {"personal_number": f"000{number:09d}", "phone": f"09{number:08d}", "birth": "1990-01-01", "sex": "male"}
    owner = account(full_name=full_name) if with_account else None
    return Citizen.objects.create(commune=commune, full_name=full_name, name_folded=fold(full_name), **{"account": owner} | usual | facts)


def known_by(owner: Actor, personal_number: str, phone: str) -> None:
    """Give a citizen known as an actor this number and telephone."""
    row = Citizen.objects.get(pk=str(owner.citizen_id))
    row.personal_number, row.phone = personal_number, phone
    row.save()


def citizen_of(commune_id: UUID, full_name: str, **facts: Any) -> Citizen:
    """Return one more saved citizen of a commune known by its id, with an account of her own."""
    return citizen(Commune.objects.get(pk=commune_id), full_name, with_account=True, **facts)


def mandate(principal: Citizen, representative: Citizen, **facts: Any) -> Mandate:
    """Return a saved mandate without an end."""
    usual = {"commune_id": principal.commune_id, "relation": "con", "valid_from": LONG_AGO}
    return Mandate.objects.create(principal=principal, representative=representative, **usual | facts)


def mandate_of(principal: Citizen | Actor, representative: Actor) -> Mandate:
    """Return a mandate without an end for a citizen known as an actor."""
    return mandate(_row_of(principal) if isinstance(principal, Actor) else principal, _row_of(representative))


def _row_of(actor: Actor) -> Citizen:
    assert actor.citizen_id is not None
    return Citizen.objects.get(pk=actor.citizen_id)


def actor_for(account: Account, commune: Commune | None = None, *, on: date | None = None) -> Actor:
    """Return the actor the account is today in its commune."""
    if commune is None:
        commune_id = (
            account.posts.values_list("commune_id", flat=True).first() or account.citizens.values_list("commune_id", flat=True).get()
        )
    else:
        commune_id = commune.id
    return actor_of(account, commune_id, on=on or timezone.localdate(clock.now()), address="127.0.0.1")


def actor_for_citizen(row: Citizen) -> Actor:
    """Return a citizen who has an account as an actor."""
    assert row.account is not None
    return actor_for(row.account)


@dataclass(frozen=True)
class Phone:
    """A phone with its key; the commune may know it or not."""

    id: UUID
    key: ec.EllipticCurvePrivateKey

    @property
    def public_key(self) -> dict[str, Any]:
        """The public half as a browser exports it."""
        numbers = self.key.public_key().public_numbers()
        x, y = (_base64url(number.to_bytes(HALF_BYTES)) for number in (numbers.x, numbers.y))
        return {"kty": "EC", "crv": "P-256", "x": x, "y": y, "ext": True, "key_ops": ["verify"]}

    def signature(self, content: bytes) -> str:
        """Return the signature as WebCrypto makes it."""
        r, s = decode_dss_signature(self.key.sign(content, ec.ECDSA(SHA256())))
        return _base64url(r.to_bytes(HALF_BYTES) + s.to_bytes(HALF_BYTES))

    def headers(self, content: bytes) -> dict[str, str]:
        """Return the header that goes with these bytes."""
        return {SIGNATURE: self.signature(content)}


def phone() -> Phone:
    """Return a phone that nobody knows."""
    return Phone(uuid4(), ec.generate_private_key(ec.SECP256R1()))


def enrolled(owner: Actor, label: str = "Máy của Pao") -> Phone:
    """Return a phone that a citizen enrolled."""
    made = phone()
    enrol_device(owner, made.id, made.public_key, label, now=clock.now())
    return made


def removed(owner: Actor, phone: Phone) -> None:
    """Let the owner take her phone out."""
    revoke_device(owner, phone.id, now=clock.now())


def body(told: dict[str, Any]) -> bytes:
    """Return what a phone sends as bytes."""
    return json.dumps(told, ensure_ascii=False).encode()


def _base64url(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
