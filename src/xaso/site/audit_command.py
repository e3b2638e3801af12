"""`xaso audit verify`: whether the record of who did what is as it was written, in lines for the operator."""

from collections.abc import Iterator
from pathlib import Path

from xaso.apps.audit import facade as audit
from xaso.apps.people import facade as people


def verify(anchors: Path | None) -> tuple[list[str], bool]:
    """Verify every chain, against the anchors of a folder or of this installation; returns what to print, and whether all is sound."""
    reports, unlocked = audit.report(anchors=anchors)
    lines = [line for one in reports for line in _lines(one)] + unlocked
    sound = not unlocked and all(one.verdict.is_sound for one in reports)
    return [*lines, "Nhật ký nguyên vẹn (sound)" if sound else "NHẬT KÝ KHÔNG NGUYÊN VẸN (NOT SOUND)"], sound


def _lines(one: audit.Report) -> Iterator[str]:
    verdict = one.verdict
    names = {commune.id: commune.name for commune in people.communes()}
    yield f"{names.get(verdict.chain, 'Hệ thống (installation)')}: {verdict.links} dòng đã niêm phong (sealed)"
    if verdict.waiting:
        since = f"{verdict.waiting_since:%Y-%m-%d %H:%M:%S}Z" if verdict.waiting_since else "?"
        yield f"  chưa niêm phong (not sealed yet): {verdict.waiting}, từ (since) {since}"
    if verdict.anchors:
        yield f"  mốc ngoài cơ sở dữ liệu (anchors): {verdict.anchors}, cuối (last) {verdict.anchored_on}, khóa (key) {verdict.key}"
    else:
        yield "  chưa có mốc nào ngoài cơ sở dữ liệu (no anchors)"
    yield from (f"  ! {fault}" for fault in one.faults)
