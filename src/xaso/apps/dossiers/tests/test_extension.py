"""The apology (form 04), the stop notice (05), the control slip (06) and the printed register (07), from the click to the paper."""

import subprocess
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from xaso.apps.dossiers import queries, testing
from xaso.apps.dossiers.actions import examination, extension, results, supplement
from xaso.apps.dossiers.apology import drafted_reason
from xaso.apps.dossiers.models import Dossier, Extension, Slip, Step
from xaso.apps.dossiers.outcomes import outcome_of
from xaso.apps.dossiers.papers.register_print import ROWS_A_PIECE, register_print
from xaso.apps.dossiers.papers.slips import render_slip
from xaso.apps.dossiers.queries import RegisterFilter
from xaso.apps.dossiers.rules import national_state
from xaso.apps.dossiers.testing import MORNING, POOR, Office
from xaso.apps.notices import facade as notices
from xaso.apps.people import testing as people
from xaso.apps.people.facade import Role
from xaso.kernel.errors import Refusal
from xaso.kernel.flow import MoveRefused
from xaso.kernel.worktime import VN
from xaso.platform import clock, outbox
from xaso.platform.actor import Actor
from xaso.platform.tests.page_forms import HOSTILE, RAW

WHY = "Trưởng thôn đi vắng, chưa xác minh được."

pytestmark = pytest.mark.django_db


def client_of(actor: Actor) -> Client:
    assert actor.account_id is not None
    client = Client()
    client.force_login(get_user_model().objects.get(pk=actor.account_id))
    return client


def text_of(pdf: bytes) -> str:
    told = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    return " ".join(told.split())


def streamed(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def due_of(dossier: Dossier) -> datetime:
    assert dossier.due_at is not None
    return dossier.due_at


def later_day(dossier: Dossier, days: int = 1) -> date:
    """Return a working day some days after the due date."""
    day = due_of(dossier).astimezone(VN).date() + timedelta(days=days)
    while day.weekday() > 4 or day in {date(2026, 11, 24), date(2027, 1, 1)}:
        day += timedelta(days=1)
    return day


def extended(office: Office, dossier: Dossier, *, now: datetime = MORNING) -> Dossier:
    return extension.extend(office.officer, dossier.id, WHY, later_day(dossier), now=now)


def test_an_apology_in_time_moves_the_due_date_and_keeps_the_old_one_on_record(office: Office) -> None:
    dossier = testing.examining(office, POOR)
    old = due_of(dossier)

    moved = Dossier.objects.get(pk=extended(office, dossier).pk)

    assert moved.state == "examining"
    assert (moved.first_due_at, moved.due_at) == (
        old,
        datetime.combine(later_day(dossier), time(17), tzinfo=VN),
    )
    kept = Extension.objects.get()
    assert (kept.old_due_at, kept.new_due_at, kept.moves_due, kept.reason) == (old, moved.due_at, True, WHY)
    told = text_of(render_slip("04", Slip.objects.get(form="04").data))
    assert WHY in told
    assert f"{old.astimezone(VN):%H giờ %M phút, ngày %d}" in told
    assert "tham khảo" in told


def test_the_citizen_is_told_and_both_dates_stand_in_her_timeline(office: Office) -> None:
    dossier = testing.examining(office, POOR)
    moved = extended(office, dossier, now=MORNING + timedelta(hours=1))
    while outbox.relay(MORNING + timedelta(hours=2)):
        pass

    new = f"{due_of(moved).astimezone(VN):%d/%m/%Y}"
    told = [line.body for line in notices.messages_about(office.commune_id, f"dossier:{dossier.id}") if line.channel == "sms"]
    assert [text for text in told if new in text and "xin loi" in text] == [told[-1]]
    page = client_of(office.owner).get(f"/ho-so-cua-toi/{dossier.code}/").content.decode()
    assert f"Hạn cũ {due_of(dossier).astimezone(VN):%d/%m/%Y}, hạn mới {new}" in page
    assert WHY in page


@pytest.mark.parametrize(
    ("reason", "new_on", "code"),
    [
        (" ", date(2026, 12, 24), "dossiers.reason_missing"),
        (WHY, None, "dossiers.day_missing"),
        (WHY, date(2026, 11, 20), "dossiers.day_too_early"),
        (WHY, date(2026, 12, 26), "dossiers.day_off"),
    ],
)
def test_what_is_not_complete_changes_nothing(office: Office, reason: str, new_on: date | None, code: str) -> None:
    dossier = testing.examining(office, POOR)

    with pytest.raises(Refusal) as refused:
        extension.extend(office.officer, dossier.id, reason, new_on, now=MORNING)

    assert refused.value.code == code
    assert not Extension.objects.exists()
    assert not Slip.objects.filter(form="04").exists()
    assert Dossier.objects.get(pk=dossier.pk).due_at == dossier.due_at


def test_a_second_press_and_a_second_extension_are_refused(office: Office) -> None:
    dossier = testing.examining(office, POOR)
    moved = extended(office, dossier)

    with pytest.raises(Refusal, match="apologised_already"):
        extended(office, moved)

    assert Extension.objects.count() == 1
    assert Dossier.objects.get(pk=dossier.pk).due_at == moved.due_at


def test_a_belated_apology_promises_a_day_and_the_dossier_stays_late(office: Office) -> None:
    dossier = testing.examining(office, POOR)
    overdue = due_of(dossier) + timedelta(days=1)

    told = extension.extend(office.officer, dossier.id, WHY, later_day(dossier, 5), now=overdue)

    assert (told.due_at, told.first_due_at) == (dossier.due_at, None)
    assert outcome_of(told, overdue) == "overdue"
    assert "đã không trả" in text_of(render_slip("04", Slip.objects.get(form="04").data))
    assert Extension.objects.get().moves_due is False


def test_while_the_clock_stands_there_is_nothing_to_extend(office: Office) -> None:
    dossier = testing.examining(office, POOR)
    examination.ask_for_more(office.officer, dossier.id, [{"paper": "", "text": "mờ"}], now=MORNING)

    with pytest.raises(MoveRefused):
        extended(office, dossier)

    assert not Extension.objects.exists()


def test_a_pause_after_the_extension_pushes_the_moved_date_on(office: Office) -> None:
    dossier = testing.examining(office, POOR)
    moved = extended(office, dossier)
    examination.ask_for_more(office.officer, dossier.id, [{"paper": "", "text": "mờ"}], now=MORNING + timedelta(hours=1))

    back = supplement.add_supplement(office.desk, dossier.id, "đây", now=MORNING + timedelta(days=4, hours=1))

    assert due_of(back) > due_of(moved)
    assert back.first_due_at == dossier.due_at


def test_the_register_counts_a_kept_new_date_by_itself(office: Office) -> None:
    testing.give_certificates(office)
    dossier = testing.examining(office, POOR)
    moved = extended(office, dossier)
    results.prepare_result(office.officer, dossier.id, testing.prepared(moved), now=MORNING)
    between = due_of(dossier) + timedelta(hours=2)
    results.sign_result(office.signer, dossier.id, clock=lambda: between)

    counts = queries.kept_counts(office.desk, RegisterFilter(), now=between)

    assert counts == {"on_time": 0, "extended": 1, "late": 0, "overdue": 0}
    assert outcome_of(Dossier.objects.get(pk=dossier.pk), between) == "extended"
    assert "gia hạn: 1" in client_of(office.desk).get("/so-theo-doi/").content.decode()


def test_only_who_examines_or_heads_the_centre_extends(office: Office) -> None:
    dossier = testing.examining(office, POOR)
    head = people.actor_for(people.staff_of(office.commune_id, Role.CENTRE_HEAD))

    for actor in (office.desk, office.signer, office.owner):
        with pytest.raises(MoveRefused):
            extension.extend(actor, dossier.id, WHY, later_day(dossier), now=MORNING)
    assert extension.extend(head, dossier.id, WHY, later_day(dossier), now=MORNING).first_due_at == dossier.due_at


def test_the_page_drafts_the_apology_and_keeps_what_was_typed(office: Office) -> None:
    dossier = examining_now(office)
    officer = client_of(office.officer)
    address = f"/ho-so/{dossier.code}/"
    page = officer.get(f"{address}?mo=xin-loi").content.decode()
    assert '<details class="hoi" id="xin-loi" open>' in page
    assert "cần xác nhận" in page.lower()

    wrong = officer.post(f"{address}viec/extend/", {"reason": WHY, "new_due_on": "mai"})
    assert wrong.status_code == 409
    assert WHY in wrong.content.decode()
    assert 'id="ngay-hen" name="new_due_on" inputmode="numeric" value="mai"' in wrong.content.decode()

    done = officer.post(f"{address}viec/extend/", {"reason": WHY, "new_due_on": f"{later_day(dossier):%d/%m/%Y}"}, follow=True)
    told = done.content.decode()
    assert "In văn bản xin lỗi" in told
    assert "gia hạn từ" in told
    assert 'id="xin-loi"' not in told


def test_the_reason_is_drafted_from_what_the_records_know(office: Office) -> None:
    dossier = examining_now(office)
    today = f"{clock.now().astimezone(VN):%d/%m/%Y}"

    page = client_of(office.officer).get(f"/ho-so/{dossier.code}/").content.decode()

    assert f">Hồ sơ được xem xét từ ngày {today}, chưa xong.</textarea>" in page
    assert drafted_reason([]) == ""


def test_each_thing_that_took_time_is_named_with_its_day_and_nobody_is_blamed() -> None:
    def step(verb: str, day: int) -> Step:
        return Step(verb=verb, at=MORNING + timedelta(days=day))

    steps = [step("accept", 0), step("take", 1), step("add_supplement", 5), step("pass_on", 6), step("prepare_result", 7)]

    assert drafted_reason(steps[:1]) == "Hồ sơ nhận ngày 19/11/2026, chưa xem xét xong."
    assert drafted_reason(steps, ["Công an xã"]) == (
        "Hồ sơ còn chờ Công an xã trả lời. Giấy tờ bổ sung đến ngày 24/11/2026. "
        "Hồ sơ được chuyển cho cán bộ khác giải quyết ngày 25/11/2026. Kết quả đã trình ký ngày 26/11/2026, chưa ký xong."
    )
    assert drafted_reason([*steps, step("send_back", 8)]).endswith("Hồ sơ được xem xét từ ngày 20/11/2026, chưa xong.")


def test_the_apology_is_shown_as_its_applicant_would_get_it_before_anything_is_sent(office: Office) -> None:
    dossier = examining_now(office)
    officer, address = client_of(office.officer), f"/ho-so/{dossier.code}/viec/extend/"
    typed = {"reason": WHY, "new_due_on": f"{later_day(dossier):%d/%m/%Y}"}
    steps = Step.objects.count()

    wrong = officer.post(address, {**typed, "reason": " ", "do": "preview"})
    page = officer.post(address, {**typed, "do": "preview"})

    assert (wrong.status_code, page.status_code) == (409, 200)
    text = page.content.decode()
    assert "Chưa gửi. Người nộp sẽ nhận:" in text
    assert f"Xa xin loi, ho so {dossier.code} hen lai {typed['new_due_on']}." in text
    assert f'<q lang="vi">{WHY}</q>' in text
    assert f">{WHY}</textarea>" in text
    assert f'value="{typed["new_due_on"]}"' in text
    assert (Step.objects.count(), Slip.objects.filter(form="04").count()) == (steps, 0)

    assert officer.post(address, typed).status_code == 302
    assert Slip.objects.filter(form="04").count() == 1


def examining_now(office: Office) -> Dossier:
    """Return a dossier that was taken in just now, as the pages' clock has it."""
    return testing.examining(office, POOR, now=clock.now())


def test_stopping_issues_form_05_and_names_the_request_that_nobody_answered(office: Office) -> None:
    dossier = testing.examining(office)
    examination.ask_for_more(office.officer, dossier.id, [{"paper": "", "text": "mờ"}], now=MORNING)

    stopped = examination.stop(office.desk, dossier.id, "Quá hạn", "Phiếu 02", now=MORNING + timedelta(days=30))

    assert national_state(stopped.state, stopped.money_state, stopped.delivery_state) == 8
    slip = Slip.objects.get(form="05")
    asked = Slip.objects.get(form="02").data["number"]
    told = text_of(render_slip("05", slip.data))
    assert f"số {asked} ngày 19/11/2026" in told
    assert "Quá hạn" in told
    assert "Phiếu 02" in told
    assert Step.objects.get(verb="stop").data == {"legal_ground": "Phiếu 02"}


@pytest.mark.parametrize(
    ("reason", "ground", "code"), [("", "", "reason_missing"), ("vì", " ", "stop_ground_missing"), ("", "x", "reason_missing")]
)
def test_without_reason_and_ground_nothing_is_stopped(office: Office, reason: str, ground: str, code: str) -> None:
    dossier = testing.examining(office)

    with pytest.raises(Refusal, match=code):
        examination.stop(office.officer, dossier.id, reason, ground, now=MORNING)

    assert Dossier.objects.get(pk=dossier.pk).state == "examining"
    assert not Slip.objects.filter(form="05").exists()


def test_a_withdrawal_by_the_applicant_leaves_the_officials_name_open(office: Office) -> None:
    dossier = testing.accepted(office)

    examination.withdraw(office.owner, dossier.id, "Làm ở nơi khác", now=MORNING)

    data = Slip.objects.get(form="05").data
    assert (data["officer"]["name"], data["cause"], data["may_resume"]) == ("", "Người nộp hồ sơ đề nghị rút hồ sơ.", False)


def test_what_was_held_for_another_system_ends_without_a_form(office: Office) -> None:
    dossier = testing.submitted(office)
    Dossier.objects.filter(pk=dossier.pk).update(state="held", sync_state="held")

    examination.withdraw(office.desk, dossier.id, "Thôi", now=MORNING)

    assert not Slip.objects.filter(form="05").exists()


def test_the_control_slip_names_each_hand_over_and_whether_it_was_in_time(office: Office) -> None:
    dossier = testing.examining(office, POOR)
    results.prepare_result(office.officer, dossier.id, testing.prepared(dossier), now=due_of(dossier) - timedelta(hours=1))
    results.send_back(office.signer, dossier.id, "Sửa ngày sinh", now=due_of(dossier) + timedelta(hours=1))

    answer = client_of(office.desk).get(f"/ho-so/{dossier.code}/phieu-kiem-soat/")
    told = text_of(answer.content)

    for words in ("Đúng hạn", "Quá hạn", "Sửa ngày sinh", office.officer.name, office.signer.name, "PHIẾU KIỂM SOÁT", "tham khảo"):
        assert words in told


def test_the_register_prints_the_filtered_period_with_page_numbers(office: Office) -> None:
    dossier = testing.accepted(office)
    testing.submitted(office, POOR)
    desk = client_of(office.desk)

    page = desk.get("/so-theo-doi/in/?thu-tuc=2.000815").content.decode()
    answer = desk.get("/so-theo-doi/in/so.pdf?thu-tuc=2.000815&tu=01/11/2026&den=30/11/2026")
    told = text_of(streamed(answer))

    assert "1 hồ sơ" in page
    for words in ("SỔ THEO DÕI HỒ SƠ", "ngày 01/11/2026 đến ngày 30/11/2026", "Chỉ gồm: ", "Trang 1", "tham khảo"):
        assert words in told
    assert told.count("XS-") == 1
    assert dossier.code.split("-")[2] in told


def test_a_long_register_is_printed_in_pieces_numbered_through(office: Office) -> None:
    first = testing.submitted(office)
    copies = []
    for number in range(2 * ROWS_A_PIECE):
        fields = {field.attname: getattr(first, field.attname) for field in Dossier._meta.concrete_fields if field.name != "id"}
        copies.append(Dossier(**fields | {"code": f"XS-261119-{5000 + number}"}))
    Dossier.objects.bulk_create(copies)

    rows = queries.printed_rows(office.desk, RegisterFilter(), now=MORNING)
    with register_print(rows, office.commune_id, {"span": "tháng", "filter": ""}, now=MORNING) as file:
        content = file.read()
    pages = len(pikepdf.open(BytesIO(content)).pages)
    told = text_of(content)

    assert told.count("Trang ") == pages > 4
    assert f"Trang {pages}" in told
    assert f" {2 * ROWS_A_PIECE + 1} " in told


def test_an_empty_register_says_so(office: Office) -> None:
    desk = client_of(office.desk)
    told = text_of(streamed(desk.get("/so-theo-doi/in/so.pdf")))
    assert "Không có hồ sơ nào" in told


def test_hostile_text_is_kept_and_printed_as_text(office: Office) -> None:
    dossier = testing.examining(office, POOR, name=HOSTILE)
    extension.extend(office.officer, dossier.id, HOSTILE, later_day(dossier), now=MORNING)
    examination.stop(office.officer, dossier.id, HOSTILE, HOSTILE, now=MORNING)
    officer = client_of(office.officer)

    printed = [render_slip(slip.form, slip.data) for slip in Slip.objects.filter(form__in=("04", "05"))]
    printed.append(officer.get(f"/ho-so/{dossier.code}/phieu-kiem-soat/").content)
    printed.append(streamed(officer.get("/so-theo-doi/in/so.pdf")))

    assert len(printed) == 4
    for one in printed:
        assert "<imgsrc=xonerror=alert(1)>" in text_of(one).replace(" ", "")
    for address in (f"/ho-so/{dossier.code}/", "/so-theo-doi/", "/so-theo-doi/in/?q=" + HOSTILE):
        html = officer.get(address).content.decode()
        assert [raw for raw in RAW if raw in html] == []


def test_a_stranger_gets_neither_control_slip_nor_register(office: Office) -> None:
    dossier = testing.accepted(office)
    for actor in (office.owner, office.stranger, office.administrator):
        client = client_of(actor)
        answers: list[Any] = [client.get(one) for one in (f"/ho-so/{dossier.code}/phieu-kiem-soat/", "/so-theo-doi/in/so.pdf")]
        assert [answer.status_code for answer in answers] == [404, 404]
