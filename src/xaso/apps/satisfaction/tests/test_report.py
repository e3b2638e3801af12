"""What leaders see: shares by month and procedure with the number of answers, and nothing that points at one person."""

from datetime import UTC, date, datetime
from io import BytesIO
from uuid import UUID

import pytest
from django.test import Client
from openpyxl import load_workbook

from xaso.apps.people import testing as people
from xaso.apps.people.facade import Role
from xaso.apps.satisfaction import rules
from xaso.apps.satisfaction.models import Remark, Tally
from xaso.platform import clock

OCTOBER = date(2026, 10, 1)
FORMULA = "=HYPERLINK(1)"


def counted(code: str, *faces: int, name: str = "") -> list[tuple[date, str, str, int, int]]:
    return [(OCTOBER, code, name or code, face, 1) for face in faces]


def test_a_share_is_of_the_content_and_very_content() -> None:
    (row,) = rules.shares(counted("a", 5, 5, 4, 3, 1), 5)

    assert (row.content, row.total, row.percent) == (3, 5, 60.0)


def test_few_answers_are_put_together_and_not_shown_if_still_too_few() -> None:
    rows = rules.shares([*counted("a", 5, 5, 5, 5, 5), *counted("b", 1, 1), *counted("c", 1, 1)], 5)
    assert [row.code for row in rows] == ["a"]

    rows = rules.shares([*counted("a", 5, 5, 5, 5, 5), *counted("b", 1, 1), *counted("c", 1, 1, 4)], 5)
    assert [(row.code, row.total) for row in rows] == [("a", 5), ("", 5)]


@pytest.mark.parametrize(
    ("now", "last"),
    [
        (datetime(2026, 11, 25, tzinfo=UTC), OCTOBER),
        (datetime(2026, 11, 30, 18, tzinfo=UTC), OCTOBER),  # 01:00 on 1 December in Vietnam: last answers may still be changed
        (datetime(2026, 12, 1, 18, 30, tzinfo=UTC), date(2026, 11, 1)),
    ],
)
def test_a_month_is_shown_when_its_last_answers_are_closed(now: datetime, last: date) -> None:
    assert rules.last_month_shown(now) == last


def keep(commune_id: UUID, month: date, code: str, counts: dict[int, int], name: str = "Chứng thực") -> None:
    for face, count in counts.items():
        Tally.objects.create(commune_id=commune_id, month=month, procedure_code=code, procedure_name=name, face=face, count=count)


@pytest.fixture
def leader(client: Client) -> tuple[Client, UUID, date]:
    commune = people.commune()
    client.force_login(people.staff(commune, Role.LEADER))
    return client, commune.id, rules.last_month_shown(clock.now())


@pytest.mark.django_db
def test_leaders_see_ended_months_with_enough_answers_alone(leader: tuple[Client, UUID, date]) -> None:
    client, commune_id, month = leader
    keep(commune_id, month, "2.000815", {5: 3, 1: 3}, "Chứng thực bản sao")
    keep(commune_id, month, "1.001193", {1: 2}, "Khai sinh")
    keep(commune_id, rules.month_of(clock.now()), "1.004873", {1: 9}, "Độc thân")
    keep(UUID(int=7), month, "1.000656", {1: 9}, "Khai tử")

    page = client.get("/hai-long/").content.decode()

    assert "Chứng thực bản sao" in page
    assert "50,0" in page
    assert "3/6" in page
    for hidden in ("Khai sinh", "Độc thân", "Khai tử"):
        assert hidden not in page


@pytest.mark.django_db
def test_remarks_are_shown_escaped_and_only_beside_enough_answers(leader: tuple[Client, UUID, date]) -> None:
    client, commune_id, month = leader
    keep(commune_id, month, "2.000815", {5: 6})
    keep(commune_id, month, "1.001193", {5: 2})
    for number, code in enumerate(("2.000815", "1.001193")):
        text = f"<b>góp ý {code}</b>"
        Remark.objects.create(id=f"{number:032}", commune_id=commune_id, month=month, procedure_code=code, text=text)

    shown = client.get(f"/hai-long/?thang={month:%Y-%m}&thu-tuc=2.000815").content.decode()
    hidden = client.get(f"/hai-long/?thang={month:%Y-%m}&thu-tuc=1.001193").content.decode()

    assert "&lt;b&gt;góp ý 2.000815&lt;/b&gt;" in shown
    assert "góp ý 1.001193" not in hidden


@pytest.mark.django_db
def test_the_workbook_holds_counts_and_no_formula(leader: tuple[Client, UUID, date]) -> None:
    client, commune_id, month = leader
    keep(commune_id, month, "2.000815", {5: 3, 2: 2}, FORMULA)

    sheet = load_workbook(BytesIO(b"".join(client.get("/hai-long/bang.xlsx")))).active

    assert sheet is not None
    assert [cell.value for cell in sheet[2]] == [f"{month:%m/%Y}", "2.000815", FORMULA, 5, 3, 0, 0, 2, 0, 60]
    assert sheet["C2"].data_type == "s"


@pytest.mark.django_db
def test_nothing_to_show_says_so(leader: tuple[Client, UUID, date]) -> None:
    assert "Chưa có tháng nào đủ câu trả lời" in leader[0].get("/hai-long/").content.decode()
