"""Backups, restores and drills in words: lines for the operator in Vietnamese with English."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import translation

from xaso.apps.backups.actions.making import Made
from xaso.apps.backups.proving import TOLD, Proof
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN
from xaso.platform.errors import words_for

MB = 1024 * 1024


def refusal_lines(refusal: Refusal) -> list[str]:
    """Return a refusal in Vietnamese, and in English below."""
    said = []
    for language in ("vi", "en"):
        with translation.override(language):
            said.append(words_for(refusal))
    return [said[0], f"({said[1]})"]


def made_lines(made: Made) -> Iterator[str]:
    """Yield what was saved, and what could not be."""
    manifest = made.manifest
    yield f"Đã sao lưu (backed up): {made.path}, {made.size_bytes / MB:.1f} MB"
    yield f"  {len(manifest.facts.rows)} bảng (tables), {manifest.facts.row_count} dòng (rows)"
    yield f"  {manifest.files} tệp (files), {manifest.files_bytes / MB:.1f} MB"
    if made.damaged:
        yield f"  ! {len(made.damaged)} tệp đã mất hoặc hỏng từ trước, không lưu được (files gone or damaged before):"
        yield from (f"    {digest}" for digest in made.damaged[:TOLD])


def proof_lines(proof: Proof) -> Iterator[str]:
    """Yield the report of a restore: what was compared and whether it is the same."""
    manifest = proof.manifest
    made_at = datetime.fromisoformat(manifest.made_at).astimezone(VN)
    yield f"Bản sao lưu lúc (backup of) {made_at:%d/%m/%Y %H:%M}, {manifest.vendor} {manifest.server}, xaso {manifest.program}"
    yield from _count_lines(proof)
    yield from _file_lines(proof)
    yield from _record_lines(proof)
    yield from _sealed_lines(proof)
    if proof.upgraded:
        yield f"Đã nâng cấp {proof.upgraded} bước cho phiên bản này (migrations applied)"
    if not proof.secret_is_same:
        yield "! XASO_SECRET_KEY ở đây khác lúc sao lưu: khóa ký sẽ không mở được (another secret key: signing keys will not open)"
    yield "PHỤC HỒI ĐỦ 100 % (RESTORED, 100 % PROVEN)" if proof.is_whole else "CHƯA ĐỦ (NOT WHOLE)"


def _count_lines(proof: Proof) -> Iterator[str]:
    facts = proof.manifest.facts
    same = "khớp (same)" if not proof.differing else "KHÔNG KHỚP (DIFFERENT)"
    yield f"Số dòng (rows): {len(facts.rows)} bảng, {facts.row_count} dòng, {same}"
    yield from (f"  ! {name}: {said} → {found}" for name, said, found in proof.differing[:TOLD])
    if proof.migrations_differ:
        yield "  ! Các bước tạo bảng khác lúc sao lưu (migrations differ)"
    if proof.database_fault:
        yield f"  ! {proof.database_fault}"


def _file_lines(proof: Proof) -> Iterator[str]:
    whole = "đúng mã băm (hashes right)" if not proof.lost and not proof.damaged else "THIẾU (MISSING)"
    yield f"Tệp (files): {proof.files}/{proof.files + len(proof.lost) + len(proof.damaged)}, {proof.files_bytes / MB:.1f} MB, {whole}"
    yield from (f"  ! {digest}" for digest in proof.lost[:TOLD])
    yield from (f"  ! {digest} (đã mất trước khi sao lưu; gone before the backup)" for digest in proof.damaged[:TOLD])


def _sealed_lines(proof: Proof) -> Iterator[str]:
    whole = "mở được (opened)" if proof.sealed.is_whole else "KHÔNG MỞ ĐƯỢC HẾT (NOT ALL OPEN)"
    yield f"Cột giấu (sealed columns): thử {proof.sealed.opened} giá trị (values tried), {whole}"
    yield from (f"  ! thiếu khóa {name} (missing key): {rows} giá trị (values)" for name, rows in sorted(proof.sealed.missing.items()))
    yield from (f"  ! {one}" for one in proof.sealed.broken[:TOLD])


def _record_lines(proof: Proof) -> Iterator[str]:
    links = sum(one.verdict.links for one in proof.reports)
    sound = "nguyên vẹn (sound)" if proof.record_is_sound else "KHÔNG NGUYÊN VẸN (NOT SOUND)"
    yield f"Nhật ký (audit record): {len(proof.reports)} chuỗi (chains), {links} dòng niêm phong (sealed), {sound}"
    if proof.heads_differ:
        yield "  ! Cuối chuỗi khác lúc sao lưu (the chains' heads differ)"
    yield from (f"  ! {fault}" for one in proof.reports for fault in one.faults[:TOLD])
    yield from (f"  ! {table}" for table in proof.unlocked)
