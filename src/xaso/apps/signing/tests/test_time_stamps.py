"""A time-stamp server vouches for the time of a signature; when it fails, signing goes on, says so, and the stamp is added later."""

import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import x509 as asn1
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_timestamp
from pyhanko_certvalidator import ValidationContext

from xaso.apps.audit import facade as audit
from xaso.apps.signing import administration, options, proving
from xaso.apps.signing import facade as signing
from xaso.apps.signing.models import SignatureRecord, SignedPaper
from xaso.apps.signing.testing import Standin, be_patient, running, take_into_use
from xaso.platform import clock, files
from xaso.platform.models import OutboxMessage, StoredFile

SUBJECT = "dossier:00000000-0000-7000-8000-000000000001"
BY = "Máy chủ dấu thời gian giả lập"


@pytest.fixture(scope="module")
def program() -> Iterator[Standin]:
    with running() as standin:
        yield standin


@pytest.fixture
def server(program: Standin, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Standin:
    """The server behaves, its authority is trusted here, and nobody is cross with it."""
    take_into_use(program, monkeypatch)
    return program


@pytest.fixture
def now() -> datetime:
    return clock.now()


def signed(paper: bytes, signer: Any, commune: Any, now: datetime) -> signing.SignedPdf:
    return signing.sign_and_seal(paper, account_id=signer.pk, commune_id=commune.pk, name=signer.full_name, reason="", now=now)


def kept(pdf: signing.SignedPdf, commune: Any, now: datetime) -> StoredFile:
    stored = files.keep(pdf.content, name="ket-qua.pdf", media_type="application/pdf", commune_id=commune.pk, now=now)
    signing.keep_provable(stored, pdf, subject=SUBJECT, now=now)
    return stored


def test_signature_and_seal_bear_a_time_stamp_and_the_check_tells_its_time(
    server: Standin, paper: bytes, signer: Any, commune: Any, now: datetime
) -> None:
    pdf = signed(paper, signer, commune, now)

    assert [(one.verdict, one.stamped_by, one.level) for one in signing.verify(pdf.content)] == [("valid", BY, "B-T")] * 2
    assert all(abs(one.stamped_at - now) < timedelta(seconds=10) for one in signing.verify(pdf.content) if one.stamped_at)
    for record in SignatureRecord.objects.all():
        assert (record.evidence["format"], record.evidence["time_stamp"]["by"]) == ("PAdES B-T", BY)
    kept(pdf, commune, now)
    assert (SignedPaper.objects.get().level, proving.prove_now(now)) == ("B-T", 0)


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"stamps": "down"}, "down"),
        ({"stamps": "slow"}, "down"),
        ({"stamps": "endless"}, "down"),
        ({"stamps": "refused"}, "refused"),
        ({"stamps": "rubbish"}, "unreadable"),
        ({"stamps": "wrong_nonce"}, "wrong_nonce"),
        ({"stamps": "wrong_imprint"}, "wrong_imprint"),
        ({"stamps": "forged"}, "wrong_signature"),
        ({"clock": "1200"}, "clock"),
        ({"clock": "-1200"}, "clock"),
        ({"stamper_days": "-2"}, "expired"),
        ({"stamper_for": "mail"}, "not_for_stamps"),
    ],
)
def test_whatever_the_server_does_wrong_the_signature_goes_out_without_and_says_so(
    server: Standin, paper: bytes, signer: Any, commune: Any, now: datetime, wrong: dict[str, str], reason: str
) -> None:
    server.control(**wrong)
    begun = time.monotonic()

    pdf = signed(paper, signer, commune, now)

    assert time.monotonic() - begun < 6
    assert [(one.verdict, one.stamped_at, one.level) for one in signing.verify(pdf.content)] == [("valid", None, "B-B")] * 2
    first, second = SignatureRecord.objects.order_by("pk")
    assert (first.evidence["format"], first.evidence["time_stamp"]) == ("PAdES B-B", {"missing": reason})
    assert second.evidence["time_stamp"] == {"missing": "resting"}


def test_a_server_of_an_authority_that_nobody_trusts_here_is_not_believed(
    server: Standin, paper: bytes, signer: Any, commune: Any, data_dir: Path, now: datetime
) -> None:
    (data_dir / "keys" / "trusted" / "tsa.pem").unlink()

    pdf = signed(paper, signer, commune, now)

    assert pdf.stamped_at is None
    assert SignatureRecord.objects.order_by("pk")[0].evidence["time_stamp"] == {"missing": "authority_unknown"}


def test_while_the_server_is_down_only_the_first_signature_waits(
    server: Standin, paper: bytes, signer: Any, commune: Any, now: datetime
) -> None:
    server.control(stamps="slow")
    signed(paper, signer, commune, now)
    asked = len(json.loads(server.get("/_control/"))["calls"])

    signed(paper, signer, commune, now)

    assert len(json.loads(server.get("/_control/"))["calls"]) == asked


def test_without_a_named_server_nobody_is_asked(
    server: Standin, paper: bytes, signer: Any, commune: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XASO_TIME_STAMP_ADDRESS")
    asked = len(json.loads(server.get("/_control/"))["calls"])

    pdf = signed(paper, signer, commune, now)
    stored = kept(pdf, commune, now)

    assert {record.evidence["time_stamp"] for record in SignatureRecord.objects.all()} == {None}
    assert (proving.prove_now(now), len(json.loads(server.get("/_control/"))["calls"])) == (0, asked)
    proof = signing.find_proof(stored.pk)
    assert proof is not None
    assert "không có dấu thời gian" in str(signing.proof_in_words(proof).text)


def test_a_paper_signed_while_the_server_was_down_gets_a_document_time_stamp_later(
    server: Standin, paper: bytes, signer: Any, commune: Any, now: datetime
) -> None:
    server.control(stamps="down")
    pdf = signed(paper, signer, commune, now)
    stored = kept(pdf, commune, now)
    be_patient()
    assert proving.prove_now(now) == 0
    row = SignedPaper.objects.get()
    assert (row.tries, row.trouble, row.next_at) == (1, "down", now + timedelta(minutes=1))
    proof = signing.find_proof(stored.pk)
    assert proof is not None
    assert "không trả lời" in str(signing.proof_in_words(proof).text)
    assert administration.certificates_standing(commune.pk).tone == "nghe"

    server.control(stamps="good")
    be_patient()
    assert proving.prove_now(now + timedelta(seconds=59)) == 0
    assert proving.prove_now(now + timedelta(minutes=1)) == 1

    row.refresh_from_db()
    newer = files.read(row.file)
    assert newer.startswith(pdf.content)
    assert (row.level, row.trouble, row.file.name) == ("B-T", "", "ket-qua.pdf")
    assert row.next_at == now + timedelta(days=1)
    assert [(one.verdict, one.level, one.stamped_by) for one in signing.verify(newer)] == [("valid", "B-T", BY)] * 2
    assert ("stamped", "") in signing.verify(newer)[0].changes
    fact = OutboxMessage.objects.get(topic=signing.EXTENDED)
    assert (fact.subject, fact.payload) == (SUBJECT, {"paper": str(row.pk), "before": str(stored.pk), "after": str(row.file_id)})
    assert signing.newest_file_id(row.pk) == row.file_id
    assert [line.verb for line in audit.history_of(SUBJECT)] == ["signing.time_stamped"]
    assert proving.prove_now(now + timedelta(days=400)) == 0


def test_the_pauses_grow_to_an_hour(server: Standin, paper: bytes, signer: Any, commune: Any, now: datetime) -> None:
    server.control(stamps="refused")
    kept(signed(paper, signer, commune, now), commune, now)
    pauses, at = [], now
    for _time in range(9):
        be_patient()
        proving.prove_now(at)
        due = SignedPaper.objects.get().next_at
        assert due is not None
        pauses.append((due - at) // timedelta(minutes=1))
        at = due
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_the_worker_does_not_wait_for_the_server(server: Standin, paper: bytes, signer: Any, commune: Any, now: datetime) -> None:
    server.control(stamps="down")
    kept(signed(paper, signer, commune, now), commune, now)
    server.control(stamps="good")
    be_patient()

    begun = time.monotonic()
    assert proving.prove(now) == 0
    assert time.monotonic() - begun < 0.5
    for _time in range(100):
        if proving.prove(now):
            break
        time.sleep(0.05)

    assert SignedPaper.objects.get().level == "B-T"


def test_a_paper_that_lost_its_file_keeps_no_other_waiting(server: Standin, paper: bytes, signer: Any, commune: Any, now: datetime) -> None:
    server.control(stamps="down")
    lost = kept(signed(paper, signer, commune, now), commune, now)
    kept(signed(paper, signer, commune, now + timedelta(seconds=1)), commune, now)
    files.path_of(lost.sha256).unlink()
    server.control(stamps="good")
    be_patient()

    assert proving.prove_now(now) == 1

    assert dict(SignedPaper.objects.values_list("level", "trouble")) == {"B-B": "files.missing", "B-T": ""}


@pytest.mark.skipif(not shutil.which("pdfsig"), reason="pdfsig (poppler-utils) is not installed")
def test_pdfsig_and_pyhanko_agree_on_a_paper_stamped_later(
    server: Standin, paper: bytes, signer: Any, commune: Any, now: datetime, tmp_path: Path
) -> None:
    server.control(stamps="down")
    kept(signed(paper, signer, commune, now), commune, now)
    server.control(stamps="good")
    be_patient()
    proving.prove_now(now)
    content = files.read(SignedPaper.objects.get().file)
    (tmp_path / "f.pdf").write_bytes(content)

    told = subprocess.run(["pdfsig", "-no-ocsp", str(tmp_path / "f.pdf")], capture_output=True, text=True, check=False).stdout
    (stamp,) = PdfFileReader(BytesIO(content), strict=False).embedded_timestamp_signatures
    context = ValidationContext(trust_roots=[asn1.Certificate.load(_der(server.get("/root.pem")))])

    assert told.count("Signature Validation: Signature is Valid.") == 2  # of a document time stamp pdfsig tells no more than what it covers
    assert told.count("  - Total document signed") == 1
    status = validate_pdf_timestamp(stamp, context)
    assert (status.intact, status.valid, status.trusted) == (True, True, True)
    assert str(status.coverage).endswith("ENTIRE_FILE")


def _der(pem: bytes) -> bytes:
    from asn1crypto import pem as armour

    content: bytes = armour.unarmor(pem)[2]
    return content


@pytest.mark.parametrize("wrong", ["ftp://tsa.example.vn/", "tsa.example.vn", "http://user@tsa.example.vn/", "http://tsa.example.vn/?a=b"])
def test_an_address_that_can_not_be_one_is_refused_at_the_start(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XASO_TIME_STAMP_ADDRESS", wrong)

    with pytest.raises(ValueError, match="XASO_TIME_STAMP_ADDRESS"):
        options.TIME_STAMP_ADDRESS.value()
