"""Keys on the server's signing device sign as files do; a device pulled out, a wrong PIN and a lying device are told and harm nothing."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from django.test import Client

from xaso.apps.people import testing as people
from xaso.apps.signing import facade as signing
from xaso.apps.signing import keys
from xaso.apps.signing.actions.certificates import register_certificate, register_held_certificate, revoke
from xaso.apps.signing.adapters.pkcs11_keys import Door, door_to
from xaso.apps.signing.fitting import require_fits
from xaso.apps.signing.models import Certificate, SignatureRecord
from xaso.apps.signing.testing import device
from xaso.apps.signing.tests.authority import PASSPHRASE, Authority, elliptic, rsa_key
from xaso.apps.signing.tests.token import MODULE, PIN, Token
from xaso.kernel.errors import Refusal
from xaso.platform import clock

pytestmark = pytest.mark.skipif(MODULE is None or not shutil.which("softhsm2-util"), reason="SoftHSM (softhsm2) is not installed")
SIGNER = "Vàng Seo Dín"


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture
def authority(now: datetime) -> Authority:
    return Authority.founded(now)


@pytest.fixture
def token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Token]:
    with device(tmp_path, monkeypatch) as made:
        yield made


@pytest.fixture
def admin(commune: Any) -> Any:
    return people.actor_for(people.staff(commune, "administrator"))


def put_on(token: Token, authority: Authority, key: Any, name: str = SIGNER, key_id: bytes = b"\x01") -> str:
    """Put a key with certificate and its issuer's certificate on the token; return the certificate's fingerprint."""
    certificate = authority.issues(name, key)
    token.holds(key, certificate, key_id)
    return str(certificate.fingerprint(hashes.SHA256()).hex())


def register_from_device(admin: Any, account_id: Any, fingerprint: str, *, now: datetime) -> Certificate:
    return register_held_certificate(admin, account_id, keys.held_on_device(), fingerprint, now=now)


@pytest.fixture
def row(token: Token, authority: Authority, admin: Any, signer: Any, data_dir: Path, now: datetime) -> Certificate:
    trust(authority, data_dir)
    return register_from_device(admin, signer.pk, put_on(token, authority, elliptic()), now=now)


def trust(authority: Authority, data_dir: Path) -> None:
    from cryptography.hazmat.primitives import serialization

    folder = data_dir / "keys" / "trusted"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mau.pem").write_bytes(authority.certificate.public_bytes(serialization.Encoding.PEM))


def sign(paper: bytes, signer: Any, commune: Any, now: datetime) -> signing.SignedPdf:
    return signing.sign(paper, account_id=signer.pk, commune_id=commune and commune.pk, name=SIGNER, reason="", now=now)


@pytest.mark.parametrize("make", [elliptic, rsa_key], ids=["P-256", "RSA 2048"])
def test_a_key_on_the_device_signs_and_the_signature_is_found_unbroken(
    token: Token, authority: Authority, admin: Any, signer: Any, paper: bytes, data_dir: Path, now: datetime, make: Any
) -> None:
    trust(authority, data_dir)
    row = register_from_device(admin, signer.pk, put_on(token, authority, make()), now=now)

    signed = sign(paper, signer, None, now)

    (check,) = signing.verify(signed.content, now=now)
    assert (row.key_location, check.intact, check.signer) == ("pkcs11:Xa%20Bao%20Nhai/01", True, SIGNER)
    assert not list((data_dir / "keys").glob("*.key"))


def test_a_device_pulled_out_in_the_middle_is_told_and_after_it_is_back_signing_goes_on(
    row: Certificate, token: Token, signer: Any, commune: Any, paper: bytes, now: datetime
) -> None:
    sign(paper, signer, commune, now)
    token.pull_out()

    for _turn in range(3):
        with pytest.raises(Refusal, match=r"signing\.token_gone"):
            sign(paper, signer, commune, now)
    assert SignatureRecord.objects.count() == 1

    token.plug_in()
    sign(paper, signer, commune, now)
    assert SignatureRecord.objects.count() == 2


def test_a_wrong_pin_is_tried_once_however_often_one_signs(
    row: Certificate, token: Token, signer: Any, commune: Any, paper: bytes, now: datetime
) -> None:
    token.pin_file.write_text("000000")
    tried: list[str] = []
    for _process in range(3):
        keys.device()._forget()
        door_to.cache_clear()
        door = keys.device()
        opened = door._opened()
        counted = Counting(opened, tried)
        door._library = counted
        with pytest.raises(Refusal, match=r"signing\.token_pin"):
            sign(paper, signer, commune, now)
        door._library = opened

    assert tried == ["000000"]
    assert not SignatureRecord.objects.exists()
    token.pin_file.write_text(PIN)
    assert len(sign(paper, signer, commune, now).records) == 1


class Counting:
    """The module's library, with each PIN that is tried written down."""

    def __init__(self, library: Any, tried: list[str]) -> None:
        self._library, self._tried = library, tried

    def get_token(self, **wanted: Any) -> Any:
        token, tried = self._library.get_token(**wanted), self._tried

        class Asked:
            def open(self, *, user_pin: str) -> Any:
                tried.append(user_pin)
                return token.open(user_pin=user_pin)

        return Asked()

    def reinitialize(self) -> None:
        self._library.reinitialize()


def test_a_signature_that_does_not_fit_the_certificate_is_not_attached(authority: Authority) -> None:
    from cryptography.hazmat.primitives import serialization

    key = elliptic()
    der = authority.issues(SIGNER, key).public_bytes(serialization.Encoding.DER)

    with pytest.raises(Refusal, match=r"signing\.signature_wrong"):
        require_fits(der, b"data", signing_of(elliptic(), b"data"))
    require_fits(der, b"data", signing_of(key, b"data"))


def signing_of(key: Any, data: bytes) -> bytes:
    from xaso.apps.signing.adapters.software_keys import SoftwareSigner

    return SoftwareSigner(key).sign(data)


def test_a_key_that_is_not_the_certificates_is_refused_at_registration(
    token: Token, authority: Authority, admin: Any, signer: Any, data_dir: Path, now: datetime
) -> None:
    trust(authority, data_dir)
    certificate = authority.issues(SIGNER, elliptic())
    token.holds(elliptic(), certificate)

    with pytest.raises(Refusal, match=r"signing\.key_mismatch"):
        register_from_device(admin, signer.pk, certificate.fingerprint(hashes.SHA256()).hex(), now=now)

    assert not Certificate.objects.exists()


def test_somebody_elses_certificate_on_the_device_is_refused_without_a_comparison(
    token: Token, authority: Authority, admin: Any, signer: Any, data_dir: Path, now: datetime
) -> None:
    trust(authority, data_dir)
    fingerprint = put_on(token, authority, elliptic(), "Người Khác")

    with pytest.raises(Refusal, match=r"signing\.p12_other_name"):
        register_from_device(admin, signer.pk, fingerprint, now=now)

    assert not Certificate.objects.exists()


def test_withdrawn_the_key_stays_on_the_device_and_signs_no_more(
    row: Certificate, admin: Any, signer: Any, commune: Any, paper: bytes, now: datetime
) -> None:
    revoke(admin, row.pk, now=now)

    with pytest.raises(Refusal, match=r"signing\.revoked"):
        sign(paper, signer, commune, now)


def test_a_certificate_of_the_device_takes_the_place_of_one_in_a_file(
    token: Token, authority: Authority, admin: Any, signer: Any, data_dir: Path, now: datetime
) -> None:
    trust(authority, data_dir)
    register_certificate(admin, signer.pk, authority.key_file(SIGNER), PASSPHRASE, now=now)
    register_from_device(admin, signer.pk, put_on(token, authority, elliptic()), now=now)

    assert [row.key_location for row in Certificate.objects.filter(revoked_at=None)] == ["pkcs11:Xa%20Bao%20Nhai/01"]
    assert not list((data_dir / "keys").glob("*.key"))


# The library's own finaliser complains of a search on a device that was pulled out.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_administrator_takes_one_from_the_device_on_the_page(
    token: Token, authority: Authority, commune: Any, signer: Any, data_dir: Path, client: Client
) -> None:
    trust(authority, data_dir)
    client.force_login(people.staff(commune, "administrator"))
    page = f"/quan-tri/chung-thu/nguoi/{signer.pk}/"
    assert "chưa có chứng thư số nào" in client.get(f"{page}thiet-bi/").content.decode()
    fingerprint = put_on(token, authority, elliptic())

    assert f'href="{page}thiet-bi/"' in client.get(page).content.decode()
    assert SIGNER in client.get(f"{page}thiet-bi/").content.decode()
    assert client.post(f"{page}thiet-bi/", {}).status_code == 422
    assert client.post(f"{page}thiet-bi/", {"certificate": "00"}).status_code == 422
    assert client.post(f"{page}thiet-bi/", {"certificate": fingerprint})["Location"] == page
    assert "Thiết bị ký của máy chủ" in client.get(page).content.decode()

    token.pull_out()
    answer = client.get(f"{page}thiet-bi/")
    assert "Không thấy thiết bị ký" in client.get(page).content.decode()
    assert answer.status_code == 200


def test_without_a_device_that_is_said_and_nothing_leads_there(commune: Any, signer: Any, client: Client) -> None:
    client.force_login(people.staff(commune, "administrator"))

    answer = client.get("/quan-tri/chung-thu/dau/thiet-bi/")

    assert (answer.status_code, "Máy chủ chưa khai thiết bị ký nào" in answer.content.decode()) == (200, True)
    assert "thiet-bi" not in client.get("/quan-tri/chung-thu/dau/").content.decode()


def test_a_module_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "module.so").write_bytes(b"khong phai")

    with pytest.raises(Refusal, match=r"signing\.token_gone"):
        Door(tmp_path / "module.so", None, tmp_path / "refused").tokens()
