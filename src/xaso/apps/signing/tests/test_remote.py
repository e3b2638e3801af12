"""Keys at a remote service (CSC API v1 and v2) sign as files do; one that is down, slow, lying or declined is told and harms nothing."""

import json
import time
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from django.test import Client

from xaso.apps.people import testing as people
from xaso.apps.signing import facade as signing
from xaso.apps.signing import keys
from xaso.apps.signing.actions.certificates import register_held_certificate
from xaso.apps.signing.adapters.csc_versions import FIRST, version_of
from xaso.apps.signing.models import Certificate, SignatureRecord
from xaso.apps.signing.tests.standin import Standin, running
from xaso.kernel.errors import Refusal
from xaso.platform import clock

SIGNER, PIN = "Vàng Seo Dín", "246810"
NUMBERS = count(1)


@pytest.fixture(scope="module")
def program() -> Iterator[Standin]:
    with running("xaso_standins.csc") as standin:
        yield standin


@pytest.fixture(params=["v2", "v1"])
def service(program: Standin, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, data_dir: Path) -> Standin:
    program.control(mode="good", confirm="0", client="take", tokens="forget")
    secret, pin = tmp_path / "secret", tmp_path / "pin"
    secret.write_text("thu\n")
    pin.write_text(f"{PIN}\n")
    for name, value in {
        "XASO_CSC_ADDRESS": f"{program.address}/csc/{request.param}/",
        "XASO_CSC_CLIENT_ID": "xaso",
        "XASO_CSC_CLIENT_SECRET_FILE": str(secret),
        "XASO_CSC_PIN_FILE": str(pin),
        "XASO_CSC_SECONDS": "1",
    }.items():
        monkeypatch.setenv(name, value)
    keys._service_at.cache_clear()
    trusted = data_dir / "keys" / "trusted"
    trusted.mkdir(parents=True, exist_ok=True)
    (trusted / "goc.pem").write_bytes(program.get("/root.pem"))
    return program


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture
def admin(commune: Any) -> Any:
    return people.actor_for(people.staff(commune, "administrator"))


def new_user() -> str:
    """Return a name at the service that nobody has yet: the program runs on from test to test."""
    return f"nguoi-{next(NUMBERS)}"


def give_key(service: Standin, user: str, name: str = SIGNER, **more: str) -> None:
    service._post("/_control/add", {"user": user, "name": name, **more})


def register(admin: Any, account_id: Any, user: str, now: datetime) -> Certificate:
    there = keys.held_remotely(user)
    return register_held_certificate(admin, account_id, there, there[-1].certificate.fingerprint(hashes.SHA256()).hex(), now=now)


@pytest.fixture
def row(service: Standin, admin: Any, signer: Any, now: datetime) -> Certificate:
    user = new_user()
    give_key(service, user)
    return register(admin, signer.pk, user, now)


def sign(paper: bytes, signer: Any, commune: Any, now: datetime) -> signing.SignedPdf:
    return signing.sign(paper, account_id=signer.pk, commune_id=commune.pk, name=SIGNER, reason="", now=now)


def test_a_remote_key_signs_and_the_paper_holds(row: Certificate, signer: Any, commune: Any, paper: bytes, now: datetime) -> None:
    signed = sign(paper, signer, commune, now)

    assert row.key_location.startswith("csc:")
    (proof,) = signing.verify(signed.content)
    assert (proof.intact, proof.signer) == (True, SIGNER)
    assert SignatureRecord.objects.get().certificate_id == row.pk


def test_the_signer_is_awaited_while_she_looks_for_her_phone(
    row: Certificate, service: Standin, signer: Any, commune: Any, paper: bytes, now: datetime
) -> None:
    service.control(confirm="0.5")

    assert len(sign(paper, signer, commune, now).records) == 1


@pytest.mark.parametrize(
    ("behaviour", "refusal"),
    [
        ({"confirm": "no"}, "remote_declined"),
        ({"confirm": "never"}, "remote_declined"),
        ({"mode": "down"}, "remote_down"),
        ({"mode": "rubbish"}, "remote_down"),
        ({"mode": "wrong_signature"}, "signature_wrong"),
        ({"client": "refuse", "tokens": "forget"}, "remote_client"),
    ],
)
def test_a_service_that_fails_is_told_and_nothing_is_signed(
    behaviour: dict[str, str],
    refusal: str,
    row: Certificate,
    service: Standin,
    signer: Any,
    commune: Any,
    paper: bytes,
    now: datetime,
) -> None:
    service.control(**behaviour)

    with pytest.raises(Refusal, match=rf"signing\.{refusal}"):
        sign(paper, signer, commune, now)

    assert not SignatureRecord.objects.exists()


def test_a_slow_service_is_not_waited_for_without_end(
    row: Certificate, service: Standin, signer: Any, commune: Any, paper: bytes, now: datetime
) -> None:
    """In version 1 it looks like somebody who says nothing."""
    service.control(mode="slow")
    begun = time.monotonic()

    with pytest.raises(
        Refusal, match=r"signing\.remote_declined" if version_of(keys.remote_service()) is FIRST else r"signing\.remote_down"
    ):
        sign(paper, signer, commune, now)

    assert time.monotonic() - begun < 5


def test_a_token_that_the_service_forgot_is_asked_for_anew(
    row: Certificate, service: Standin, signer: Any, commune: Any, paper: bytes, now: datetime
) -> None:
    sign(paper, signer, commune, now)
    service.control(tokens="forget")

    assert len(sign(paper, signer, commune, now).records) == 1


def test_the_seal_is_authorised_by_the_servers_pin(service: Standin, admin: Any, commune: Any, paper: bytes, now: datetime) -> None:
    user = new_user()
    give_key(service, user, "Uỷ ban nhân dân xã", mode="explicit", pin=PIN)
    register(admin, None, user, now)

    sealed = signing.seal(paper, commune_id=commune.pk, reason="", now=now)

    assert signing.verify(sealed.content)[0].intact


def test_a_refused_pin_is_tried_once_and_never_again(
    service: Standin, admin: Any, commune: Any, paper: bytes, now: datetime, tmp_path: Path
) -> None:
    user = new_user()
    give_key(service, user, "Uỷ ban nhân dân xã", mode="explicit", pin="999999")
    register(admin, None, user, now)
    for _time in range(3):
        with pytest.raises(Refusal, match=r"signing\.remote_pin"):
            signing.seal(paper, commune_id=commune.pk, reason="", now=now)

    calls = _calls(service)

    assert calls[-1] != "credentials/authorize"
    (tmp_path / "pin").write_text("999999")
    assert signing.seal(paper, commune_id=commune.pk, reason="", now=now).records


def _calls(service: Standin) -> list[str]:
    return list(json.loads(service.get("/_control/"))["calls"])


def test_a_certificate_of_somebody_else_at_the_service_is_refused_without_a_comparison(
    service: Standin, admin: Any, signer: Any, now: datetime
) -> None:
    user = new_user()
    give_key(service, user, "Người Khác")

    with pytest.raises(Refusal, match=r"signing\.p12_other_name"):
        register(admin, signer.pk, user, now)

    assert not Certificate.objects.exists()


def test_an_administrator_takes_a_remote_certificate_into_use_on_the_page(
    service: Standin, commune: Any, signer: Any, client: Client
) -> None:
    user = new_user()
    give_key(service, user)
    client.force_login(people.staff(commune, "administrator"))
    address = f"/quan-tri/chung-thu/nguoi/{signer.pk}/tu-xa/"

    assert "Mã người dùng ở dịch vụ ký" in client.get(address).content.decode()
    asked = client.get(address, {"nguoi": user})
    (choice,) = asked.context["choices"]
    done = client.post(f"{address}?nguoi={user}", {"certificate": choice[0]}, follow=True)

    assert "Đã đăng ký chứng thư số." in done.content.decode()
    assert "Dịch vụ ký từ xa" in done.content.decode()
    assert "không có chứng thư số nào" in client.get(address, {"nguoi": "khong-ai"}).content.decode()


def test_the_page_says_when_the_service_is_down(service: Standin, commune: Any, signer: Any, client: Client) -> None:
    service.control(mode="down")
    client.force_login(people.staff(commune, "administrator"))

    answer = client.get(f"/quan-tri/chung-thu/nguoi/{signer.pk}/tu-xa/", {"nguoi": "ai-do"})

    assert "Dịch vụ ký từ xa không trả lời" in answer.content.decode()
