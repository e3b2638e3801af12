"""The register as a workbook, written row by row so that a long year needs little memory."""

from datetime import datetime
from tempfile import TemporaryFile
from typing import IO, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from xaso.apps.dossiers import words
from xaso.apps.dossiers.models import Dossier
from xaso.apps.dossiers.outcomes import outcome_of
from xaso.apps.dossiers.queries import parts_among
from xaso.apps.procedures import facade as procedures
from xaso.kernel.worktime import VN

WIDTHS = (18, 24, 44, 30, 18, 14, 18, 18, 18, 18, 18, 14, 24)


def register_workbook(rows: QuerySet[Dossier], *, now: datetime) -> IO[bytes]:
    """Return an open file with the rows as XLSX, its first line frozen. Text that begins like a formula stays text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Sổ theo dõi"))
    sheet.freeze_panes = "A2"
    for number, width in enumerate(WIDTHS):
        sheet.column_dimensions[chr(ord("A") + number)].width = width
    heads = []
    for text in _heads():
        cell = WriteOnlyCell(sheet, text)
        cell.font = Font(bold=True)
        heads.append(cell)
    sheet.append(heads)
    for dossier in rows.iterator(chunk_size=500):
        sheet.append([_text_cell(sheet, value) for value in _values(dossier, now)])
    _add_parts(book, rows)
    file = TemporaryFile()  # noqa: SIM115  the caller sends and closes it
    book.save(file)
    file.seek(0)
    return file


def _add_parts(book: Workbook, rows: QuerySet[Dossier]) -> None:
    """Give the parts of interlinked dossiers a sheet with a row each: they are other offices' work and no dossiers of ours."""
    found = parts_among(rows)
    if not found:
        return
    sheet = book.create_sheet(_("Phần liên thông"))
    sheet.append([_("Mã hồ sơ"), _("Phần liên thông"), _("Cơ quan"), _("Mã của cơ quan đó"), _("Trạng thái"), _("Ngày"), _("Ghi chú")])
    for dossier in rows.filter(pk__in=found).iterator(chunk_size=500):
        about = {part.id: part for part in procedures.get_version(dossier.version_id).parts}
        for part in found[dossier.pk]:
            name, office = about[part.part_id].name["vi"], about[part.part_id].office["vi"]
            values = [dossier.code, name, office, part.official_code, str(words.PARTS[part.state][0]), part.changed_on, part.note]
            sheet.append([_text_cell(sheet, value) for value in values])


def _text_cell(sheet: Any, value: Any) -> Any:
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"
    return cell


def _heads() -> list[str]:
    return [
        _("Mã hồ sơ"),
        _("Mã quốc gia"),
        _("Thủ tục"),
        _("Người nộp"),
        _("Thôn"),
        _("Kênh"),
        _("Ngày nộp"),
        _("Ngày tiếp nhận"),
        _("Hẹn trả"),
        _("Gia hạn đến"),
        _("Ngày xong"),
        _("Trạng thái"),
        _("Đánh giá"),
    ]


def _values(dossier: Dossier, now: datetime) -> list[object]:
    moved_to = dossier.due_at if dossier.first_due_at else None
    promised = (dossier.first_due_at or dossier.due_at, moved_to)
    instants = (dossier.submitted_at, dossier.accepted_at, *promised, dossier.solved_at)
    outcome = outcome_of(dossier, now)
    return [
        dossier.code,
        dossier.national_code or "",
        dossier.procedure_name,
        dossier.applicant_name,
        dossier.village.name if dossier.village else "",
        str(words.CHANNELS[dossier.channel]),
        *(instant.astimezone(VN).replace(tzinfo=None) if instant else None for instant in instants),
        str(words.STATES[dossier.state][0]),
        str(words.OUTCOMES[outcome]) if outcome else "",
    ]
