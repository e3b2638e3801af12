"""Writes XLSX row by row into a file, in memory that does not grow with the rows. Source: ECMA-376, the parts that a plain sheet needs.

Text is written as text, never as a formula; text that begins like one is also marked, so that a program which takes it up leaves it be.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from typing import IO, Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils.functional import Promise

from xaso.kernel.worktime import VN
from xaso.platform.sheets.declared import Column, Kind

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS_A_REPORT = 500
MOST_CHARACTERS = 32_767
HEADING, DAY, MOMENT, NUMBER, QUOTED = 1, 2, 3, 4, 5
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
FIRST_DAY = date(1899, 12, 30)
FIRST_MOMENT = datetime(1899, 12, 30, tzinfo=UTC)
MOST_WORDS_KEPT = 1_000

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
    f'package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_OFFICE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_OFFICE}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_OFFICE}.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_RELATIONS}/worksheet" '
    f'Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><numFmts count="3"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>'
    '<numFmt numFmtId="165" formatCode="dd/mm/yyyy hh:mm"/><numFmt numFmtId="166" formatCode="#,##0"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Times New Roman"/></font><font><b/><sz val="11"/><name val="Times New Roman"/></font>'
    '</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="6"><xf numFmtId="49"/>'
    '<xf fontId="1" applyFont="1"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/>'
    '<xf numFmtId="166" applyNumberFormat="1"/><xf numFmtId="49" quotePrefix="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}


def write_workbook(
    target: IO[bytes], title: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]], *, written: Callable[[int], None] | None = None
) -> int:
    """Write a sheet with its headings frozen into the open file; returns how many rows it holds.

    `written` is told the count now and then.
    """
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=3) as parts:
        for name, content in _PARTS.items():
            parts.writestr(name, _HEAD + content)
        sheet_name = escape(re.sub(r"[\[\]:*?/\\]", " ", _allowed(title))[:31].strip("' ") or "1", {'"': "&quot;"})
        sheet_names = f'<sheets><sheet name="{sheet_name}" sheetId="1" r:id="rId1"/></sheets>'
        parts.writestr("xl/workbook.xml", f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">{sheet_names}</workbook>')
        with parts.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            return _write_sheet(sheet, columns, rows, written or (lambda _count: None))


def _write_sheet(sheet: IO[bytes], columns: Sequence[Column], rows: Iterable[Sequence[Any]], written: Callable[[int], None]) -> int:
    widths = "".join(
        f'<col min="{place}" max="{place}" width="{column.width}" customWidth="1"/>' for place, column in enumerate(columns, 1)
    )
    headings = "".join(_text(str(column.heading), HEADING) for column in columns)
    sheet.write(
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
        f'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>{widths}</cols><sheetData><row>{headings}</row>'.encode()
    )
    writers = [_WRITERS[column.kind] for column in columns]
    said = _Said()
    count = 0
    lines: list[str] = []
    for count, row in enumerate(rows, 1):
        values = [said(value) if isinstance(value, Promise) else value for value in row]
        lines.append(f"<row>{''.join([write(value) for write, value in zip(writers, values, strict=True)])}</row>")
        if not count % ROWS_A_REPORT:
            sheet.write("".join(lines).encode())
            lines.clear()
            written(count)
    sheet.write(f"{''.join(lines)}</sheetData></worksheet>".encode())
    written(count)
    return count


class _Said:
    """Says words of the interface in the language of the sheet, the same ones once: rows share theirs."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Promise, str]] = {}

    def __call__(self, words: Promise) -> str:
        known = self._known.get(id(words))
        if known is None:
            known = words, str(words)
            if len(self._known) < MOST_WORDS_KEPT:
                self._known[id(words)] = known
        return known[1]


def _text(value: Any, style: int = 0) -> str:
    if value is None or value == "":
        return "<c/>"
    text = _allowed(str(value))
    marked = style or (QUOTED if text.startswith(FORMULA_SIGNS) else 0)
    return f'<c s="{marked}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def _number(value: Any) -> str:
    return "<c/>" if value is None else f'<c s="{NUMBER}"><v>{value}</v></c>'


def _day(value: Any) -> str:
    if value is None:
        return "<c/>"
    day = value.astimezone(VN).date() if isinstance(value, datetime) else value
    return f'<c s="{DAY}"><v>{(day - FIRST_DAY).days}</v></c>'


def _moment(value: datetime | None) -> str:
    if value is None:
        return "<c/>"
    local = value.astimezone(VN).replace(tzinfo=UTC)
    return f'<c s="{MOMENT}"><v>{(local - FIRST_MOMENT).total_seconds() / 86400:.9f}</v></c>'


def _allowed(text: str) -> str:
    """Return the text without the signs that XML forbids, as long as a cell may be."""
    return _FORBIDDEN.sub("", text)[:MOST_CHARACTERS]


_WRITERS: dict[Kind, Callable[[Any], str]] = {Kind.TEXT: _text, Kind.NUMBER: _number, Kind.DAY: _day, Kind.MOMENT: _moment}
