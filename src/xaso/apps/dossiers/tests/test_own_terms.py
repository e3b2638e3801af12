"""The term that a commune enters for an imported procedure without one: it gives a day from then on, and never to what is in progress."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from xaso.apps.dossiers import testing
from xaso.apps.dossiers.actions import drafts, intake
from xaso.apps.dossiers.models import Dossier
from xaso.apps.dossiers.shapes import Applicant
from xaso.apps.dossiers.testing import MORNING, Office
from xaso.apps.dossiers.tests.test_filing_pages import account_of
from xaso.apps.procedures import facade as procedures
from xaso.apps.procedures import testing as catalogue
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import Unit
from xaso.platform import kept_pages

CODE = "1.900001"
CELL = f"{catalogue.CHANNELS_HEAD}Trực tiếp5Miễn phíTrực tuyến3 NgàyMiễn phí"
GROUND = procedures.Ground(MORNING.date(), decision="12/QĐ-UBND", source="congbao.laocai.gov.vn")
CHECKED = date(2026, 11, 20)
PAGE = f"/quan-tri/noi-nop/{CODE}/thoi-han/"
TYPED = {
    "channel": "counter", "amount": "10", "unit": "working_day", "decision": "12/QĐ-UBND", "source": "congbao.laocai.gov.vn",
    "checked_on": "20/11/2026", "valid_from": "23/11/2026",
}  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(db: None, tmp_path: Path) -> Office:
    """Return an office that takes an imported procedure in at the counter, whose term there is a bare 5."""
    made = testing.office()
    catalogue.imported(made.administrator, tmp_path / "a.jsonl", _record(CELL), now=MORNING)
    procedures.set_filing_place(made.administrator, CODE, "counter", "here", GROUND, now=MORNING)
    procedures.set_issuer(made.administrator, CODE, "commune", GROUND, now=MORNING)
    return made


@pytest.fixture
def admin(office: Office, client: Client) -> Client:
    client.force_login(account_of(office.administrator))
    return client


def _record(cell: str) -> dict[str, Any]:
    return catalogue.national_record(CODE, cach_thuc_thuc_hien=cell)


def _set(office: Office, amount: int | None, unit: Unit = Unit.WORKING_DAY, **at: Any) -> None:
    wanted = procedures.TermSet("counter", amount, unit, CHECKED)
    procedures.set_term(office.administrator, CODE, wanted, GROUND, now=at.get("now", MORNING))


def _accepted(office: Office, **at: Any) -> Dossier:
    now = at.get("now", MORNING)
    applicant = Applicant(name="Giàng A Pao", phone="0912345678")
    draft = drafts.start_draft(office.desk, CODE, applicant, channel="counter", on=now.date(), now=now)
    drafts.save_answers(office.desk, draft.id, {"request": "Xin xác nhận"}, screen="de-nghi", now=now)
    return intake.accept(office.desk, drafts.submit(office.desk, draft.id, language="vi", now=now).id, now=now)


def test_with_the_commune_s_term_a_dossier_has_a_due_date_on_its_slip_too(office: Office) -> None:
    assert _accepted(office).due_at is None
    _set(office, 10)

    dossier = _accepted(office)

    assert dossier.due_at is not None
    assert dossier.due_at.date() == date(2026, 12, 4)
    assert dossier.slips.get(form="01").data["term"] == "10 ngày làm việc"


def test_what_was_taken_in_keeps_its_day_whatever_is_entered_later(office: Office) -> None:
    hours = [MORNING + timedelta(hours=number) for number in range(4)]
    before = _accepted(office, now=hours[0])
    _set(office, 10, now=hours[1])
    with_ten = _accepted(office, now=hours[1])
    _set(office, 2, now=hours[2])
    after = _accepted(office, now=hours[3])

    for dossier, amount in ((before, None), (with_ten, 10), (after, 2)):
        version = procedures.get_version(dossier.version_id)
        counts = procedures.term(office.commune_id, version, "counter", at=dossier.accepted_at)
        assert (counts and counts.amount) == amount
    assert [dossier.due_at and dossier.due_at.date() for dossier in (before, with_ten, after)] == [
        None,
        date(2026, 12, 4),
        date(2026, 11, 23),
    ]


def test_a_term_of_one_channel_is_not_lent_and_one_that_the_source_prints_is_not_replaced(office: Office, tmp_path: Path) -> None:
    _set(office, 10)
    version = catalogue.procedure(CODE)
    assert procedures.term(office.commune_id, version, "post", at=MORNING) is None

    with pytest.raises(Refusal, match=r"procedures\.term_printed"):
        procedures.set_term(office.administrator, CODE, procedures.TermSet("online", 9, Unit.DAY, CHECKED), GROUND, now=MORNING)

    printed = f"{catalogue.CHANNELS_HEAD}Trực tiếp7 Ngày làm việcMiễn phí"
    catalogue.imported(office.administrator, tmp_path / "b.jsonl", _record(printed), now=MORNING)
    counts = procedures.term(office.commune_id, catalogue.procedure(CODE), "counter", at=MORNING)
    assert counts is not None
    assert counts.amount == 7


def test_an_emptied_term_is_unknown_again(office: Office) -> None:
    _set(office, 10)
    _set(office, None, now=MORNING + timedelta(minutes=1))

    assert _accepted(office, now=MORNING + timedelta(minutes=2)).due_at is None


def test_the_administrator_enters_it_and_people_see_it_with_its_mark(admin: Client, client: Client) -> None:
    assert PAGE in admin.get(f"/quan-tri/noi-nop/{CODE}/").content.decode()
    offered = admin.get(PAGE).content.decode()
    assert 'value="counter"' in offered
    assert 'value="online"' not in offered

    sent = admin.post(PAGE, TYPED, follow=True).content.decode()

    assert "Đã ghi thời hạn." in sent
    assert "10 ngày làm việc" in sent
    page = Client().get(f"/thu-tuc/{CODE}/").content.decode()
    for words in ("10 ngày làm việc", "Xã ghi, ngoài nguồn quốc gia", "congbao.laocai.gov.vn", "20/11/2026"):
        assert words in page


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"amount": "0"}, "một số từ 1 đến 730"),
        ({"source": ""}, "Anh/chị ghi mục này."),
        ({"checked_on": "20/11/2999"}, "không thể sau hôm nay"),
        ({"channel": "online"}, "error"),
    ],
)
def test_a_term_without_what_proves_it_is_not_taken(admin: Client, office: Office, wrong: dict[str, str], words: str) -> None:
    refused = admin.post(PAGE, {**TYPED, **wrong})

    assert refused.status_code == 422
    assert words in refused.content.decode() or words == "error"
    assert procedures.term(office.commune_id, catalogue.procedure(CODE), "counter") is None


def test_only_an_administrator_enters_terms(office: Office, client: Client) -> None:
    client.force_login(account_of(office.desk))
    assert client.post(PAGE, TYPED).status_code == 404
    with pytest.raises(Refusal, match=r"procedures\.not_allowed"):
        procedures.set_term(office.desk, CODE, procedures.TermSet("counter", 9, Unit.DAY, CHECKED), GROUND, now=MORNING)


def test_programs_and_phones_without_a_signal_read_the_commune_s_term_with_where_it_stands(office: Office, client: Client) -> None:
    procedures.set_filing_place(office.administrator, CODE, "online", "here", GROUND, now=MORNING)
    before, unmarked = client.get(f"/api/v1/procedures/{CODE}").json(), client.get(f"/ngoai-tuyen/{CODE}/").content.decode()
    procedures.set_term(office.administrator, CODE, procedures.TermSet("counter", 10, Unit.WORKING_DAY, CHECKED), GROUND, now=MORNING)
    kept_pages.forget()

    told, page = client.get(f"/api/v1/procedures/{CODE}").json(), client.get(f"/ngoai-tuyen/{CODE}/").content.decode()

    assert before["own_terms"] == {}
    assert told["own_terms"] == {
        "counter": {"amount": 10, "unit": "working_day", "same_day_until": None, "source": GROUND.source, "checked_on": "2026-11-20"}
    }
    assert list(told["terms"]) == ["online"]
    assert "3 ngày" in unmarked
    assert "Xã ghi" not in unmarked + page, "of the channel through the net the source prints a term"


def test_the_form_on_the_phone_marks_a_term_that_the_commune_entered(office: Office, client: Client, tmp_path: Path) -> None:
    cell = f"{catalogue.CHANNELS_HEAD}Trực tuyến3Miễn phí"
    catalogue.imported(office.administrator, tmp_path / "b.jsonl", _record(cell), now=MORNING + timedelta(minutes=1))
    procedures.set_filing_place(office.administrator, CODE, "online", "here", GROUND, now=MORNING)
    wanted = procedures.TermSet("online", 7, Unit.WORKING_DAY, CHECKED)
    procedures.set_term(office.administrator, CODE, wanted, GROUND, now=MORNING)
    kept_pages.forget()

    page = client.get(f"/ngoai-tuyen/{CODE}/").content.decode()

    assert "7 ngày làm việc" in page
    assert "Xã ghi, ngoài nguồn quốc gia" in page
    assert "20/11/2026" in page
