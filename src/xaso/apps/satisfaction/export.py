"""The shares as a workbook."""

from collections.abc import Iterable
from tempfile import TemporaryFile
from typing import IO, Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font

from xaso.apps.satisfaction import words
from xaso.apps.satisfaction.rules import FACES, Share


def shares_workbook(rows: Iterable[Share]) -> IO[bytes]:
    """Return an open file with one row per month and procedure: counts, not shares alone. Text that begins like a formula stays text."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = _("Mức hài lòng")
    sheet.freeze_panes = "A2"
    heads = [_("Tháng"), _("Mã thủ tục"), _("Thủ tục"), _("Số câu trả lời")]
    sheet.append([*heads, *(str(words.FACES[face][0]) for face in FACES), _("Tỷ lệ hài lòng (%)")])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in rows:
        sheet.append(
            [
                f"{row.month:%m/%Y}",
                row.code,
                row.name or _("Các thủ tục ít câu trả lời, gộp lại"),
                row.total,
                *(row.counts[face] for face in FACES),
                round(row.percent, 1),
            ]
        )
        for cell in sheet[sheet.max_row][:3]:
            _as_text(cell)
    for column, width in {"A": 12, "B": 14, "C": 60, "D": 16}.items():
        sheet.column_dimensions[column].width = width
    file = TemporaryFile()  # noqa: SIM115  the caller sends and closes it
    book.save(file)
    file.seek(0)
    return file


def _as_text(cell: Any) -> None:
    cell.data_type = "s"
