"""The state of the record in words, for the operator's command and the administrator's page."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xaso.apps.audit.chain import FAULTS_TOLD, Fault
from xaso.apps.audit.options import anchors_folder
from xaso.apps.audit.verification import Verdict, chains, unlocked_tables, verify

FAULTS = {
    "changed": gettext_lazy("Dòng %(number)s đã bị sửa sau khi niêm phong: %(entry)s"),
    "moved": gettext_lazy("Dòng %(number)s đã bị đổi chỗ với dòng khác: %(entry)s"),
    "removed": gettext_lazy("Dòng %(number)s đã bị xóa: %(entry)s"),
    "missing": gettext_lazy("Mất các dòng từ %(number)s đến %(last)s"),
    "inserted": gettext_lazy("Có dòng được chèn vào, chưa từng qua niêm phong: %(entry)s"),
    "relinked": gettext_lazy("Chỗ nối ở dòng %(number)s đã bị sửa: nội dung, thứ tự hoặc mã nối không còn khớp"),
    "truncated": gettext_lazy("Phần cuối bị cắt: mất các dòng từ %(number)s đến %(last)s"),
    "forged": gettext_lazy("Mốc %(entry)s không có chữ ký đúng"),
    "anchor_gone": gettext_lazy("Mốc ngay trước %(entry)s đã mất hoặc đã bị thay"),
    "key_changed": gettext_lazy("Từ mốc %(entry)s, khóa ký mốc đã đổi"),
    "unanchored": gettext_lazy("Nhật ký không còn khớp với mốc %(entry)s, dòng %(number)s"),
}


@dataclass(frozen=True)
class Report:
    """One chain's verdict, and its faults in words, at most `FAULTS_TOLD`."""

    verdict: Verdict
    faults: list[str]


def report(wanted: Collection[UUID] | None = None, anchors: Path | None = None) -> tuple[list[Report], list[str]]:
    """Verify the wanted chains, or all, against the anchors of a folder, or of this installation's.

    Returns each chain's report, and what is wrong with the database's own locks, in words.
    """
    folder = anchors or anchors_folder()
    found = [verify(chain, folder) for chain in chains() if wanted is None or chain in wanted]
    unlocked = [_("Khóa chống sửa của bảng %(table)s đã bị gỡ") % {"table": table} for table in unlocked_tables()]
    return [Report(verdict, [in_words(fault) for fault in verdict.faults[:FAULTS_TOLD]]) for verdict in found], unlocked


def in_words(fault: Fault) -> str:
    """Return a fault as people read it."""
    number = fault.number or _("chưa niêm phong")
    return FAULTS[fault.kind] % {"number": number, "last": fault.last, "entry": fault.entry}
