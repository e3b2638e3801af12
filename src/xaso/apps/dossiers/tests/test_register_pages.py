"""`/so-theo-doi/`: filters, order and pages by address, the workbook, and the numbers that were given up."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from xaso.apps.dossiers import queries, testing
from xaso.apps.dossiers.actions import numbers, results
from xaso.apps.dossiers.models import Dossier
from xaso.apps.dossiers.queries import RegisterFilter
from xaso.apps.dossiers.testing import COPY, MORNING, POOR, Office
from xaso.apps.procedures.testing import remembering
from xaso.kernel.identifiers import uuid7

pytestmark = pytest.mark.django_db
QUERIES_OF_A_PAGE = 7
As = Callable[[Any], Client]


@pytest.fixture
def sign_in() -> As:
    def sign(actor: Any) -> Client:
        client = Client()
        client.force_login(get_user_model().objects.get(pk=actor.account_id))
        return client

    return sign


@pytest.fixture
def officer(office: Office, sign_in: As) -> Client:
    return sign_in(office.officer)


def codes(answer: Any) -> list[str]:
    return [line.code for line in answer.context["lines"]]


def many(office: Office, count: int) -> None:
    """Fill the register with copies of one dossier, an hour apart."""
    first = testing.submitted(office, name="Nguyễn Hoàng Thị Phương Thảo Anh Minh Châu Bảo Ngọc Kim Ngân Quỳnh")
    copies = []
    values = {field.attname: getattr(first, field.attname) for field in Dossier._meta.concrete_fields}
    for number in range(count - 1):
        own = {"id": uuid7(), "code": f"XS-261101-{number:05d}", "submitted_at": MORNING - timedelta(hours=number)}
        copies.append(Dossier(**values | own))
    Dossier.objects.bulk_create(copies)


def test_filters_stand_in_the_address(office: Office, officer: Client) -> None:
    copy = testing.submitted(office, COPY, name="Lù Thị Mai")
    poor = testing.accepted(office, POOR, name="Đặng Văn Đức", now=MORNING + timedelta(days=1))

    assert codes(officer.get("/so-theo-doi/", {"trang-thai": "accepted"})) == [poor.code]
    assert codes(officer.get("/so-theo-doi/", {"thu-tuc": COPY})) == [copy.code]
    assert codes(officer.get("/so-theo-doi/", {"q": "dang van"})) == [poor.code]
    assert codes(officer.get("/so-theo-doi/", {"q": copy.code.lower()})) == [copy.code]
    assert codes(officer.get("/so-theo-doi/", {"den": "19/11/2026"})) == [copy.code]
    assert codes(officer.get("/so-theo-doi/", {"tu": "2026-11-20"})) == [poor.code]
    assert codes(officer.get("/so-theo-doi/", {"kenh": "online"})) == []
    assert codes(officer.get("/so-theo-doi/", {"ket-qua": "ready"})) == []


def test_rows_are_ordered_as_the_address_says(office: Office, officer: Client) -> None:
    late = testing.submitted(office, name="Vàng A Sử")
    soon = testing.submitted(office, name="Bàn Thị Hoa", now=MORNING + timedelta(hours=1))

    assert codes(officer.get("/so-theo-doi/")) == [soon.code, late.code]
    assert codes(officer.get("/so-theo-doi/", {"xep": "oldest"})) == [late.code, soon.code]
    assert codes(officer.get("/so-theo-doi/", {"xep": "name"})) == [soon.code, late.code]
    assert codes(officer.get("/so-theo-doi/", {"xep": "'; drop"})) == [soon.code, late.code]


@pytest.mark.parametrize("query", ["tu=31/02/2026", "den=hom-qua", "thon=x", "trang=999", "trang=x", "q=%00", "q=" + "a" * 300])
def test_what_cannot_be_read_in_the_address_breaks_nothing(office: Office, officer: Client, query: str) -> None:
    testing.submitted(office)

    assert officer.get(f"/so-theo-doi/?{query}").status_code == 200


def test_a_day_that_cannot_be_read_is_said(officer: Client) -> None:
    assert "Chưa đọc được ngày" in officer.get("/so-theo-doi/?tu=31/02/2026").content.decode()


def test_nothing_found_says_what_to_do(officer: Client) -> None:
    assert "Không có hồ sơ nào khớp" in officer.get("/so-theo-doi/?q=khong-ai").content.decode()


def test_two_thousand_rows_take_as_few_queries_as_ten(office: Office, officer: Client, django_assert_num_queries: Any) -> None:
    many(office, 2000)
    with remembering():
        officer.get("/so-theo-doi/")
        with django_assert_num_queries(QUERIES_OF_A_PAGE):
            answer = officer.get("/so-theo-doi/?trang=40")

    assert len(codes(answer)) == 50


def test_the_workbook_holds_the_filtered_rows_and_no_formula(office: Office, officer: Client) -> None:
    testing.submitted(office, name="=HYPERLINK(1)")
    testing.accepted(office, POOR)
    answer = officer.get("/so-theo-doi/xuat/", {"trang-thai": "submitted"})
    sheet = load_workbook(BytesIO(b"".join(answer))).active
    for close in getattr(answer, "_resource_closers", ()):
        close()
    assert isinstance(sheet, Worksheet)
    rows = list(sheet.iter_rows())

    assert len(rows) == 2
    assert (rows[1][3].value, rows[1][3].data_type) == ("=HYPERLINK(1)", "s")


def test_the_workbook_is_not_there_for_others(office: Office, sign_in: As) -> None:
    assert Client().get("/so-theo-doi/xuat/")["Location"] == "/dang-nhap/?next=/so-theo-doi/xuat/"
    assert [sign_in(one).get("/so-theo-doi/xuat/").status_code for one in (office.owner, office.administrator)] == [404, 404]


def test_a_number_given_up_is_listed_with_its_dossier_and_reason(office: Office, sign_in: As) -> None:
    dossier = testing.in_review(office, POOR)
    reserved = results.reserve(office.signer, dossier.id, is_test=True, now=MORNING)
    numbers.void_number(office.signer, reserved.number, "signing.no_certificate", now=MORNING)
    page = sign_in(office.desk).get("/so-theo-doi/so-bo/").content.decode()

    assert "1/2026" in page
    assert dossier.code in page
    assert "chưa có chứng thư số" in page


def test_without_gaps_the_list_says_so(office: Office, sign_in: As) -> None:
    assert "Chưa có số nào phải bỏ" in sign_in(office.desk).get("/so-theo-doi/so-bo/?nam=abc").content.decode()


def test_people_stand_in_the_order_of_their_given_names(office: Office) -> None:
    names = ["Vàng A Pao", "Nguyễn Văn An", "Lù Thị Ân", "Đặng Văn An", "Bàn Thị An", "Sùng Đa", "Sùng Dợ"]
    for name in names:
        testing.submitted(office, name=name)
    rows = queries.register_rows(office.desk, RegisterFilter(order="name"), now=MORNING)

    assert [row.applicant_name for row in rows] == [
        "Bàn Thị An", "Đặng Văn An", "Nguyễn Văn An", "Lù Thị Ân", "Sùng Dợ", "Sùng Đa", "Vàng A Pao"
    ]  # fmt: skip
