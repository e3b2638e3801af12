"""An administrator takes an official's own token into use: by what the program on the computer sends, or by a file; trusted chains only."""

from base64 import b64encode
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from xaso.apps.people import testing as people
from xaso.apps.signing.models import Certificate
from xaso.apps.signing.tests.authority import Authority, elliptic
from xaso.platform import clock

SIGNER = "Vàng Seo Dín"


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture
def authority(now: datetime, data_dir: Path) -> Authority:
    """An authority that the operator trusts."""
    founded = Authority.founded(now)
    trusted = data_dir / "keys" / "trusted"
    trusted.mkdir(parents=True)
    (trusted / "mau.pem").write_bytes(founded.certificate.public_bytes(Encoding.PEM))
    return founded


@pytest.fixture
def page(signer: Any) -> str:
    return f"/quan-tri/chung-thu/nguoi/{signer.pk}/usb-token/"


@pytest.fixture
def administrator(commune: Any, client: Client) -> Client:
    client.force_login(people.staff(commune, "administrator"))
    return client


def der(certificate: Any) -> str:
    return b64encode(certificate.public_bytes(Encoding.DER)).decode()


def chosen(certificate: Any) -> str:
    return str(certificate.fingerprint(hashes.SHA256()).hex())


def test_what_is_on_the_token_is_shown_with_issuer_and_days_and_the_chosen_one_is_taken(
    authority: Authority, administrator: Client, page: str
) -> None:
    one, another = authority.issues(SIGNER, elliptic()), authority.issues("Người Khác", elliptic())
    sent = {"der": [der(one), der(another), der(authority.certificate)]}

    asked = administrator.post(page, sent).content.decode()
    assert (asked.count(f'<td data-nhan="Cấp cho">{SIGNER}</td>'), asked.count('data-nhan="Nơi cấp">CA cấp mẫu<')) == (1, 2)
    assert "CA gốc mẫu" not in asked
    assert not Certificate.objects.exists()
    answer = administrator.post(page, {**sent, "certificate": chosen(one)})

    assert answer["Location"] == page.removesuffix("usb-token/")
    (row,) = Certificate.objects.all()
    assert (row.key_location, row.is_test, "BEGIN CERTIFICATE" in row.chain_pem) == ("token:", False, True)
    shown = administrator.get(page.removesuffix("usb-token/")).content.decode()
    assert "USB token của người ký" in shown
    assert "Dùng được" in shown


@pytest.mark.parametrize("encoding", [Encoding.PEM, Encoding.DER])
def test_a_file_of_the_certificate_does_as_well(
    authority: Authority, administrator: Client, page: str, encoding: serialization.Encoding
) -> None:
    one = authority.issues(SIGNER, elliptic())

    asked = administrator.post(page, {"tep": SimpleUploadedFile("chung-thu.cer", one.public_bytes(encoding))})

    assert f'name="der" value="{der(one)}"' in asked.content.decode()


def test_an_issuer_that_the_operator_does_not_trust_is_refused(administrator: Client, page: str, now: datetime) -> None:
    one = Authority.founded(now).issues(SIGNER, elliptic())

    answer = administrator.post(page, {"der": der(one), "certificate": chosen(one)})

    assert (answer.status_code, "CA cấp mẫu" in answer.content.decode()) == (422, True)
    assert not Certificate.objects.exists()


def test_somebody_elses_name_is_taken_only_after_a_comparison(authority: Authority, administrator: Client, page: str) -> None:
    one = authority.issues("Người Khác", elliptic())
    sent = {"der": der(one), "certificate": chosen(one)}

    assert administrator.post(page, sent).status_code == 422
    assert not Certificate.objects.exists()
    assert administrator.post(page, {**sent, "name_was_checked": "on"}).status_code == 302


@pytest.mark.parametrize("sent", [{"der": "###"}, {"der": b64encode(b"khong phai").decode()}, {"certificate": "00"}, {}])
def test_what_is_no_certificate_is_told(administrator: Client, page: str, sent: dict[str, str]) -> None:
    answer = administrator.post(page, sent)

    assert (answer.status_code, "Không đọc được tệp này như một chứng thư số" in answer.content.decode()) == (422, True)


def test_a_certificate_that_was_not_among_those_sent_is_not_taken(authority: Authority, administrator: Client, page: str) -> None:
    one, another = authority.issues(SIGNER, elliptic()), authority.issues(SIGNER, elliptic())

    assert administrator.post(page, {"der": der(one), "certificate": chosen(another)}).status_code == 422
    assert not Certificate.objects.exists()


def test_the_page_reaches_the_port_that_the_operator_named(administrator: Client, page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XASO_SIGNER_PORT", "20000")

    answer = administrator.get(page)

    assert "connect-src 'self' http://127.0.0.1:20000;" in answer["Content-Security-Policy"]
    assert 'data-token="http://127.0.0.1:20000"' in answer.content.decode()
    assert "xaso-signer allow http://testserver" in answer.content.decode()
