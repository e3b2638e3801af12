"""`/thong-ke/`: every figure leads to the rows of the register that make it up, and equals their number."""

import re
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoDbBlocker

from xaso.apps.dossiers import groups, queries, testing
from xaso.apps.dossiers.actions import delivery, examination, intake, money, supplement
from xaso.apps.dossiers.models import Dossier
from xaso.apps.dossiers.queries import RegisterFilter
from xaso.apps.dossiers.testing import BIRTH, COPY, MARITAL, MORNING, POOR, Office
from xaso.apps.people import testing as people
from xaso.apps.people.facade import Role
from xaso.platform.tests.file_samples import pdf

pytestmark = pytest.mark.django_db
ASKED = [{"paper": "", "text": "Ảnh mờ, chụp lại."}]
LATER = MORNING + timedelta(days=3)
PERIOD = {"tu": "01/11/2026", "den": "30/11/2026"}
QUERIES = 8


@pytest.fixture(scope="module")
def office(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Office]:
    """One dossier in each group, each of another kind: made once, and each test's own transaction goes back to it."""
    around = transaction.atomic()
    around._from_testcase = True  # type: ignore[attr-defined]
    with django_db_blocker.unblock(), around:
        yield _office()
        transaction.set_rollback(True)


def _office() -> Office:
    office = testing.office()
    testing.give_certificates(office)
    early, on_time, extended, late, no_term = (testing.solved(office, POOR) for _number in range(5))
    _solved_at(early, timedelta(days=-2))
    _solved_at(on_time, timedelta(0))
    _solved_at(extended, timedelta(0))
    Dossier.objects.filter(pk=extended.pk).update(first_due_at=F("due_at") - timedelta(days=2))
    _solved_at(late, timedelta(minutes=1))
    Dossier.objects.filter(pk=no_term.pk).update(due_at=None)
    delivery.hand_over(office.desk, early.id, early.applicant_name, "căn cước", signed_for=True, now=LATER)
    testing.submitted(office, BIRTH, channel="online")
    testing.paid(office, testing.accepted(office, COPY))
    open_late, open_no_term = testing.examining(office, MARITAL), testing.examining(office, MARITAL)
    Dossier.objects.filter(pk=open_late.pk).update(due_at=MORNING - timedelta(days=1))
    Dossier.objects.filter(pk=open_no_term.pk).update(due_at=None)
    open_in_term = testing.in_review(office, COPY)
    Dossier.objects.filter(pk=open_in_term.pk).update(due_at=MORNING + timedelta(days=3650), village=None)
    examination.ask_for_more(office.officer, testing.examining(office, COPY).id, ASKED, now=MORNING)
    money.request_payment(office.officer, testing.examining(office, COPY).id, now=MORNING)
    examination.ask_for_more(office.desk, testing.submitted(office, COPY).id, ASKED, now=MORNING)
    examination.stop(office.officer, testing.examining(office, COPY).id, "Gia đình đi vắng.", "Biên bản", now=MORNING)
    intake.refuse(office.desk, testing.submitted(office, COPY).id, "Bản chính bị tẩy xóa.", "Nghị định 23/2015/NĐ-CP", now=MORNING)
    withdrawn = testing.accepted(office, COPY)
    supplement.attach(office.desk, withdrawn.id, "other", pdf(), name="a.pdf", source="desk", now=MORNING)
    examination.withdraw(office.desk, withdrawn.id, "Làm ở nơi khác.", now=MORNING)
    held = testing.submitted(office, COPY)
    Dossier.objects.filter(pk=held.pk).update(state="held")
    before = testing.submitted(office, COPY)
    Dossier.objects.filter(pk=before.pk).update(submitted_at=MORNING - timedelta(days=400))
    return office


def _solved_at(dossier: Dossier, after_due: timedelta) -> None:
    dossier.refresh_from_db()
    assert dossier.due_at is not None
    Dossier.objects.filter(pk=dossier.pk).update(solved_at=dossier.due_at + after_due)


@pytest.fixture
def head(office: Office) -> Client:
    client = Client()
    client.force_login(people.staff_of(office.commune_id, Role.CENTRE_HEAD))
    return client


def found(office: Office) -> queries.Statistics:
    wanted = RegisterFilter(since=MORNING.date().replace(day=1), until=MORNING.date().replace(day=30))
    return queries.statistics(office.officer, wanted, now=LATER)


def test_each_dossier_is_in_one_group_and_each_group_is_tried_here(office: Office) -> None:
    total = found(office).total

    assert set(total.groups) == set(groups.WORDS)
    assert total.received == Dossier.objects.count() - 1 == sum(total.channels.values())
    assert [total.groups[name] for name in groups.SOLVED] == [1, 1, 1, 1, 1]


def test_every_figure_on_the_page_equals_the_rows_behind_its_link(head: Client) -> None:
    page = head.get("/thong-ke/", PERIOD).content.decode()
    linked = {(url.replace("&amp;", "&"), int(figure)) for url, figure in re.findall(r'href="(/so-theo-doi/\?[^"]*)">(\d+)</a>', page)}

    assert len(linked) > 40
    assert {(url, figure): head.get(url).context["page"].paginator.count for url, figure in linked} == {
        (url, figure): figure for url, figure in linked
    }


def test_shares_and_fees_lead_to_the_dossiers_they_are_of(office: Office, head: Client) -> None:
    answer = head.get("/thong-ke/", PERIOD)
    context, total = answer.context, found(office).total
    counts = {name: head.get(context[f"{name}_url"]).context["page"].paginator.count for name in ("online", "digitised", "paid")}

    assert counts == {"online": 1, "digitised": 1, "paid": 1}
    assert context["online_share"] == context["digitised_share"] == pytest.approx(100 / total.received)
    assert total.fees_vnd == Dossier.objects.get(money_state="paid").fee_vnd


def test_tables_sum_up_to_the_whole(office: Office) -> None:
    one = found(office)

    for lines in (one.by_procedure, one.by_field, one.by_village, one.by_month):
        assert sum(line.received for line in lines) == one.total.received
    assert [line.key for line in one.by_month] == ["2026-11"]


def test_pauses_are_not_counted_in_the_days_that_a_case_took(office: Office) -> None:
    Dossier.objects.exclude(state="solved").update(state="withdrawn")
    solved = Dossier.objects.filter(state="solved")
    solved.update(accepted_at=MORNING, solved_at=MORNING + timedelta(days=5))
    assert found(office).total.median_days == pytest.approx(5)

    for dossier in solved:
        dossier.pauses.create(reason="supplement", started_at=MORNING + timedelta(days=1), ended_at=MORNING + timedelta(days=3))
    assert found(office).total.median_days == pytest.approx(3)


def test_the_number_of_queries_does_not_depend_on_the_dossiers(office: Office, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(QUERIES):
        found(office)


def test_the_sheet_holds_what_the_page_shows(office: Office, head: Client) -> None:
    answer: Any = head.get("/tai-bang/thong-ke/", PERIOD)
    sheet: Any = load_workbook(BytesIO(b"".join(answer))).active
    for close in getattr(answer, "_resource_closers", ()):
        close()
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    one = found(office)

    assert rows[0][:3] == ("Cả xã", None, one.total.received)
    assert len(rows) == 1 + sum(map(len, (one.by_procedure, one.by_field, one.by_village, one.by_month)))


@pytest.mark.parametrize("query", ["tu=hom-qua", "tu=30/11/2026&den=01/11/2026", "tu=01/01/1900", "den=31/02/2026"])
def test_a_period_that_holds_nothing_or_cannot_be_read_breaks_nothing(head: Client, query: str) -> None:
    assert head.get(f"/thong-ke/?{query}").status_code == 200
