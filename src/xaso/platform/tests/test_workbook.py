"""XLSX as it is written: read back by another library, cell by cell."""

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from xaso.platform.sheets import Column, Kind, write_workbook

COLUMNS = (Column("Mã", width=20), Column("Ngày", Kind.DAY), Column("Lúc", Kind.MOMENT), Column("Số", Kind.NUMBER))
DAY, MOMENT = date(2026, 11, 5), datetime(2026, 11, 5, 17, 30, tzinfo=UTC)


def read(*rows: tuple[Any, ...], title: str = "Sổ theo dõi") -> Any:
    file = BytesIO()
    assert write_workbook(file, title, COLUMNS, rows) == len(rows)
    return load_workbook(file).active


def test_the_headings_stand_first_bold_and_frozen() -> None:
    sheet = read()

    assert [cell.value for cell in sheet[1]] == ["Mã", "Ngày", "Lúc", "Số"]
    assert (sheet["A1"].font.b, sheet.freeze_panes, sheet.title, sheet.column_dimensions["A"].width) == (True, "A2", "Sổ theo dõi", 20)


def test_each_column_holds_what_it_says_and_times_are_those_of_vietnam() -> None:
    sheet = read(("0012", DAY, MOMENT, 8000), ("010000000001", MOMENT, None, None))

    assert [str(cell.value) for cell in sheet[2]] == ["0012", "2026-11-05 00:00:00", "2026-11-06 00:30:00", "8000"]
    assert [str(cell.value) for cell in sheet[3]] == ["010000000001", "2026-11-06 00:00:00", "None", "None"]
    assert [cell.number_format for cell in sheet[2]][1:] == ["dd/mm/yyyy", "dd/mm/yyyy hh:mm", "#,##0"]


@pytest.mark.parametrize(
    "text", ["=1+1", "+84912", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")', "<b>&\"'</b>", "a\x00\x07b", "Giàng A Pao ", "🙂"]
)
def test_text_stays_text_whatever_it_looks_like(text: str) -> None:
    cell = read((text, None, None, None))["A2"]

    assert cell.data_type == "s"
    assert cell.value == text.replace("\x00", "").replace("\x07", "")
    assert cell.quotePrefix == text.startswith(("=", "+", "-", "@", "\t"))


def test_a_title_that_no_sheet_may_bear_is_made_fit() -> None:
    assert read(title="Báo cáo: tháng 11/2026 [nháp] của cả xã").title == "Báo cáo  tháng 11 2026  nháp  c"


def test_the_progress_is_told_and_ends_with_all_rows() -> None:
    told: list[int] = []
    write_workbook(BytesIO(), "a", COLUMNS, (("x", None, None, n) for n in range(1234)), written=told.append)

    assert told == [500, 1000, 1234]
