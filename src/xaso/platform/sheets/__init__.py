"""Lists as XLSX: rooms declare them, a small one is sent at once, a large one is made by the worker while its progress is shown."""

from xaso.platform.sheets.declared import Column, Kind, Sheet, SheetNote, SheetSource, sheet_notes, sheets
from xaso.platform.sheets.pieces import in_pieces
from xaso.platform.sheets.workbook import MEDIA_TYPE, write_workbook

__all__ = ["MEDIA_TYPE", "Column", "Kind", "Sheet", "SheetNote", "SheetSource", "in_pieces", "sheet_notes", "sheets", "write_workbook"]
