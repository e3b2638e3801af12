"""A certificate from an authority's PKCS#12 file signs as the trial's do; what is wrong with a file is said and leaves nothing behind."""

import shutil
import stat
import subprocess
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from xaso.apps.audit import facade as audit
from xaso.apps.people import testing as people
from xaso.apps.signing import facade as signing
from xaso.apps.signing.actions.certificates import issue_knowingly, register_certificate, revoke
from xaso.apps.signing.adapters.software_keys import software_signer
from xaso.apps.signing.keys import signer_of
from xaso.apps.signing.models import Certificate, SignatureRecord
from xaso.apps.signing.tests.authority import PASSPHRASE, Authority, elliptic, name, packed, rsa_key, signed
from xaso.kernel.errors import Refusal

SIGNER = "Vàng Seo Dín"
CURVES: dict[str, Any] = {"P-256": elliptic, "P-384": lambda: ec.generate_private_key(ec.SECP384R1())}
VERBS = [f"signing.certificate_{verb}" for verb in ("registered", "issued", "replaced", "revoked")]
SEAL = "Ủy ban nhân dân xã Bảo Nhai"


@pytest.fixture
def authority(now: datetime) -> Authority:
    return Authority.founded(now)


@pytest.fixture
def admin(commune: Any) -> Any:
    return people.actor_for(people.staff(commune, "administrator", full_name="Vũ Minh Quang"))


@pytest.fixture(autouse=True)
def production(settings: Any) -> None:
    settings.XASO_MODE = "production"


def sign_and_seal(paper: bytes, signer: Any, commune: Any, now: datetime) -> signing.SignedPdf:
    return signing.sign_and_seal(paper, account_id=signer.pk, commune_id=commune.pk, name=SIGNER, reason="Giấy xác nhận", now=now)


def traces(actor: Any) -> list[audit.AuditLine]:
    """Return what the record says of certificates, oldest first."""
    return audit.last_acts(actor.commune_id, VERBS, limit=50)[::-1]


def kept_keys(data_dir: Path) -> list[Path]:
    return sorted((data_dir / "keys").glob("*.key"))


@pytest.mark.parametrize(
    ("kind", "algorithm"),
    [
        ("P-256", "ECDSA P-256, SHA-256"),
        ("P-384", "ECDSA P-384, SHA-256"),
        ("2048", "RSA 2048, SHA-256"),
        ("4096", "RSA 4096, SHA-256"),
    ],
)
def test_a_registered_certificate_signs_and_is_found_unbroken(
    paper: bytes, signer: Any, commune: Any, admin: Any, now: datetime, tmp_path: Path, kind: str, algorithm: str
) -> None:
    authority = Authority.founded(now)
    key = CURVES[kind]() if kind in CURVES else rsa_key(int(kind))
    register_certificate(admin, signer.pk, authority.key_file(SIGNER, key), PASSPHRASE, now=now)
    register_certificate(admin, None, authority.key_file(SEAL, rsa_key()), PASSPHRASE, now=now)

    content = sign_and_seal(paper, signer, commune, now).content

    checks = signing.verify(content)
    assert [(check.signer, check.issuer, check.intact, check.is_test) for check in checks] == [
        (SIGNER, "CA cấp mẫu", True, False),
        (SEAL, "CA cấp mẫu", True, False),
    ]
    assert [check.reason for check in checks] == ["authority_unknown"] * 2
    assert [row.evidence["algorithm"] for row in SignatureRecord.objects.order_by("id")] == [algorithm, "RSA 2048, SHA-256"]
    if shutil.which("pdfsig"):
        (tmp_path / "signed.pdf").write_bytes(content)
        told = subprocess.run(["pdfsig", str(tmp_path / "signed.pdf")], capture_output=True, text=True, check=False).stdout
        assert told.count("Signature is Valid.") == 2
        assert told.count("ETSI.CAdES.detached") == 2


def test_one_changed_byte_breaks_an_rsa_signature(
    paper: bytes, signer: Any, commune: Any, admin: Any, authority: Authority, now: datetime
) -> None:
    register_certificate(admin, signer.pk, authority.key_file(SIGNER, rsa_key()), PASSPHRASE, now=now)
    register_certificate(admin, None, authority.key_file(SEAL), PASSPHRASE, now=now)
    content = bytearray(sign_and_seal(paper, signer, commune, now).content)
    content[content.index(b"/Creator")] ^= 1

    assert [(check.verdict, check.intact) for check in signing.verify(bytes(content))] == [("invalid", False)] * 2


def test_the_key_is_kept_encrypted_for_the_service_alone_and_the_passphrase_nowhere(
    signer: Any, admin: Any, authority: Authority, now: datetime, data_dir: Path, caplog: Any
) -> None:
    row = register_certificate(admin, signer.pk, authority.key_file(SIGNER), PASSPHRASE, now=now)

    (kept,) = kept_keys(data_dir)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert kept.read_bytes().startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----")
    with pytest.raises(TypeError):
        serialization.load_pem_private_key(kept.read_bytes(), password=None)
    assert PASSPHRASE not in caplog.text + repr(traces(admin)) + repr(Certificate.objects.values().get(pk=row.pk))
    assert not row.is_test


def test_a_key_of_another_installations_secret_is_told(
    paper: bytes, signer: Any, commune: Any, admin: Any, authority: Authority, now: datetime, settings: Any
) -> None:
    register_certificate(admin, signer.pk, authority.key_file(SIGNER), PASSPHRASE, now=now)
    register_certificate(admin, None, authority.key_file(SEAL), PASSPHRASE, now=now)
    software_signer.cache_clear()
    settings.SECRET_KEY = "another" * 10

    with pytest.raises(Refusal, match=r"signing\.key_locked"):
        sign_and_seal(paper, signer, commune, now)


def bad_files(authority: Authority, now: datetime) -> dict[str, tuple[bytes, str]]:
    """Return files that must be refused, each with the code of the refusal."""
    key, other = elliptic(), elliptic()
    own = authority.issues(SIGNER, key)
    forged = signed(authority.certificate.subject, authority.root.subject, other, authority.root_key, now=now, ca=True)
    old = signed(
        authority.certificate.subject, authority.root.subject, authority.key, authority.root_key, now=now - timedelta(days=4000), ca=True
    )
    return {
        "not PKCS#12": (b"%PDF-1.7 khong phai", "signing.p12_unreadable"),
        "cut in the middle": (authority.key_file(SIGNER)[:500], "signing.p12_unreadable"),
        "a certificate alone": (own.public_bytes(serialization.Encoding.DER), "signing.p12_unreadable"),
        "too large": (b"\x30" * 200_000, "signing.p12_too_large"),
        "no key": (packed(None, own, (authority.certificate,)), "signing.p12_no_key"),
        "weak": (authority.key_file(SIGNER, rsa_key(1024)), "signing.p12_weak"),
        "odd curve": (authority.key_file(SIGNER, ec.generate_private_key(ec.SECP256K1())), "signing.p12_weak"),
        "for other uses": (authority.key_file(SIGNER, usage={"key_encipherment": True}), "signing.p12_not_for_signing"),
        "an authority's own": (authority.key_file("CA khác mẫu", ca=True), "signing.p12_not_for_signing"),
        "self-signed": (packed(key, signed(name(SIGNER), name(SIGNER), key, key, now=now)), "signing.p12_self_signed"),
        "without chain": (authority.key_file(SIGNER, chain=()), "signing.p12_no_chain"),
        "forged chain": (packed(key, own, (forged, authority.root)), "signing.p12_chain_broken"),
        "ended authority": (packed(key, own, (old, authority.root)), "signing.p12_chain_broken"),
        "expired": (authority.key_file(SIGNER, days=(-100, -1)), "signing.expired"),
        "not yet valid": (authority.key_file(SIGNER, days=(1, 100)), "signing.not_yet_valid"),
        "another person's": (authority.key_file("Người Khác"), "signing.p12_other_name"),
    }


BAD = (
    "not PKCS#12",
    "cut in the middle",
    "a certificate alone",
    "too large",
    "no key",
    "weak",
    "odd curve",
    "for other uses",
    "an authority's own",
    "self-signed",
    "without chain",
    "forged chain",
    "ended authority",
    "expired",
    "not yet valid",
    "another person's",
)


@pytest.mark.parametrize("which", BAD)
def test_a_file_that_can_not_be_used_is_refused_and_nothing_is_kept(
    signer: Any, admin: Any, authority: Authority, now: datetime, data_dir: Path, which: str
) -> None:
    content, code = bad_files(authority, now)[which]

    with pytest.raises(Refusal) as refused:
        register_certificate(admin, signer.pk, content, PASSPHRASE, now=now)

    assert refused.value.code == code
    assert not Certificate.objects.exists()
    assert kept_keys(data_dir) == []
    assert traces(admin) == []


@pytest.mark.parametrize("passphrase", ["sai", "", PASSPHRASE.upper(), PASSPHRASE + " "])
def test_a_wrong_passphrase_is_told_as_such(signer: Any, admin: Any, authority: Authority, now: datetime, passphrase: str) -> None:
    with pytest.raises(Refusal, match=r"signing\.p12_passphrase"):
        register_certificate(admin, signer.pk, authority.key_file(SIGNER), passphrase, now=now)

    assert not Certificate.objects.exists()


def test_a_chain_that_the_file_leaves_open_is_completed_from_the_servers_folder(
    signer: Any, admin: Any, authority: Authority, now: datetime, data_dir: Path
) -> None:
    trusted = data_dir / "keys" / "trusted"
    trusted.mkdir(parents=True)
    (trusted / "mau.pem").write_bytes(authority.certificate.public_bytes(serialization.Encoding.PEM))

    row = register_certificate(admin, signer.pk, authority.key_file(SIGNER, chain=()), PASSPHRASE, now=now)

    assert x509.load_pem_x509_certificate(row.chain_pem.encode()) == authority.certificate


def test_another_spelling_of_the_name_passes_and_another_name_only_when_somebody_compared(
    signer: Any, admin: Any, authority: Authority, now: datetime
) -> None:
    shouted = register_certificate(admin, signer.pk, authority.key_file("VÀNG SEO DÍN"), PASSPHRASE, now=now)
    other = register_certificate(admin, signer.pk, authority.key_file("Vàng Seo Dìn"), PASSPHRASE, name_was_checked=True, now=now)

    assert Certificate.objects.filter(revoked_at=None).get().pk == other.pk
    assert Certificate.objects.get(pk=shouted.pk).revoked_at == now


def test_a_new_certificate_takes_the_place_of_the_one_before_even_of_one_that_lasts_longer(
    paper: bytes, signer: Any, commune: Any, admin: Any, authority: Authority, now: datetime, data_dir: Path
) -> None:
    issue_knowingly(admin, signer.pk, now=now)
    issue_knowingly(admin, None, now=now)
    before = sign_and_seal(paper, signer, commune, now).content
    later = now + timedelta(minutes=1)
    register_certificate(admin, signer.pk, authority.key_file(SIGNER), PASSPHRASE, now=later)

    after = sign_and_seal(paper, signer, commune, later).content

    assert [(check.is_test, check.verdict) for check in signing.verify(before)] == [(True, "valid")] * 2
    assert [check.is_test for check in signing.verify(after)] == [False, True]
    assert len(kept_keys(data_dir)) == 3
    assert [(line.verb, line.actor_name) for line in traces(admin)] == [
        (f"signing.certificate_{verb}", "Vũ Minh Quang") for verb in ("issued", "issued", "replaced", "registered")
    ]


def test_the_same_file_sent_twice_registers_once_and_brings_a_lost_key_back(
    signer: Any, admin: Any, authority: Authority, now: datetime, data_dir: Path
) -> None:
    content = authority.key_file(SIGNER)
    first = register_certificate(admin, signer.pk, content, PASSPHRASE, now=now)
    again = register_certificate(admin, signer.pk, content, PASSPHRASE, now=now)
    assert (first.pk, len(kept_keys(data_dir)), len(traces(admin))) == (again.pk, 1, 1)

    kept_keys(data_dir)[0].unlink()
    software_signer.cache_clear()
    restored = register_certificate(admin, signer.pk, content, PASSPHRASE, now=now)

    assert restored.pk == first.pk
    assert len(kept_keys(data_dir)) == 1
    assert signer_of(Certificate.objects.get()).public_key()


def test_a_withdrawn_certificate_loses_its_key_and_is_not_taken_again(
    signer: Any, admin: Any, authority: Authority, now: datetime, data_dir: Path
) -> None:
    content = authority.key_file(SIGNER)
    row = register_certificate(admin, signer.pk, content, PASSPHRASE, now=now)

    revoke(admin, row.pk, now=now)

    assert kept_keys(data_dir) == []
    with pytest.raises(Refusal, match=r"signing\.p12_taken"):
        register_certificate(admin, signer.pk, content, PASSPHRASE, now=now)


def test_a_certificate_serves_one_holder_only(signer: Any, commune: Any, admin: Any, authority: Authority, now: datetime) -> None:
    content = authority.key_file(SIGNER)
    register_certificate(admin, signer.pk, content, PASSPHRASE, now=now)

    with pytest.raises(Refusal, match=r"signing\.p12_taken"):
        register_certificate(admin, None, content, PASSPHRASE, now=now)


@pytest.mark.parametrize("role", ["desk", "case_officer", "signer", "leader", "clerk"])
def test_only_an_administrator_registers_issues_and_withdraws(
    signer: Any, commune: Any, admin: Any, authority: Authority, now: datetime, role: str
) -> None:
    row = register_certificate(admin, signer.pk, authority.key_file(SIGNER), PASSPHRASE, now=now)
    other = people.actor_for(people.staff(commune, role))

    for act in (
        lambda: register_certificate(other, signer.pk, authority.key_file(SIGNER), PASSPHRASE, now=now),
        lambda: issue_knowingly(other, None, now=now),
        lambda: revoke(other, row.pk, now=now),
    ):
        with pytest.raises(Refusal, match=r"signing\.not_allowed"):
            act()
    assert Certificate.objects.filter(revoked_at=None).count() == 1


def test_nobody_gets_a_certificate_who_may_not_sign(commune: Any, admin: Any, authority: Authority, now: datetime) -> None:
    desk = people.staff(commune, "desk", full_name="Lò Thị Quầy")
    foreign = people.staff(people.commune(name="Xã Khác", hostname="khac.example"), "signer", full_name="Lò Thị Quầy")

    for account in (desk, foreign):
        with pytest.raises(Refusal, match=r"signing\.not_a_signer"):
            register_certificate(admin, account.pk, authority.key_file("Lò Thị Quầy"), PASSPHRASE, now=now)


def test_a_test_certificate_is_not_issued_over_a_real_one_and_not_twice(
    signer: Any, admin: Any, authority: Authority, now: datetime
) -> None:
    first = issue_knowingly(admin, None, now=now)
    assert issue_knowingly(admin, None, now=now).pk == first.pk
    assert first.is_test

    register_certificate(admin, signer.pk, authority.key_file(SIGNER), PASSPHRASE, now=now)
    with pytest.raises(Refusal, match=r"signing\.has_certificate"):
        issue_knowingly(admin, signer.pk, now=now)
