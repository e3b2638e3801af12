"""A signed paper gets all evidence inside and a stamp over it, and proves itself when certificates and stamps have long ended."""

import asyncio
import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import pem
from asn1crypto import x509 as asn1
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESStatus
from pyhanko.sign.validation.ades import ades_lta_validation
from pyhanko.sign.validation.policy_decl import PdfSignatureValidationSpec, SignatureValidationSpec
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager

from xaso.apps.audit import facade as audit
from xaso.apps.people import testing as people
from xaso.apps.signing import checking, proving, revocation
from xaso.apps.signing import facade as signing
from xaso.apps.signing.actions.certificates import issue_test_certificate, register_certificate, revoke
from xaso.apps.signing.judging import OwnRecord, judged
from xaso.apps.signing.models import Certificate, SignedPaper
from xaso.apps.signing.rules import PaperFacts, levels_in_work, next_proof_at
from xaso.apps.signing.shapes import SignatureCheck
from xaso.apps.signing.testing import Standin, be_patient, running, take_into_use
from xaso.apps.signing.tests import signed_samples
from xaso.apps.signing.verification import read_signatures
from xaso.platform import clock, files

PASSPHRASE = "mat-khau-cua-tep-2026"
DAY, YEAR = timedelta(days=1), timedelta(days=365)


@pytest.fixture(scope="module")
def program() -> Iterator[Standin]:
    with running() as standin:
        yield standin


@pytest.fixture
def now() -> datetime:
    """Three days ago: what happens a day or two later is in the past of programs that go by the machine's clock."""
    return clock.now() - 3 * DAY


@pytest.fixture
def server(program: Standin, monkeypatch: pytest.MonkeyPatch, now: datetime) -> Standin:
    program.control(mode="good", stamper_days=str(3 * 365))
    take_into_use(program, monkeypatch)
    program.control(clock=str(round(-3 * DAY.total_seconds())))
    monkeypatch.setenv("XASO_REVOCATION_ADDRESSES", f"{program.address}/")
    return program


@pytest.fixture
def paper_kept(server: Standin, paper: bytes, signer: Any, commune: Any, now: datetime) -> SignedPaper:
    """A paper signed and sealed with certificates of a year, at B-T."""
    admin = people.actor_for(people.staff(commune, "administrator"))
    for account_id, name in ((signer.pk, signer.full_name), (None, "Ủy ban nhân dân xã Bảo Nhai")):
        register_certificate(admin, account_id, server.key_file(name, PASSPHRASE), PASSPHRASE, now=now)
    pdf = signing.sign_and_seal(paper, account_id=signer.pk, commune_id=commune.pk, name=signer.full_name, reason="", now=now)
    stored = files.keep(pdf.content, name="a.pdf", media_type="application/pdf", commune_id=commune.pk, now=now)
    signing.keep_provable(stored, pdf, subject="dossier:1", now=now)
    return SignedPaper.objects.get()


def on(server: Standin, at: datetime) -> datetime:
    """Let the authority live at the time too, and fetch its lists."""
    server.control(clock=str(round((at - clock.now()).total_seconds())))
    be_patient()
    revocation.refresh_now(at)
    return at


def content(row: SignedPaper) -> bytes:
    row.refresh_from_db()
    return files.read(row.file)


def as_stranger(file: bytes, *, now: datetime, with_lists: bool = False) -> list[SignatureCheck]:
    """Check as somebody who trusts the root, and has neither our record nor, unless told, our lists."""
    known = checking.known()
    if not with_lists:
        known = type(known)(known.roots)
    return [judged(one, OwnRecord(), now=now) for one in read_signatures(file, known, now=now)]


def answers(checks: list[SignatureCheck]) -> list[tuple[str, str, str]]:
    return [(one.verdict, one.reason, one.level) for one in checks]


@pytest.fixture
def preserved(server: Standin, paper_kept: SignedPaper, now: datetime) -> SignedPaper:
    """The paper at B-LTA, made the day after."""
    assert proving.prove_now(on(server, now + DAY)) == 1
    paper_kept.refresh_from_db()
    return paper_kept


def test_the_day_after_a_paper_gets_its_evidence_and_a_stamp_over_it(server: Standin, paper_kept: SignedPaper, now: datetime) -> None:
    before = content(paper_kept)
    assert proving.prove_now(on(server, now + DAY - timedelta(minutes=1))) == 0
    assert answers(as_stranger(before, now=now)) == [("unknown", "revocation_untold", "B-T")] * 2

    assert proving.prove_now(on(server, now + DAY)) == 1

    after = content(paper_kept)
    assert after.startswith(before)
    assert paper_kept.level == "B-LTA"
    assert answers(as_stranger(after, now=now + DAY)) == [("valid", "", "B-LTA")] * 2
    assert answers(signing.verify(after, now=now + DAY)) == [("valid", "", "B-LTA")] * 2
    assert [line.detail["level"] for line in audit.history_of("dossier:1")] == ["B-LTA"]
    proof = signing.find_proof(paper_kept.file_id)
    assert proof is not None
    assert "kèm đủ bằng chứng" in str(signing.proof_in_words(proof).text)


def test_a_paper_signed_without_a_stamp_gets_both_in_their_order(
    server: Standin, paper_kept: SignedPaper, paper: bytes, signer: Any, commune: Any, now: datetime
) -> None:
    server.control(stamps="down")
    pdf = signing.sign(paper, account_id=signer.pk, commune_id=commune.pk, name=signer.full_name, reason="", now=now)
    stored = files.keep(pdf.content, name="b.pdf", media_type="application/pdf", commune_id=commune.pk, now=now)
    signing.keep_provable(stored, pdf, subject="dossier:2", now=now)
    server.control(stamps="good")
    be_patient()

    assert proving.prove_now(now) == 1
    assert proving.prove_now(on(server, now + DAY)) == 2

    row = SignedPaper.objects.get(subject="dossier:2")
    assert answers(as_stranger(content(row), now=now + DAY)) == [("valid", "", "B-LTA")]


def test_it_still_holds_when_the_signers_certificate_has_ended(preserved: SignedPaper, server: Standin, now: datetime) -> None:
    later = now + 2 * YEAR

    assert answers(as_stranger(content(preserved), now=later)) == [("valid", "", "B-LTA")] * 2
    (first, _second) = as_stranger(content(preserved), now=later)
    assert first.stamped_at is not None
    assert abs(first.stamped_at - now) < timedelta(seconds=10)


def test_evidence_goes_up_to_the_root_where_the_issuing_authority_is_trusted_beside_it(
    server: Standin, paper_kept: SignedPaper, signer: Any, now: datetime, data_dir: Path
) -> None:
    between = data_dir / "keys" / "trusted" / "cap-duoi.pem"
    between.write_text(Certificate.objects.get(account_id=signer.pk).chain_pem)

    assert proving.prove_now(on(server, now + DAY)) == 1

    assert answers(signing.verify(content(paper_kept), now=now + DAY)) == [("valid", "", "B-LTA")] * 2
    between.unlink()
    assert answers(as_stranger(content(paper_kept), now=now + DAY)) == [("valid", "", "B-LTA")] * 2


def test_a_stamp_alone_proves_the_time_when_the_certificate_has_ended(
    server: Standin, paper_kept: SignedPaper, now: datetime, data_dir: Path
) -> None:
    on(server, now + timedelta(seconds=2))

    checks = as_stranger(content(paper_kept), now=now + 2 * YEAR, with_lists=True)

    assert answers(checks) == [("valid", "", "B-T")] * 2


def test_a_stamp_is_renewed_before_its_servers_certificate_ends_and_outlives_it(
    preserved: SignedPaper, server: Standin, now: datetime
) -> None:
    due = preserved.next_at
    assert due is not None
    assert preserved.stamp_ends_at is not None
    assert due == preserved.stamp_ends_at - timedelta(days=90)
    assert proving.prove_now(on(server, due - DAY)) == 0
    unrenewed = content(preserved)

    server.control(stamper_days=str(9 * 365))
    assert proving.prove_now(on(server, due)) == 1

    renewed, later = content(preserved), now + 4 * YEAR
    assert renewed.startswith(unrenewed)
    assert answers(as_stranger(renewed, now=later)) == [("valid", "", "B-LTA")] * 2
    assert answers(as_stranger(unrenewed, now=later)) == [("unknown", "ended_since", "B-B")] * 2
    assert preserved.next_at is not None
    assert preserved.next_at > now + 7 * YEAR


def test_a_server_whose_own_certificate_ends_soon_is_not_asked_again_and_again(
    server: Standin, paper_kept: SignedPaper, now: datetime
) -> None:
    server.control(stamper_days="60")

    assert [proving.prove_now(on(server, now + DAY)), proving.prove_now(now + DAY), proving.prove_now(now + 2 * DAY)] == [1, 0, 0]

    paper_kept.refresh_from_db()
    assert paper_kept.next_at is not None
    assert now + 28 * DAY < paper_kept.next_at < now + 33 * DAY


def test_without_lists_of_the_issuer_a_paper_stays_stamped_and_says_why(
    server: Standin, paper_kept: SignedPaper, now: datetime, data_dir: Path
) -> None:
    server.control(clock=str(round(-2 * DAY.total_seconds())))
    be_patient()
    before = paper_kept.file_id

    assert proving.prove_now(now + DAY) == 0

    paper_kept.refresh_from_db()
    assert (paper_kept.file_id, paper_kept.level, paper_kept.trouble) == (before, "B-T", "revocation_untold")
    assert paper_kept.next_at == now + DAY + timedelta(hours=6)


def test_a_paper_of_the_trial_gets_its_evidence_too_and_stays_a_trial(
    server: Standin, paper: bytes, signer: Any, commune: Any, now: datetime
) -> None:
    issue_test_certificate(signer.pk, commune.pk, name=signer.full_name, now=now)
    pdf = signing.sign(paper, account_id=signer.pk, commune_id=commune.pk, name=signer.full_name, reason="", now=now)
    stored = files.keep(pdf.content, name="c.pdf", media_type="application/pdf", commune_id=commune.pk, now=now)
    signing.keep_provable(stored, pdf, subject="dossier:3", now=now)
    kept = SignedPaper.objects.get()
    admin = people.actor_for(people.staff(commune, "administrator"))
    revoke(admin, Certificate.objects.get(account_id=signer.pk).pk, now=now + timedelta(hours=1))

    assert proving.prove_now(on(server, now + DAY)) == 1

    (check,) = signing.verify(content(kept), now=now + DAY)
    assert (check.verdict, check.level, check.is_test) == ("valid", "B-LTA", True)
    assert answers(as_stranger(content(kept), now=now + DAY)) == [("unknown", "authority_unknown", "B-T")]


def test_a_list_older_than_the_signature_is_no_evidence(server: Standin, paper_kept: SignedPaper, now: datetime) -> None:
    on(server, now - timedelta(hours=2))
    server.control(clock=str(round(-2 * DAY.total_seconds())))

    assert proving.prove_now(now + DAY) == 0

    paper_kept.refresh_from_db()
    assert paper_kept.trouble == "revocation_untold"


def test_a_certificate_revoked_after_signing_leaves_the_paper_good(
    server: Standin, paper_kept: SignedPaper, signer: Any, now: datetime
) -> None:
    on(server, now + timedelta(hours=1))
    server.control(revoke=Certificate.objects.get(account_id=signer.pk).serial)

    assert proving.prove_now(on(server, now + DAY)) == 1

    assert answers(as_stranger(content(paper_kept), now=now + 2 * DAY)) == [("valid", "", "B-LTA")] * 2


def test_a_list_made_after_the_certificate_had_ended_tells_nothing_of_it(server: Standin, paper_kept: SignedPaper, now: datetime) -> None:
    """A revoked certificate may be dropped from the list once it has ended."""
    later = on(server, now + 2 * YEAR)

    checks = as_stranger(content(paper_kept), now=later, with_lists=True)

    assert answers(checks) == [("unknown", "revocation_untold", "B-T")] * 2


def test_a_server_that_fails_meanwhile_changes_nothing(server: Standin, paper_kept: SignedPaper, now: datetime) -> None:
    at, before = on(server, now + DAY), content(paper_kept)
    server.control(stamps="forged")

    assert proving.prove_now(at) == 0

    assert (content(paper_kept), paper_kept.level, paper_kept.trouble) == (before, "B-T", "wrong_signature")


def test_operators_may_want_less(server: Standin, paper_kept: SignedPaper, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XASO_SIGNATURE_LEVEL", "B-T")
    assert proving.prove_now(on(server, now + DAY)) == 0

    monkeypatch.setenv("XASO_SIGNATURE_LEVEL", "B-LT")
    assert proving.prove_now(now + DAY) == 1
    assert answers(as_stranger(content(paper_kept), now=now + DAY)) == [("valid", "", "B-LT")] * 2

    monkeypatch.setenv("XASO_SIGNATURE_LEVEL", "B-LTA")
    assert proving.prove_now(now + DAY) == 1
    assert answers(as_stranger(content(paper_kept), now=now + DAY)) == [("valid", "", "B-LTA")] * 2


@pytest.mark.parametrize(
    ("change", "answer"),
    [
        (signed_samples.with_a_page_more, ("invalid", "changed_later", "B-LTA")),
        (signed_samples.with_other_words, ("invalid", "changed_later", "B-LTA")),
        (signed_samples.altered, ("invalid", "changed", "B-T")),
    ],
)
def test_evidence_and_stamps_do_not_cover_for_what_was_changed(
    preserved: SignedPaper, now: datetime, change: Any, answer: tuple[str, str, str]
) -> None:
    checks = as_stranger(change(content(preserved)), now=now + DAY)

    assert {one[:2] for one in answers(checks)} == {answer[:2]}


def test_pyhanko_by_itself_finds_the_same_proven_for_the_long_term(preserved: SignedPaper, server: Standin) -> None:
    root = asn1.Certificate.load(pem.unarmor(server.get("/root.pem"))[2])
    policy = CertValidationPolicySpec(SimpleTrustManager.build(trust_roots=[root]), CertRevTrustPolicy(REQUIRE_REVINFO))
    spec = PdfSignatureValidationSpec(SignatureValidationSpec(policy))
    for signature in PdfFileReader(BytesIO(content(preserved)), strict=False).embedded_regular_signatures:
        assert asyncio.run(ades_lta_validation(signature, spec)).ades_subindic.status == AdESStatus.PASSED


@pytest.mark.skipif(not shutil.which("pdfsig"), reason="pdfsig (poppler-utils) is not installed")
def test_pdfsig_finds_both_signatures_valid_and_the_file_whole(preserved: SignedPaper, tmp_path: Path) -> None:
    (tmp_path / "f.pdf").write_bytes(content(preserved))

    told = subprocess.run(["pdfsig", "-no-ocsp", str(tmp_path / "f.pdf")], capture_output=True, text=True, check=False).stdout

    assert told.count("Signature Validation: Signature is Valid.") == 2
    assert told.count("  - Total document signed") == 1


NOON = datetime(2026, 11, 30, 5, tzinfo=clock.now().tzinfo)


@pytest.mark.parametrize(
    ("paper", "due"),
    [
        (PaperFacts("B-B", NOON), NOON),
        (PaperFacts("B-T", NOON, NOON), NOON + DAY),
        (PaperFacts("B-T", NOON, NOON + 3 * DAY), NOON + 4 * DAY),
        (PaperFacts("B-LT", NOON, NOON), NOON + DAY),
        (PaperFacts("B-LTA", NOON, NOON, NOON + DAY, NOON + 2 * YEAR), NOON + 2 * YEAR - timedelta(days=90)),
        (PaperFacts("B-LTA", NOON, NOON, NOON + DAY, NOON + 20 * YEAR), NOON + DAY + 5 * YEAR),
        (PaperFacts("B-LTA", NOON, NOON, NOON, NOON + 60 * DAY), NOON + 30 * DAY),
        (PaperFacts("B-LTA", NOON, NOON, NOON, NOON + DAY), NOON + DAY),
        (PaperFacts("B-LTA", NOON, NOON, NOON + DAY, NOON), NOON + 2 * DAY),
    ],
)
def test_when_something_is_added_next(paper: PaperFacts, due: datetime) -> None:
    assert next_proof_at(paper, renewed_after_years=5) == due


def test_what_was_renewed_once_is_renewed_whatever_operators_want_later() -> None:
    assert all("B-LTA" in levels_in_work(wanted) and "B-B" in levels_in_work(wanted) for wanted in ("B-T", "B-LT", "B-LTA"))
