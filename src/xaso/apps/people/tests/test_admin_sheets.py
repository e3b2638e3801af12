"""Sheets that an administrator sends: row by row, again after a correction, and hostile ones."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from xaso.apps.people import testing
from xaso.apps.people.models import Account, Post, Village
from xaso.apps.people.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(testing.staff(testing.commune(), Role.ADMINISTRATOR, username="quantri", full_name="Vũ Minh Quang"))
    return client


def text(answer: Any) -> str:
    return str(answer.content.decode())


def sheet(*rows: list[Any]) -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(row)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def send(client: Client, path: str, content: bytes, name: str = "bang.xlsx") -> Any:
    return client.post(path, {"sheet": SimpleUploadedFile(name, content)})


def test_a_sheet_of_villages_comes_in_row_by_row_and_can_come_again(admin: Client) -> None:
    rows = (["Nậm Một", "Xã Cũ", "", 40], ["", "Xã Cũ", "", 2], ["Nậm Hai", "", "", "nhiều"], ["T" * 121, "", "", ""])
    answer = send(admin, "/quan-tri/thon/nhap/", sheet(["Tên thôn", "Xã cũ", "Mã thôn", "Số hộ"], *rows))

    assert "Đã thêm 1 dòng." in text(answer)
    assert "3 dòng chưa nhập được." in text(answer)
    assert "Số hộ “nhiều” chưa đúng" in text(answer)
    send(admin, "/quan-tri/thon/nhap/", sheet(["Tên thôn", "Xã cũ"], ["Nậm Một", "Xã Cũ"], ["Nậm Hai", ""]))
    assert sorted(Village.objects.values_list("name", flat=True)) == ["Nậm Hai", "Nậm Một"]


def test_the_sheet_to_fill_in_is_one_that_is_read(admin: Client) -> None:
    for page in ("thon", "can-bo"):
        book = load_workbook(BytesIO(admin.get(f"/quan-tri/{page}/mau.xlsx").content))
        stream = BytesIO()
        book.save(stream)

        assert "Bảng không có dòng nào" in text(send(admin, f"/quan-tri/{page}/nhap/", stream.getvalue()))


def bomb() -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as parts:
        parts.writestr("xl/sharedStrings.xml", b"\0" * (45 * 1024 * 1024))
    return stream.getvalue()


def with_entities() -> bytes:
    stream, source = BytesIO(), ZipFile(BytesIO(sheet(["Tên thôn"], ["Nậm"])))
    with ZipFile(stream, "w") as parts:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/workbook.xml":
                content = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + content
            parts.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize("page", ["thon", "can-bo"])
@pytest.mark.parametrize(
    ("made", "said"),
    [
        (lambda: b"MZ not a sheet at all", "Không đọc được tệp."),
        (lambda: b"PK\x03\x04" + b"\0" * 200, "Không đọc được tệp."),
        (lambda: b"", "Tệp rỗng."),
        (lambda: b"x" * (2 * 1024 * 1024 + 1), "Tệp quá lớn."),
        (bomb, "Tệp quá lớn."),
        (with_entities, "Không đọc được tệp."),
        (lambda: sheet(["Tên gì đó"], ["Nậm"]), "Dòng đầu của bảng thiếu cột"),
        (lambda: sheet(["Tên thôn", "Họ và tên", "Phòng, bộ phận", "Chức vụ"], *[["a", "b", "c", "d"]] * 2001), "Bảng có quá 2000 dòng."),
    ],
    ids=["executable", "broken", "empty", "large", "bomb", "entities", "no columns", "too many rows"],
)
def test_a_hostile_or_wrong_file_is_refused_in_words(admin: Client, page: str, made: Callable[[], bytes], said: str) -> None:
    accounts = Account.objects.count()

    answer = send(admin, f"/quan-tri/{page}/nhap/", made())

    assert answer.status_code == 422
    assert said in text(answer)
    assert (Village.objects.count(), Account.objects.count()) == (0, accounts)


def test_formulas_and_html_in_a_sheet_stay_plain_words(admin: Client) -> None:
    rows = (['=HYPERLINK("http://evil.example","x")'], ["<script>alert(1)</script>"], ["'=1+1"])
    answer = send(admin, "/quan-tri/thon/nhap/", sheet(["Tên thôn"], *rows))

    assert answer.status_code == 200
    listed = text(admin.get("/quan-tri/thon/"))
    assert "<script>alert" not in listed
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in listed
    assert "evil.example" not in "".join(Village.objects.values_list("name", flat=True))


def test_a_sheet_of_staff_sent_again_makes_nobody_twice(admin: Client) -> None:
    head = ["Họ và tên", "Phòng, bộ phận", "Chức vụ", "Vai trò", "Điện thoại"]
    good, bad = (
        ["Lù Thị Mới", "Trung tâm", "Một cửa", "Tiếp nhận và trả kết quả", "0912345678"],
        ["Vàng A Sai", "Trung tâm", "Một cửa", "", "số"],
    )

    first = send(admin, "/quan-tri/can-bo/nhap/", sheet(head, good, bad))
    again = send(admin, "/quan-tri/can-bo/nhap/", sheet(head, good, [*bad[:4], "0912345679"]))

    assert "Số điện thoại “số” chưa đúng" in text(first)
    assert "1 dòng đã có từ trước, để nguyên." in text(again)
    assert sorted(Account.objects.values_list("full_name", flat=True)) == ["Lù Thị Mới", "Vàng A Sai", "Vũ Minh Quang"]
    assert Post.objects.count() == 3
