"""From an empty database to a signed result, in production, through nothing but the operator's two commands and the pages."""

import re
import socket
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from tests.live import COMMAND, LOOPBACK, Live
from tests.ops.visitor import Answer, Visitor
from xaso.kernel.worktime import VN
from xaso.site.supervisor import answers

HOST, COPY = "dichvu.example.vn", "2.000815"
PRODUCTION = {"XASO_MODE": "production", "XASO_SECRET_KEY": "s" * 60, "XASO_HOSTS": HOST}
PASSPHRASE, PASSWORD = "mat-khau-cua-tep", "mot-mat-khau-dai-2026"
FIRST_PASSWORD = re.compile(r"<code>([^<]+)</code>")
ELLIPTIC = ec.generate_private_key(ec.SECP256R1())
RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
STAFF = {
    "ban.ly": ("Lý Văn Bản", "Công chức một cửa", "desk"),
    "de.giang": ("Giàng A Dế", "Công chức tư pháp", "case_officer"),
    "chi.vang": ("Vàng Thị Chi", "Văn thư", "clerk"),
    "seo.sung": ("Sùng Seo Lử", "Phó Chủ tịch UBND xã Mường Mới", "signer"),
}


@pytest.fixture
def production(tmp_path: Path) -> Iterator[Live]:
    """Yield an installation of a commune's own, empty but for its first administrator, behind a proxy that ended TLS."""
    with socket.socket() as free:
        free.bind((LOOPBACK, 0))
        port = free.getsockname()[1]
    live = Live(tmp_path / "data", port, environment=PRODUCTION | {"XASO_KEYRING": str(tmp_path / "ring")})
    live.data_dir.mkdir()
    live.xaso("keyring", "new")
    live.xaso("prepare")
    answers_given = ("--commune", "xã Mường Mới", "--province", "Lào Cai", "--full-name", "Lý Thị Mẩy", "--username", "may.ly")
    live.xaso("create-admin", *answers_given, text=f"{PASSWORD}\n")
    live.xaso("check-production")
    with (live.data_dir / "web.log").open("wb") as log:
        live.process = subprocess.Popen([*COMMAND, "web", "--port", str(port)], env=live.all_variables, stdout=log, stderr=log)
    deadline = time.monotonic() + 60
    while not answers(LOOPBACK, port, "/healthz"):
        assert live.process.poll() is None, (live.data_dir / "web.log").read_text()
        assert time.monotonic() < deadline, (live.data_dir / "web.log").read_text()
        time.sleep(0.1)
    yield live
    live.stop()


def key_file(common_name: str, key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> bytes:
    """Return what a certification authority sends: the key, its certificate and the authority's own, under a passphrase."""
    now, authority_key = datetime.now(tz=UTC), ec.generate_private_key(ec.SECP256R1())

    def certificate(subject: str, issuer: str, public: object, *, is_authority: bool) -> x509.Certificate:
        names = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, one)]) for one in (subject, issuer)]
        builder = x509.CertificateBuilder().subject_name(names[0]).issuer_name(names[1]).public_key(public)  # type: ignore[arg-type]
        builder = builder.serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
        builder = builder.not_valid_after(now + timedelta(days=365))
        builder = builder.add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        return builder.sign(authority_key, hashes.SHA256())

    authority = certificate("CA mẫu", "CA mẫu", authority_key.public_key(), is_authority=True)
    own = certificate(common_name, "CA mẫu", key.public_key(), is_authority=False)
    lock = serialization.BestAvailableEncryption(PASSPHRASE.encode())
    return pkcs12.serialize_key_and_certificates(b"khoa", key, own, [authority], lock)


def visitor(live: Live, username: str, password: str = PASSWORD) -> Visitor:
    """Return somebody who has signed in."""
    found = Visitor(live.port, HOST)
    found.sign_in(username, password)
    return found


def hired(live: Live, admin: Visitor, username: str) -> Visitor:
    """Return a new official who has made the first password her own."""
    name, title, role = STAFF[username]
    page = admin.get("/quan-tri/can-bo/moi/")
    form_id = re.search(r'name="form_id" value="([^"]+)"', page.text)
    assert form_id is not None
    typed = {"title": title, "unit": "Văn phòng", "roles": role, "holder": "moi", "full_name": name, "username": username}
    shown = admin.post("/quan-tri/can-bo/moi/", {**typed, "form_id": form_id[1]})
    first = FIRST_PASSWORD.search(shown.text)
    assert first is not None, shown.text
    newcomer = visitor(live, username, first[1])
    newcomer.post("/doi-mat-khau/", {"current": first[1], "new": PASSWORD, "again": PASSWORD})
    return visitor(live, username)


def guide_says(admin: Visitor) -> str:
    """Return how far the set-up of certificates is."""
    return admin.get("/quan-tri/").text.partition('href="/quan-tri/chung-thu/"')[2].partition("</li>")[0]


def move(official: Visitor, code: str, verb: str, **typed: object) -> Answer:
    """Make a move by its form on the dossier's page."""
    return official.post(f"/ho-so/{code}/viec/{verb}/", typed, page=f"/ho-so/{code}/")


def prepared(desk: Visitor, officer: Visitor) -> str:
    """Return the code of a certified copy that was taken in, examined and sent to be signed."""
    begun = desk.post(f"/mot-cua/moi/{COPY}/", {}, page="/mot-cua/moi/")
    typed = {
        "name": "Giàng Thị Mỷ",
        "phone": "0912 345 678",
        "q-shown": "documents documents-0-name documents-0-pages documents-0-copies purpose",
        "q-documents-0-name": "Bằng tốt nghiệp",
        "q-documents-0-pages": "3",
        "q-documents-0-copies": "2",
        "kind-original": "shown",
        "count-original": "1",
        "do": "take_in",
    }
    taken = desk.post(begun.url, typed)
    code = taken.url.removeprefix("/ho-so/").split("/")[0]
    assert code.startswith("XS-"), taken.text
    move(officer, code, "take")
    move(officer, code, "prepare_result", **{"field-subject": "Bằng tốt nghiệp"})
    return code


def test_an_empty_database_comes_to_a_signed_result_without_a_line_of_code(production: Live) -> None:
    """First with the marked test certificates, chosen knowingly; then with those of an authority, which take their place."""
    admin = visitor(production, "may.ly")
    people = {username: hired(production, admin, username) for username in STAFF}
    desk, signer = people["ban.ly"], people["seo.sung"]
    code = prepared(desk, people["de.giang"])

    assert "Chưa ai ký được và chưa có con dấu" in guide_says(admin)
    refused = move(signer, code, "sign")
    assert (refused.status, "Chưa có chứng thư số để ký" in refused.text) == (409, True)
    signers_page = re.search(r"/quan-tri/chung-thu/nguoi/[0-9a-f-]+/", admin.get("/quan-tri/chung-thu/").text)
    assert signers_page is not None
    holders = {signers_page[0]: "Sùng Seo Lử", "/quan-tri/chung-thu/dau/": "Ủy ban nhân dân xã Mường Mới"}

    for address in holders:
        assert admin.post(f"{address}ban-thu/", {"understood": "on"}, page=address).status == 200
    assert "có bản thử, không có giá trị pháp lý" in guide_says(admin)
    assert_signed(desk, move(signer, code, "sign"), code, number=1)

    for address, name in holders.items():
        content = key_file(name, ELLIPTIC if "nguoi" in address else RSA)
        wrong = admin.post(address, {"passphrase": "sai"}, file=("key_file", "khoa.p12", content))
        assert (wrong.status, "Mật khẩu của tệp chưa đúng" in wrong.text) == (422, True)
        taken = admin.post(address, {"passphrase": PASSPHRASE}, file=("key_file", "khoa.p12", content))
        assert "Đã đăng ký chứng thư số." in taken.text
    assert "Con dấu, 1 người ký" in guide_says(admin)
    assert "bản thử" not in guide_says(admin)
    code = prepared(desk, people["de.giang"])
    assert_signed(desk, move(signer, code, "sign"), code, number=2)
    assert PASSPHRASE.encode() not in b"".join(path.read_bytes() for path in production.data_dir.rglob("*") if path.is_file())


def assert_signed(desk: Visitor, page: Answer, code: str, *, number: int) -> None:
    """Assert that the dossier ended in a result with the number, a signature and a seal; a refused signature took no number."""
    assert f"Đã ký và đóng dấu kết quả hồ sơ {code}." in page.text
    assert f"{number:02d}/{datetime.now(tz=VN).year}" in page.text
    result = desk.get(f"/ho-so/{code}/ket-qua/").content
    assert result.count(b"/ByteRange") == 2
    with pikepdf.open(BytesIO(result)) as paper:
        assert [str(field.T) for field in paper.Root.AcroForm.Fields] == ["ChuKy", "DauCoQuan"]
