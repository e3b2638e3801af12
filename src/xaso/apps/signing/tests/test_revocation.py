"""What issuers say of our certificates is asked only where the operator allows, outside of any signature, and binds the next one."""

import json
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import pkcs12

from xaso.apps.audit import facade as audit
from xaso.apps.people import testing as people
from xaso.apps.signing import facade as signing
from xaso.apps.signing import options, revocation
from xaso.apps.signing.actions.certificates import register_certificate
from xaso.apps.signing.adapters import revocation_http
from xaso.apps.signing.administration import get_holder_line
from xaso.apps.signing.models import Certificate, SignatureRecord
from xaso.apps.signing.tests.standin import Standin, running
from xaso.kernel.errors import Refusal
from xaso.platform import clock

SIGNER, PASSPHRASE = "Vàng Seo Dín", "mat-khau-cua-tep-2026"


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture(scope="module")
def program() -> Iterator[Standin]:
    with running() as standin:
        yield standin


@pytest.fixture
def authority(program: Standin, monkeypatch: pytest.MonkeyPatch) -> Standin:
    program.control(mode="good")
    monkeypatch.setenv("XASO_REVOCATION_ADDRESSES", f"{program.address}/")
    return program


@pytest.fixture
def row(authority: Standin, commune: Any, signer: Any, now: datetime) -> Certificate:
    admin = people.actor_for(people.staff(commune, "administrator"))
    return register_certificate(admin, signer.pk, authority.key_file(SIGNER, PASSPHRASE), PASSPHRASE, now=now)


def state(row: Certificate) -> str:
    return str(Certificate.objects.values_list("authority_state", flat=True).get(pk=row.pk))


def sign(paper: bytes, signer: Any, commune: Any, now: datetime) -> signing.SignedPdf:
    return signing.sign(paper, account_id=signer.pk, commune_id=commune.pk, name=SIGNER, reason="", now=now)


def test_a_good_certificate_is_told_as_such_and_its_signatures_check_as_valid(
    row: Certificate, authority: Standin, paper: bytes, signer: Any, commune: Any, data_dir: Path, now: datetime
) -> None:
    assert revocation.refresh_now(clock.now()) == 1
    assert state(row) == "good"
    trusted = data_dir / "keys" / "trusted"
    trusted.mkdir()
    (trusted / "goc.pem").write_bytes(authority.get("/root.pem"))

    signed = sign(paper, signer, commune, clock.now())

    assert [(one.verdict, one.reason) for one in signing.verify(signed.content)] == [("valid", "")]


def test_a_certificate_that_its_issuer_revoked_signs_no_more(
    row: Certificate, authority: Standin, paper: bytes, signer: Any, commune: Any, now: datetime
) -> None:
    revocation.refresh_now(clock.now())
    authority.control(revoke=row.serial)

    assert revocation.refresh_now(clock.now() + timedelta(seconds=2)) == 1

    assert state(row) == "revoked"
    with pytest.raises(Refusal, match=r"signing\.revoked_by_issuer"):
        sign(paper, signer, commune, clock.now())
    assert not SignatureRecord.objects.exists()
    acts = audit.last_acts(commune.pk, ["signing.certificate_revoked_by_issuer"], limit=9)
    assert [act.verb for act in acts] == ["signing.certificate_revoked_by_issuer"]


@pytest.mark.parametrize("mode", ["down", "wrong", "endless"])
def test_an_issuer_that_misbehaves_changes_nothing_that_was_known(
    row: Certificate, authority: Standin, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    authority.control(mode=mode)
    revocation.refresh_now(clock.now())
    assert state(row) == "untold"
    authority.control(mode="good")
    revocation.refresh_now(clock.now())
    assert state(row) == "good"

    authority.control(mode=mode)
    revocation.refresh_now(clock.now())

    assert state(row) == "good"


def test_nobody_is_asked_whom_the_operator_does_not_allow(
    row: Certificate, authority: Standin, monkeypatch: pytest.MonkeyPatch, data_dir: Path
) -> None:
    before = json.loads(authority.get("/_control/"))["calls"]
    for allowed in ("", "http://crl.example.vn/", f"{authority.address}0/", f"{authority.address}/khac/"):
        monkeypatch.setenv("XASO_REVOCATION_ADDRESSES", allowed)
        revocation.refresh_now(clock.now())

    assert json.loads(authority.get("/_control/"))["calls"] == before
    assert state(row) == "untold"


@pytest.mark.parametrize("text", ["ftp://a.vn/", "http:///x", "crl.vn", "http://u:p@a.vn/", "http://a.vn/?x=1"])
def test_an_address_that_is_none_stops_the_start(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XASO_REVOCATION_ADDRESSES", text)

    with pytest.raises(ValueError, match="XASO_REVOCATION_ADDRESSES"):
        options.REVOCATION_ADDRESSES.value()


def test_a_name_alone_is_not_the_beginning_of_a_longer_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XASO_REVOCATION_ADDRESSES", "http://crl.vn")

    assert options.REVOCATION_ADDRESSES.value() == ("http://crl.vn/",)
    assert not revocation_http._is_allowed("http://crl.vn.example.com/a.crl", options.REVOCATION_ADDRESSES.value())


def test_the_worker_does_not_wait_for_an_answer(row: Certificate, authority: Standin) -> None:
    revocation.ASKING.forget()
    revocation.LOOKING.forget()
    begun = time.monotonic()
    assert revocation.refresh(clock.now()) == 0
    assert time.monotonic() - begun < 0.5

    assert (rounds_until_told(), state(row)) == (1, "good")


def rounds_until_told() -> int:
    """Let the worker make its rounds until it writes something down, ten seconds at most; return how many certificates changed."""
    changed, deadline = 0, time.monotonic() + 10
    while not changed and time.monotonic() < deadline:
        changed = revocation.refresh(clock.now())
        time.sleep(0.05)
    return changed


def test_a_certificate_that_the_kept_lists_tell_revoked_is_not_taken_into_use(
    row: Certificate, authority: Standin, commune: Any, signer: Any
) -> None:
    other = authority.key_file(SIGNER, PASSPHRASE)
    serial = pkcs12.load_pkcs12(other, PASSPHRASE.encode()).cert.certificate.serial_number  # type: ignore[union-attr]
    authority.control(revoke=f"{serial:x}")
    revocation.refresh_now(clock.now())
    admin = people.actor_for(people.staff(commune, "administrator"))

    with pytest.raises(Refusal, match=r"signing\.revoked_by_issuer"):
        register_certificate(admin, signer.pk, other, PASSPHRASE, now=clock.now())

    assert [one.pk for one in Certificate.objects.filter(account_id=signer.pk, revoked_at=None)] == [row.pk]


def test_the_register_and_the_signer_are_told_of_the_certificate_in_use_and_not_of_one_that_was_withdrawn(
    row: Certificate, authority: Standin, paper: bytes, commune: Any, signer: Any, now: datetime
) -> None:
    admin = people.actor_for(people.staff(commune, "administrator"))
    longer = register_certificate(admin, signer.pk, authority.key_file(SIGNER, PASSPHRASE, days=900), PASSPHRASE, now=now)
    register_certificate(admin, signer.pk, authority.key_file(SIGNER, PASSPHRASE), PASSPHRASE, now=now)
    in_use = Certificate.objects.get(account_id=signer.pk, revoked_at=None)
    authority.control(revoke=in_use.serial)
    revocation.refresh_now(clock.now())

    card = get_holder_line(commune.pk, signer.pk, now=clock.now()).card
    assert card is not None
    assert (card.serial.lower(), longer.serial == in_use.serial) == (in_use.serial.lower(), False)
    with pytest.raises(Refusal, match=r"signing\.revoked_by_issuer"):
        sign(paper, signer, commune, clock.now())


def test_a_certificate_that_is_new_here_is_asked_about_before_the_hour_is_over(
    row: Certificate, authority: Standin, commune: Any, now: datetime
) -> None:
    revocation.ASKING.forget()
    revocation.LOOKING.forget()
    assert rounds_until_told() == 1
    admin = people.actor_for(people.staff(commune, "administrator"))
    seal = register_certificate(admin, None, authority.key_file("Ủy ban nhân dân xã Bảo Nhai", PASSPHRASE), PASSPHRASE, now=now)
    revocation.LOOKING.forget()

    assert (rounds_until_told(), state(seal)) == (1, "good")
