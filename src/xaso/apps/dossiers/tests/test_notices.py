"""What applicants are told of their dossiers, once for each thing that happened."""

from datetime import timedelta

import pytest

from xaso.apps.dossiers import testing
from xaso.apps.dossiers.actions import examination, intake, money, supplement
from xaso.apps.dossiers.models import Dossier
from xaso.apps.dossiers.testing import COPY, MORNING, Office
from xaso.apps.notices import facade as notices
from xaso.kernel.worktime import VN
from xaso.platform import outbox

pytestmark = pytest.mark.django_db
PHONE = "0500123456"
LATER = MORNING + timedelta(hours=1)


def told(dossier: Dossier) -> list[str]:
    """Return the texts of the SMS about the dossier, in order, after the worker has told all facts."""
    while outbox.relay(LATER + timedelta(hours=1)):
        pass
    lines = notices.messages_about(dossier.commune_id, f"dossier:{dossier.id}")
    return [line.body for line in lines if line.channel == "sms"]


def test_a_registration_is_told_once_and_with_the_national_code() -> None:
    office = testing.office(files_here=False)
    dossier = testing.submitted(office, testing.BIRTH, channel="online", phone=PHONE)
    intake.register(office.desk, dossier.id, "H38.2-260518-0200015", now=LATER)

    assert sum("H38.2-260518-0200015" in text for text in told(dossier)) == 1


def test_the_appointment_is_the_one_that_form_01_printed_even_when_the_clock_stands_by_then(office: Office) -> None:
    dossier = testing.examining(office, testing.POOR, phone=PHONE)
    due = testing.examining(office, testing.POOR).due_at
    assert due is not None
    examination.ask_for_more(office.officer, dossier.id, [{"paper": "", "text": "thiếu"}], now=LATER)

    accepted = next(text for text in told(dossier) if "tiep nhan" in text or "tiếp nhận" in text)

    assert "—" not in accepted
    assert f"{due.astimezone(VN):%d/%m/%Y}" in accepted


def test_what_was_handed_in_and_what_was_taken_up_again_is_told(office: Office) -> None:
    dossier = testing.examining(office, phone=PHONE)
    before = len(told(dossier))
    examination.ask_for_more(office.officer, dossier.id, [{"paper": "", "text": "thiếu"}], now=LATER)
    supplement.add_supplement(office.owner, dossier.id, "đây", now=LATER)
    examination.stop(office.officer, dossier.id, "Đi vắng", "Biên bản", now=LATER)
    examination.resume(office.officer, dossier.id, now=LATER)

    assert len(told(dossier)) == before + 4


def test_a_fee_is_told_when_work_waited_for_it_and_not_when_it_was_paid_at_once(office: Office) -> None:
    at_once, asked = (testing.examining(office, COPY, phone=PHONE) for _ in range(2))
    before = len(told(at_once)), len(told(asked))
    money.request_payment(office.officer, asked.id, now=LATER)
    for dossier in (at_once, asked):
        money.take_payment(office.desk, dossier.id, dossier.fee_vnd or 0, "01", method="cash", now=LATER)

    assert len(told(at_once)) == before[0]
    assert len(told(asked)) == before[1] + 2


def test_an_internal_move_is_not_told(office: Office) -> None:
    dossier = testing.accepted(office, phone=PHONE)
    before = len(told(dossier))
    examination.take(office.officer, dossier.id, now=LATER)

    assert len(told(dossier)) == before


def test_in_a_bengali_email_the_filing_place_is_in_bengali_and_in_the_sms_beside_it_in_vietnamese() -> None:
    office = testing.office(files_here=False)
    dossier = testing.submitted(office, testing.BIRTH, channel="online", phone=PHONE, email="pao@example.vn")
    Dossier.objects.filter(pk=dossier.pk).update(language="bn")

    sms = told(dossier)
    (email,) = [line.body for line in notices.messages_about(dossier.commune_id, f"dossier:{dossier.id}") if line.channel == "email"]

    assert any("Cong quoc gia" in text for text in sms)
    assert "জাতীয় পোর্টাল" in email
    assert "Cổng quốc gia" not in email
