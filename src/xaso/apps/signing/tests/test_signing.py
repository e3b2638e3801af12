"""A result is signed by the official and sealed by the agency; nobody signs with what she may not use."""

import shutil
import stat
import subprocess
import sys
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.db import DatabaseError, transaction

from xaso.apps.people import testing as people
from xaso.apps.signing import facade as signing
from xaso.apps.signing.models import Certificate, SignatureRecord
from xaso.kernel.errors import Refusal


def sign_and_seal(paper: bytes, signer: Any, commune: Any, now: datetime) -> signing.SignedPdf:
    return signing.sign_and_seal(paper, account_id=signer.pk, commune_id=commune.pk, name="Vàng Seo Dín", reason="Giấy xác nhận", now=now)


def with_one_more_page(content: bytes) -> bytes:
    from pyhanko.pdf_utils import writer as pyhanko
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    changes: Any = IncrementalPdfFileWriter(BytesIO(content))
    page: Any = pyhanko.PageObject
    changes.insert_page(page(contents=changes.add_object(changes.root["/Metadata"]), media_box=(0, 0, 200, 200)))
    changed = BytesIO()
    changes.write(changed)
    return changed.getvalue()


def test_signature_and_seal_are_two_incremental_signatures_that_check_as_valid(
    paper: bytes, signer: Any, commune: Any, now: datetime
) -> None:
    signed = sign_and_seal(paper, signer, commune, now)

    assert signed.content.startswith(paper)
    first, second = signing.verify(signed.content)
    assert (first.signer, first.verdict, first.later_changes, first.covers_whole) == ("Vàng Seo Dín", "valid", "allowed", False)
    assert (second.signer, second.verdict, second.later_changes, second.covers_whole) == (
        "Ủy ban nhân dân xã Bảo Nhai",
        "valid",
        "none",
        True,
    )
    assert first.signed_at == now
    assert first.is_test
    assert b"/ETSI.CAdES.detached" in signed.content


@pytest.mark.skipif(not shutil.which("pdfsig"), reason="pdfsig (poppler-utils) is not installed")
def test_pdfsig_finds_both_signatures_valid(paper: bytes, signer: Any, commune: Any, now: datetime, tmp_path: Path) -> None:
    file = tmp_path / "signed.pdf"
    file.write_bytes(sign_and_seal(paper, signer, commune, now).content)

    told = subprocess.run(["pdfsig", str(file)], capture_output=True, text=True, check=False).stdout

    assert told.count("Signature is Valid.") == 2
    assert told.count("ETSI.CAdES.detached") == 2
    assert told.count("Total document signed") == 1


def test_signature_stands_where_the_paper_keeps_room_and_the_seal_covers_its_left_third(
    paper: bytes, signer: Any, commune: Any, now: datetime
) -> None:
    with pikepdf.open(BytesIO(sign_and_seal(paper, signer, commune, now).content)) as file:
        boxes = {str(field.T): [float(edge) for edge in field.Rect] for field in file.Root.AcroForm.Fields}
    left, bottom, right, top = boxes["ChuKy"]
    seal_left, _, seal_right, _ = boxes["DauCoQuan"]

    assert (right - left, top - bottom) == (232, 96)
    assert 300 < left < 320
    assert seal_right - seal_left == 102
    assert left + 0.35 * (right - left) < seal_right < left + 0.45 * (right - left)


def test_each_signature_leaves_a_record_that_the_database_never_changes(paper: bytes, signer: Any, commune: Any, now: datetime) -> None:
    signed = sign_and_seal(paper, signer, commune, now)

    rows = list(SignatureRecord.objects.order_by("id"))
    assert [(row.kind, row.account_id, row.signed_at) for row in rows] == [("person", signer.pk, now), ("seal", None, now)]
    assert [row.document_digest for row in rows] == [facts.document_digest for facts in signed.records]
    assert rows[0].evidence["format"] == "PAdES B-B"
    with pytest.raises(DatabaseError), transaction.atomic():
        SignatureRecord.objects.update(name="khác")
    with pytest.raises(DatabaseError), transaction.atomic():
        rows[0].delete()


def test_one_changed_byte_makes_both_signatures_invalid(paper: bytes, signer: Any, commune: Any, now: datetime) -> None:
    content = bytearray(sign_and_seal(paper, signer, commune, now).content)
    content[content.index(b"/Creator")] ^= 1

    assert [(check.verdict, check.intact) for check in signing.verify(bytes(content))] == [("invalid", False)] * 2


def test_a_page_added_after_the_signatures_makes_them_invalid(paper: bytes, signer: Any, commune: Any, now: datetime) -> None:
    changed = with_one_more_page(sign_and_seal(paper, signer, commune, now).content)

    assert [(check.verdict, check.reason) for check in signing.verify(changed)] == [("invalid", "changed_later")] * 2


def test_a_signature_of_a_foreign_authority_can_not_be_judged(
    paper: bytes, signer: Any, commune: Any, now: datetime, tmp_path: Path, settings: Any
) -> None:
    content = sign_and_seal(paper, signer, commune, now).content
    settings.DATA_DIR = tmp_path / "elsewhere"

    assert [(check.verdict, check.intact, check.reason) for check in signing.verify(content)] == [
        ("unknown", True, "authority_unknown")
    ] * 2


def test_a_pdf_without_signatures_has_no_checks(paper: bytes) -> None:
    assert signing.verify(paper) == []


@pytest.mark.parametrize("content", [b"", b"no pdf", b"%PDF-1.7\n%%EOF"])
def test_what_is_no_pdf_is_refused(content: bytes, db: None) -> None:
    with pytest.raises(Refusal) as refused:
        signing.verify(content)
    assert refused.value.code == "signing.unreadable"


def test_nobody_signs_with_the_certificate_of_another(paper: bytes, signer: Any, commune: Any, now: datetime) -> None:
    other = people.staff(commune, "signer")
    theirs = signing.issue_test_certificate(other.pk, commune.pk, name="Người Khác", now=now)

    with pytest.raises(Refusal) as refused:
        signing.sign(paper, account_id=signer.pk, name="Vàng Seo Dín", reason="", now=now, certificate_id=theirs.pk)

    assert refused.value.code == "signing.other_persons"
    assert not SignatureRecord.objects.exists()


def test_who_has_a_name_of_60_letters_gets_a_test_certificate_that_signs(paper: bytes, commune: Any, now: datetime) -> None:
    name = "Nguyễn Phúc Hồng Thụy Công Tằng Tôn Nữ Phương Thảo Quỳnh Anh"
    signer = people.staff(commune, "signer", full_name=name)
    certificate = signing.issue_test_certificate(signer.pk, commune.pk, name=name, now=now)

    signed = signing.sign(paper, account_id=signer.pk, name=name, reason="", now=now, certificate_id=certificate.pk)

    (found,) = signing.verify(signed.content)
    assert found.verdict == "valid"
    assert len(found.signer.encode()) <= 64
    assert name.startswith(found.signer)


@pytest.mark.parametrize(("days", "code"), [(731, "signing.expired"), (-367, "signing.not_yet_valid")], ids=["expired", "not yet valid"])
def test_nobody_signs_outside_the_validity_of_the_certificate(
    paper: bytes, signer: Any, commune: Any, now: datetime, days: int, code: str
) -> None:
    signing.issue_test_certificate(signer.pk, commune.pk, name="Vàng Seo Dín", now=now)

    with pytest.raises(Refusal) as refused:
        sign_and_seal(paper, signer, commune, now + timedelta(days=days))

    assert refused.value.code == code
    assert not SignatureRecord.objects.exists()


def test_a_revoked_certificate_signs_no_more_and_what_it_signed_before_stays_valid(
    paper: bytes, signer: Any, commune: Any, now: datetime
) -> None:
    before = sign_and_seal(paper, signer, commune, now).content
    later = now + timedelta(hours=1)
    certificate = Certificate.objects.get(account_id=signer.pk)
    signing.revoke(people.actor_for(people.staff(commune, "administrator")), certificate.pk, now=later)

    with pytest.raises(Refusal) as refused:
        sign_and_seal(paper, signer, commune, later)

    assert refused.value.code == "signing.revoked"
    assert [check.verdict for check in signing.verify(before)] == ["valid", "valid"]
    Certificate.objects.filter(pk=certificate.pk).update(revoked_at=now - timedelta(minutes=1))
    assert [check.reason for check in signing.verify(before)] == ["revoked", ""]


def test_outside_a_trial_nobody_gets_a_certificate_by_signing(
    paper: bytes, signer: Any, commune: Any, now: datetime, settings: Any
) -> None:
    settings.XASO_MODE = "production"

    with pytest.raises(Refusal) as refused:
        sign_and_seal(paper, signer, commune, now)

    assert refused.value.code == "signing.no_certificate"
    assert not Certificate.objects.exists()


def test_a_lost_key_is_told_and_nothing_is_recorded(paper: bytes, signer: Any, commune: Any, now: datetime, data_dir: Path) -> None:
    certificate = signing.issue_test_certificate(signer.pk, commune.pk, name="Vàng Seo Dín", now=now)
    (data_dir / "keys" / certificate.key_location.removeprefix("file:")).unlink()

    with pytest.raises(Refusal) as refused:
        sign_and_seal(paper, signer, commune, now)

    assert refused.value.code == "signing.key_missing"
    assert not SignatureRecord.objects.exists()


def test_keys_are_readable_by_the_service_alone(signer: Any, commune: Any, now: datetime, data_dir: Path) -> None:
    signing.issue_test_certificate(signer.pk, commune.pk, name="Vàng Seo Dín", now=now)

    keys = list((data_dir / "keys").glob("*.key"))
    assert len(keys) == 2
    assert {stat.S_IMODE(key.stat().st_mode) for key in keys} == {0o600}
    assert stat.S_IMODE((data_dir / "keys").stat().st_mode) == 0o700


def test_test_certificates_say_that_they_are_tests(signer: Any, commune: Any, now: datetime) -> None:
    certificate = signing.issue_test_certificate(signer.pk, commune.pk, name="Vàng Seo Dín", now=now)

    assert certificate.is_test
    assert "BẢN THỬ – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ" in certificate.subject
    assert "BẢN THỬ – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ" in certificate.issuer


def test_a_pdf_that_keeps_no_room_is_signed_without_a_picture(signer: Any, commune: Any, now: datetime) -> None:
    plain, file = BytesIO(), pikepdf.new()
    file.add_blank_page()
    file.save(plain)

    signed = sign_and_seal(plain.getvalue(), signer, commune, now)

    assert [check.verdict for check in signing.verify(signed.content)] == ["valid", "valid"]


def test_a_second_person_signs_beside_the_first(paper: bytes, signer: Any, commune: Any, now: datetime) -> None:
    once = signing.sign(paper, account_id=signer.pk, commune_id=commune.pk, name="Vàng Seo Dín", reason="", now=now)
    other = people.staff(commune, "signer")

    twice = signing.sign(once.content, account_id=other.pk, commune_id=commune.pk, name="Hoàng Thị Lan", reason="", now=now)

    assert [(check.field, check.signer, check.verdict) for check in signing.verify(twice.content)] == [
        ("ChuKy", "Vàng Seo Dín", "valid"),
        ("ChuKy2", "Hoàng Thị Lan", "valid"),
    ]


def test_a_process_that_never_signs_does_not_load_the_signing_library() -> None:
    code = (
        "import django; django.setup();"
        "import xaso.apps.signing.facade, sys;"
        "print([name for name in ('pyhanko', 'typst', 'cryptography.x509') if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True).stdout

    assert "pyhanko" not in told
    assert "typst" not in told
