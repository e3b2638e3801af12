"""Any PDF may be brought: each of a set of good and bad ones gets the right answer, and two other programs agree."""

import re
import shutil
import subprocess
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from xaso.apps.signing.checking import check_foreign, check_here, overall
from xaso.apps.signing.tests import signed_samples
from xaso.apps.signing.tests.authority import Authority, elliptic, signed
from xaso.apps.signing.tests.authority import name as named
from xaso.kernel.errors import Refusal

ANSWERS: dict[str, list[tuple[str, str, str, tuple[tuple[str, str], ...]]]] = {
    "good": [("valid", "", "none", ())],
    "signed twice": [("valid", "", "allowed", (("signed", "DauCoQuan"),)), ("valid", "", "none", ())],
    "altered": [("invalid", "changed", "none", ())],
    "a page added": [("invalid", "changed_later", "forbidden", (("pages_added", "1"),))],
    "drawn over": [("invalid", "changed_later", "forbidden", (("page", "1"),))],
    "a note laid over": [("invalid", "changed_later", "forbidden", (("note", "1"),))],
    "expired": [("invalid", "expired", "none", ())],
    "expired since": [("unknown", "ended_since", "none", ())],
    "revoked": [("invalid", "revoked", "none", ())],
    "revoked since": [("unknown", "ended_since", "none", ())],
    "untrusted": [("unknown", "authority_unknown", "none", ())],
    "signed tomorrow": [("unknown", "clock", "none", ())],
    "for other uses": [("invalid", "not_for_signing", "none", ())],
}
Set = tuple[dict[str, bytes], list[bytes]]


@pytest.fixture
def authority(now: datetime) -> Authority:
    return Authority.founded(now)


@pytest.fixture
def stranger(now: datetime, authority: Authority) -> Authority:
    """An authority of the same name with other keys, whom nobody trusts."""
    key, root_key = elliptic(), elliptic()
    root = signed(named("CA gốc mẫu"), named("CA gốc mẫu"), root_key, root_key, now=now, ca=True)
    own = signed(named("CA cấp mẫu"), named("CA gốc mẫu"), key, root_key, now=now, ca=True)
    return Authority(now, root_key, root, key, own)


@pytest.fixture
def samples(paper: bytes, authority: Authority, stranger: Authority, now: datetime, data_dir: Path) -> Set:
    """The files; the authority's root is trusted here, and its revocation lists lie in the folder."""
    files, revoked = signed_samples.files(paper, authority, stranger, now)
    lists = [
        authority.revocations(revoked["earlier"], at=now - timedelta(days=4)),
        authority.revocations(revoked["earlier"], revoked["later"], at=now - timedelta(days=1)),
        authority.root_revocations(at=now),
    ]
    trust(data_dir, authority.root, [lists[0], lists[2]])
    return files, lists


def trust(data_dir: Path, root: x509.Certificate, lists: list[bytes], *others: x509.Certificate) -> None:
    for folder in ("trusted", "revocation"):
        (data_dir / "keys" / folder).mkdir(parents=True, exist_ok=True)
    pems = b"".join(one.public_bytes(serialization.Encoding.PEM) for one in (root, *others))
    (data_dir / "keys" / "trusted" / "mau.pem").write_bytes(pems)
    for number, der in enumerate(lists):
        (data_dir / "keys" / "revocation" / f"{number}.crl").write_bytes(der)


def lists_for(name: str, lists: list[bytes]) -> list[bytes]:
    """The newer list holds both revocations; the older one is what was known when “earlier” signed."""
    return [lists[1], lists[2]] if name == "revoked since" else [lists[0], lists[2]]


@pytest.mark.parametrize("name", ANSWERS)
def test_each_kind_of_file_gets_its_answer(samples: Set, authority: Authority, now: datetime, data_dir: Path, db: None, name: str) -> None:
    files, lists = samples
    trust(data_dir, authority.root, lists_for(name, lists))

    checks = check_here(files[name], now=now)

    assert [(one.verdict, one.reason, one.later_changes, one.changes) for one in checks] == ANSWERS[name]
    assert overall(checks) == ANSWERS[name][0][0]


@pytest.mark.parametrize("name", ANSWERS)
def test_an_issuing_authority_trusted_beside_its_root_changes_no_answer(
    samples: Set, authority: Authority, now: datetime, data_dir: Path, db: None, name: str
) -> None:
    files, lists = samples
    trust(data_dir, authority.root, lists_for(name, lists), authority.certificate)

    checks = check_here(files[name], now=now)

    assert [(one.verdict, one.reason, one.later_changes, one.changes) for one in checks] == ANSWERS[name]


@pytest.mark.parametrize("name", ANSWERS)
def test_an_issuing_authority_may_be_trusted_alone_and_needs_no_list_of_its_root(
    samples: Set, authority: Authority, now: datetime, data_dir: Path, db: None, name: str
) -> None:
    files, lists = samples
    trust(data_dir, authority.certificate, lists_for(name, lists)[:1])

    checks = check_here(files[name], now=now)

    assert [(one.verdict, one.reason, one.later_changes, one.changes) for one in checks] == ANSWERS[name]


@pytest.mark.parametrize("alone", [True, False], ids=["alone", "beside its root"])
def test_a_list_that_another_key_of_the_same_name_signed_is_not_believed_of_a_trusted_issuer(
    samples: Set, authority: Authority, stranger: Authority, now: datetime, data_dir: Path, db: None, alone: bool
) -> None:
    trusted = (authority.certificate,) if alone else (authority.root, authority.certificate)
    trust(data_dir, trusted[0], [stranger.revocations(at=now), stranger.root_revocations(at=now)], *trusted[1:])

    (check,) = check_here(samples[0]["good"], now=now)

    assert (check.verdict, check.reason) == ("unknown", "revocation_untold")


def test_who_signed_when_and_by_whose_certificate_is_told(samples: Set, now: datetime, db: None) -> None:
    (check,) = check_here(samples[0]["good"], now=now)

    assert (check.signer, check.organisation, check.issuer) == ("Vàng Seo Dín", "Đơn vị mẫu", "CA cấp mẫu")
    assert (check.signed_at, check.stamped_at, check.is_recorded, check.is_test) == (now, None, False, False)


def test_without_revocation_lists_it_can_not_be_determined(
    samples: Set, authority: Authority, now: datetime, data_dir: Path, db: None
) -> None:
    for path in (data_dir / "keys" / "revocation").iterdir():
        path.unlink()

    (check,) = check_here(samples[0]["good"], now=now)

    assert (check.verdict, check.reason, check.intact) == ("unknown", "revocation_untold", True)


def test_a_list_that_is_older_than_the_signature_tells_nothing(
    samples: Set, authority: Authority, now: datetime, data_dir: Path, db: None
) -> None:
    old = authority.revocations(at=now, made=now - timedelta(days=60))
    trust(data_dir, authority.root, [old, samples[1][2]])

    (check,) = check_here(samples[0]["good"], now=now)

    assert (check.verdict, check.reason) == ("unknown", "revocation_untold")


def test_a_list_that_somebody_else_signed_is_not_believed(
    samples: Set, authority: Authority, stranger: Authority, now: datetime, data_dir: Path, db: None
) -> None:
    trust(data_dir, authority.root, [stranger.revocations(at=now), stranger.root_revocations(at=now)])

    (check,) = check_here(samples[0]["good"], now=now)

    assert (check.verdict, check.reason) == ("unknown", "revocation_untold")


@pytest.mark.once
@pytest.mark.parametrize("name", ["good", "signed twice", "a page added", "revoked", "untrusted"])
def test_the_bounded_process_finds_the_same(samples: Set, now: datetime, db: None, name: str) -> None:
    assert check_foreign(samples[0][name], now=now) == check_here(samples[0][name], now=now)


@pytest.mark.parametrize("content", [b"", b"khong phai", b"%PDF-1.7\n%%EOF", b"%PDF-1.7\n" + b"[" * 200_000])
def test_what_is_no_pdf_is_refused_by_the_bounded_process(content: bytes, now: datetime, data_dir: Path) -> None:
    with pytest.raises(Refusal, match=r"signing\.(unreadable|too_complex)"):
        check_foreign(content, now=now)


@pytest.mark.parametrize("name", ANSWERS)
def test_pyhanko_by_itself_agrees(samples: Set, authority: Authority, now: datetime, db: None, name: str) -> None:
    """pyHanko's own verdict at the time of signing: sound where ours is valid, or open for what came later; never where ours is not."""
    files, lists = samples
    told = []
    for one in PdfFileReader(BytesIO(files[name]), strict=False).embedded_regular_signatures:
        context = ValidationContext(
            trust_roots=[asn1.Certificate.load(authority.root.public_bytes(serialization.Encoding.DER))],
            crls=lists_for(name, lists),
            moment=one.self_reported_timestamp,
            revocation_mode="require",
            retroactive_revinfo=True,
        )
        told.append(bool(validate_pdf_signature(one, context).bottom_line))

    later_only = {"ended_since", "clock"}
    assert told == [verdict == "valid" or reason in later_only for verdict, reason, _, _ in ANSWERS[name]]


@pytest.mark.skipif(not shutil.which("pdfsig"), reason="pdfsig (poppler-utils) is not installed")
@pytest.mark.parametrize("name", ANSWERS)
def test_pdfsig_agrees(samples: Set, tmp_path: Path, name: str) -> None:
    """What both look at, both find: does the signature fit its bytes and cover the whole file, has the certificate expired.

    pdfsig judges validity at the present and, here, neither trust nor revocation; those are compared with pyHanko alone.
    """
    file = tmp_path / "signed.pdf"
    file.write_bytes(samples[0][name])

    told = subprocess.run(["pdfsig", "-no-ocsp", str(file)], capture_output=True, text=True, check=False).stdout

    valid = [line == "Signature is Valid." for line in re.findall(r"Signature Validation: (.*)", told)]
    whole = [line == "Total document signed" for line in re.findall(r"  - (Total document signed|Not total document signed)", told)]
    assert valid == [reason != "changed" for _, reason, _, _ in ANSWERS[name]]
    assert whole == [later == "none" for _, _, later, _ in ANSWERS[name]]
    assert ("Certificate has Expired" in told) == name.startswith("expired")
