"""A printed Vietnamese page, as PDF and as a photo of it."""

import subprocess
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image

from xaso.platform import pdf

NUMBER = "010098004321"
TEMPLATE = Path(__file__).with_name("ocr_page.typ")
LINES = [
    "ỦY BAN NHÂN DÂN XÃ BẢO NHAI",
    "GIẤY XÁC NHẬN",
    "Họ và tên: Giàng A Pao",
    f"Số định danh cá nhân: {NUMBER}",
    "Ngày cấp: 05/11/2026, quyển số 02/2026",
    *(f"{number}. Gia đình ông bà thường trú tại thôn Nậm Trì, đã được xã kiểm tra và xác nhận đúng sự thật." for number in range(1, 13)),
]


@cache
def paper() -> bytes:
    """Return a page of A4 as PDF."""
    return pdf.render(TEMPLATE, {"lines": LINES, "issued_at": datetime(2026, 11, 5, tzinfo=UTC)})


@cache
def _picture() -> bytes:
    command = ["pdftoppm", "-r", "200", "-gray", "-f", "1", "-l", "1", "-singlefile", "-"]
    return subprocess.run(command, input=paper(), capture_output=True, check=True).stdout


@cache
def photo(turned: int) -> bytes:
    """Return the page as JPEG, turned by so many degrees."""
    target = BytesIO()
    with Image.open(BytesIO(_picture())) as page:
        page.convert("L").rotate(turned, expand=True, fillcolor=255).save(target, "JPEG", quality=85)
    return target.getvalue()


@cache
def full_page() -> bytes:
    """Return a page of A4 that is full of print: about six hundred words, names and numbers among them."""
    sentence = "Ông Giàng A Pao, số định danh {number}, thường trú tại thôn Nậm Trì, đã nộp {money} đồng lệ phí ngày {day}/11/2026."
    lines = [sentence.format(number=f"0100980{n:05}", money=f"{n + 1}.000", day=f"{n % 28 + 1:02}") for n in range(26)]
    return pdf.render(TEMPLATE, {"lines": lines, "issued_at": datetime(2026, 11, 5, tzinfo=UTC)})
